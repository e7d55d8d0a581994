"""Bytes out of an upload: a file, or one member of an archive, never more than allowed.

Nothing is ever unpacked to disk. An archive that tries something is refused as a whole, before a
byte of it is unpacked.
"""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from coterie.pure.exports.records import Unreadable

MAX_MEMBERS = 100_000
MAX_DIRECTORY = 16 << 20
MAX_BYTES = 16 << 30
MAX_RATIO = 250
SMALL = 16 << 20
HEAD = 1 << 16

READABLE_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError)

BOMB = "This archive unpacks to far more than it should. Such files are made to do harm."
TRICKS = "This archive holds names that point outside of it. Such files are made to do harm."
TOO_MANY = "This archive holds too many files. Pack only the export itself."
DAMAGED = "This archive is damaged, or it was not copied completely. Try to copy it again."
LOCKED = "This archive is locked with a password. Unpack it and give the file inside."


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Source:
    """An opened upload. `names` are the members of an archive; a plain file has none."""

    def __init__(self, file: BinaryIO, archive: zipfile.ZipFile | None = None) -> None:
        self._file = file
        self._archive = archive
        members = archive.infolist() if archive else []
        self._members = {slashed(m.filename): m for m in members if not m.is_dir()}

    @property
    def is_archive(self) -> bool:
        return self._archive is not None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def named(self, *wanted: str) -> list[str]:
        """The members with one of these file names, in whichever folder, case aside."""
        return [name for name in self.names if base(name) in wanted]

    def head(self) -> bytes:
        """The first bytes of a plain file."""
        self._file.seek(0)
        return self._file.read(HEAD)

    @contextmanager
    def stream(self, name: str | None = None) -> Iterator[Stream]:
        """A plain file from its beginning, or the member of that name."""
        if self._archive is None or name is None:
            self._file.seek(0)
            yield Measured(self._file, "the file", MAX_BYTES)
            return
        member = self._members[name]
        refuse_unreadable(member)
        try:
            opened = self._archive.open(member)
        except (*DAMAGE, RuntimeError) as reason:
            raise Unreadable(DAMAGED, name) from reason
        with opened:
            yield Measured(opened, name, allowance(member))


class Measured:
    """A stream that stops when it gives more than it may, and tells where it broke."""

    def __init__(self, stream: Stream, name: str, allowed: int) -> None:
        self._stream, self._name, self._left, self._seen = stream, name, allowed, 0

    def read(self, size: int, /) -> bytes:
        try:
            chunk = self._stream.read(size)
        except DAMAGE as reason:
            raise Unreadable(DAMAGED, f"{self._name}, byte {self._seen:,}") from reason
        self._seen += len(chunk)
        self._left -= len(chunk)
        if self._left < 0:
            raise Unreadable(BOMB, f"{self._name}, byte {self._seen:,}")
        return chunk


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Source]:
    """The upload at this path: a file, an archive, or the folder in which an export lies."""
    place = Path(path)
    place = place / "result.json" if place.is_dir() else place
    if not place.is_file():
        raise Unreadable(f"There is no file “{place.name}” to read.")
    with place.open("rb") as file:
        if not zipfile.is_zipfile(file) and file_start(file) != b"PK\x03\x04":
            yield Source(file)
            return
        with archive_in(file) as archive:
            yield Source(file, archive)


def file_start(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(4)


def archive_in(file: BinaryIO) -> zipfile.ZipFile:
    size = file.seek(0, os.SEEK_END)
    try:
        refuse_long_directory(*directory(file, size))
        archive = zipfile.ZipFile(file)
    except (*DAMAGE, ValueError, IndexError) as reason:
        raise Unreadable(DAMAGED) from reason
    refuse_tricks(archive.infolist(), size)
    return archive


def directory(file: BinaryIO, size: int) -> tuple[int, int]:
    """How many members the archive says it has, and how long their list is (read before any)."""
    file.seek(max(0, size - HEAD - 22))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise zipfile.BadZipFile
    members, length = struct.unpack_from("<HI", tail, end + 10)
    if members < 0xFFFF and length < 0xFFFF_FFFF:
        return members, length
    (at,) = struct.unpack_from("<Q", tail, tail.rindex(b"PK\x06\x07") + 8)
    file.seek(min(at, size))
    return struct.unpack_from("<QQ", file.read(56), 32)


def refuse_long_directory(members: int, length: int) -> None:
    if members > MAX_MEMBERS or length > MAX_DIRECTORY:
        raise Unreadable(TOO_MANY, f"{members:,} files")


def refuse_tricks(members: list[zipfile.ZipInfo], size: int) -> None:
    refuse_long_directory(len(members), 0)
    if sum(member.compress_size for member in members) > size:
        raise Unreadable(BOMB, "its files overlap")
    seen: set[str] = set()
    for member in members:
        name = slashed(member.filename)
        if leads_outside(name) or stat.S_ISLNK(member.external_attr >> 16):
            raise Unreadable(TRICKS, name[:80])
        if name.casefold() in seen:
            raise Unreadable("This archive holds two files of one name.", name[:80])
        if member.file_size > allowance(member):
            raise Unreadable(BOMB, name[:80])
        seen.add(name.casefold())


def leads_outside(name: str) -> bool:
    return ".." in PurePosixPath(name).parts or re.match(r"/|[A-Za-z]:", name) is not None


def allowance(member: zipfile.ZipInfo) -> int:
    return min(MAX_BYTES, max(SMALL, member.compress_size * MAX_RATIO))


def refuse_unreadable(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        raise Unreadable(LOCKED, member.filename)
    if member.compress_type not in READABLE_METHODS:
        sentence = "This archive is packed in an unusual way. Unpack it and give the file inside."
        raise Unreadable(sentence, member.filename)


def slashed(name: str) -> str:
    return name.replace("\\", "/")


def base(name: str) -> str:
    return name.rsplit("/", 1)[-1].casefold()
