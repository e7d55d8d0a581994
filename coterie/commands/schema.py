"""Does the database fit this code?"""

from pathlib import Path

from coterie.commands.house import only_one
from coterie.commands.trouble import Trouble


def check_reachable() -> None:
    """The database answers, and it is not from a newer Coterie."""
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    try:
        connection.ensure_connection()
        loader = MigrationLoader(connection, ignore_no_migrations=True)
    except DatabaseError as error:
        raise Trouble(
            f"The database does not answer ({str(error).strip()}). Is the server running, is "
            "COTERIE_DATABASE right, is the file in the data folder whole?"
        ) from None
    known = set(loader.disk_migrations) | {
        old for m in loader.disk_migrations.values() for old in m.replaces
    }
    newer = [
        key
        for key in loader.applied_migrations
        if key[0] in loader.migrated_apps and key not in known
    ]
    if newer:
        names = ", ".join(f"{app} {name}" for app, name in sorted(newer))
        raise Trouble(
            f"This database was made by a newer Coterie (it knows {names}). "
            "Update Coterie, or go back to the backup you made before the update."
        )


def missing() -> list[str]:
    """Migrations that this code brings and the database does not have yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _ in plan]


def bring_up_to_date(folder: Path) -> list[str]:
    """The database has every migration; which ones were applied now."""
    from django.core.management import call_command

    check_reachable()
    # Two servers that start at once on one folder: the second finds nothing left to do.
    with only_one(folder, "migrate.lock"):
        applied = missing()
        if applied:
            call_command("migrate", interactive=False, verbosity=0)
    return applied


def require_current() -> None:
    """Refuse to work on a database that `coterie migrate` has yet to see."""
    check_reachable()
    if left := missing():
        raise Trouble(
            f"The database is older than this Coterie ({len(left)} migrations are missing). "
            "Run `coterie migrate` first, or `coterie serve`, which does it by itself."
        )
