"""The key file: what a copy of the database alone does not hold.

One random master key lies in the data folder, outside the database; every other
key is derived from it by purpose (HKDF-SHA256), so that none has to be stored.
"""

import base64
import contextlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_FILE = "coterie.key"


def data_folder() -> Path:
    """The folder that holds the database, the key file and the media."""
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("COTERIE_DATA") or root / ".data").expanduser().resolve()


@cache
def master_key(folder: Path) -> bytes:
    """The 32 bytes of the folder's key file, made at the first call."""
    file = folder / KEY_FILE
    try:
        return base64.b64decode(file.read_text())
    except FileNotFoundError:
        pass
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=folder, prefix=KEY_FILE) as made:  # mode 600
        made.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
        made.flush()
        os.fsync(made.fileno())
        # A link appears whole or not at all: of two processes that start at once one makes the key.
        with contextlib.suppress(FileExistsError):
            os.link(made.name, file)
    return base64.b64decode(file.read_text())


@cache
def key_for(purpose: str) -> bytes:
    """A 32-byte key for one purpose; equal only to itself."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return derive.derive(master_key(data_folder()))


def keyed(purpose: str, *parts: object) -> str:
    """A hash that nobody without the key file can compute or compare with a guess."""
    message = "\x1f".join(str(part) for part in parts).encode()
    return hmac.digest(key_for(purpose), message, "sha256").hex()
