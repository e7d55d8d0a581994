"""What pages say in other languages, compiled from the words in the repository.

A compiled catalogue lies in the data folder under the name of what it was made from. So no
gettext program has to be installed, a read-only package has all its languages, none is ever
older than its words, and git merges the words alone.
"""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

WORDS = "*/LC_MESSAGES/django.po"


def compiled(sources: Path, folder: Path) -> Path:
    """A folder for LOCALE_PATHS that says exactly what the .po files below `sources` say now."""
    files = {file.relative_to(sources): file.read_bytes() for file in sorted(sources.glob(WORDS))}
    ready = folder / sha256(b"".join(files.values())).hexdigest()[:16]
    for name, words in files.items():
        machine = (ready / name).with_suffix(".mo")
        if not machine.exists():
            _write(machine, _catalogue(name.parts[0], words))
    return ready


def _catalogue(language: str, words: bytes) -> bytes:
    # Late, because it is needed once after each change of the words.
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = BytesIO()
    write_mo(made, read_po(BytesIO(words), locale=language))
    return made.getvalue()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: another process may read it at this moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(unfinished).replace(file)
