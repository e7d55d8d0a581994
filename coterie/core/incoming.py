"""Where what is sent lies while it is looked at; nothing of it may stay there.

A photo as it came tells where it was taken: if whoever looks at it is killed, it goes too. Where
a file system knows no nameless files, `sweep` finds what was left in the moment before.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

QUIET = 600
"""Seconds after which nobody writes or reads what was not touched."""


def folder() -> Path:
    """The folder, for our eyes alone."""
    here = Path(settings.DATA) / "incoming"
    here.mkdir(parents=True, exist_ok=True, mode=0o700)
    return here


class Nameless(TemporaryFileUploadHandler):
    """Files of a form lie there without a name, so that nothing of them outlives their request."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """One of them begins."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = UploadedFile(  # type: ignore[assignment]
            TemporaryFile(dir=folder()),  # noqa: SIM115 - closed with the request
            self.file_name, self.content_type, 0, self.charset, self.content_type_extra,
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        """The client left in the middle of one."""
        if self.file is not None:
            self.file.close()


def sweep() -> int:
    """What a request left behind that was killed is gone; how many files."""
    late = time.time() - QUIET
    left = [each for each in folder().iterdir() if each.is_file() and each.stat().st_mtime < late]
    for each in left:
        each.unlink(missing_ok=True)
    return len(left)
