"""Where the packaged static files go when the server starts: hashed, compressed, listed."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from coterie.ui.sheets import SHEET, SHEETS

STAMP = "gathered.txt"


class HashedStatics(CompressedManifestStaticFilesStorage):
    """Every file under a name that changes with its content, imports between scripts included."""

    sheets = (SHEET,)

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        """What every page is styled with is one file, so that a first visit waits once for it."""
        if not dry_run:
            parts = (Path(self.path(part)).read_text() for part in SHEETS)
            Path(self.path(SHEET)).write_text("\n".join(parts))
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    @cache  # noqa: B019 - there is one storage, and the files change with the process
    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, looked up once."""
        return str(super().url(name, force))

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one for a file that is missing, which a house test finds."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


def gather() -> None:
    """The static folder holds what the installed packages bring; done once for each change."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def _fingerprint() -> str:
    found = hashlib.sha256(repr(SHEETS).encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            file = Path(storage.path(path))
            found.update(f"{file}\0{file.stat().st_mtime_ns}\0{file.stat().st_size}\n".encode())
    return found.hexdigest()
