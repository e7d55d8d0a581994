"""Written by hand: on SQLite the tables are FTS5's own, which no field describes."""

from django.db import migrations, models

import coterie.search.models
from coterie.search import fts5, tsvector

TABLES = ("search_entry", "search_title")


def _run(statements, schema_editor):
    adapter = tsvector if schema_editor.connection.vendor == "postgresql" else fts5
    for table in TABLES:
        for statement in getattr(adapter, statements):
            schema_editor.execute(statement.format(table=table))


def create(_apps, schema_editor):
    _run("CREATE", schema_editor)


def drop(_apps, schema_editor):
    _run("DROP", schema_editor)


def state(name, table):
    return migrations.CreateModel(
        name=name,
        fields=[
            ("rowid", models.BigIntegerField(primary_key=True, serialize=False)),
            ("words", coterie.search.models.Words()),
        ],
        options={"db_table": table},
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[state("Entry", TABLES[0]), state("Title", TABLES[1])],
        )
    ]
