"""Bytes out of an upload: a file, or one member of an archive, never more than allowed.

Nothing is ever unpacked to disk. An archive that tries something is refused as a whole, before a
byte of it is unpacked.
"""

import gzip
import os
import re
import stat
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from coterie.pure.exports.records import Remark, Unreadable, worded

MAX_MEMBERS = 100_000
MAX_DIRECTORY = 16 << 20
MAX_BYTES = 16 << 30
MAX_RATIO = 250
SMALL = 16 << 20
HEAD = 1 << 16

GZIP = b"\x1f\x8b"
READABLE_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError)

BOMB = worded("This archive unpacks to far more than it should. Such files are made to do harm.")
TRICKS = worded(
    "This archive holds names that point outside of it. Such files are made to do harm."
)
TOO_MANY = worded("This archive holds too many files. Pack only the export itself.")
DAMAGED = worded("This archive is damaged, or it was not copied completely. Try to copy it again.")
LOCKED = worded("This archive is locked with a password. Unpack it and give the file inside.")
NO_FILE = worded("There is no file “{name}” to read.")
TWINS = worded("This archive holds two files of one name.")
UNUSUAL = worded("This archive is packed in an unusual way. Unpack it and give the file inside.")


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Source(ABC):
    """An opened upload. `names` are the members of an archive or of a folder, apart from what a
    system put there for itself; a plain file has none, packed with gzip or not."""

    names: tuple[str, ...] = ()

    @property
    def is_archive(self) -> bool:
        return not isinstance(self, Plain)

    def named(self, *wanted: str) -> list[str]:
        """The members with one of these file names, in whichever folder, case aside."""
        return [name for name in self.names if base(name) in wanted]

    def head(self, name: str | None = None) -> bytes:
        """The first bytes of a plain file, or of the member of that name."""
        with self.stream(name) as stream:
            return stream.read(HEAD)

    @abstractmethod
    def stream(self, name: str | None = None) -> AbstractContextManager[Stream]:
        """A plain file from its beginning, or the member of that name."""


class Plain(Source):
    """One file that is the export."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packed = file_start(file).startswith(GZIP)

    @contextmanager
    def stream(self, name: str | None = None) -> Iterator[Stream]:
        self._file.seek(0)
        if not self._packed:
            yield Measured(self._file, "the file", MAX_BYTES)
            return
        allowed = min(MAX_BYTES, max(SMALL, os.fstat(self._file.fileno()).st_size * MAX_RATIO))
        with gzip.GzipFile(fileobj=self._file) as unpacked:
            yield Measured(unpacked, "the file", allowed)


class Folder(Source):
    """An export that lies unpacked."""

    def __init__(self, place: Path) -> None:
        self._place = place
        found = (each for each in place.rglob("*") if each.is_file() and not each.is_symlink())
        names = [each.relative_to(place).as_posix() for each in islice(found, MAX_MEMBERS + 1)]
        refuse_long_directory(len(names), 0)
        self.names = tuple(sorted(name for name in names if not is_clutter(name)))

    @contextmanager
    def stream(self, name: str | None = None) -> Iterator[Stream]:
        with (self._place / (name or self.names[0])).open("rb") as file:
            yield Measured(file, name or self.names[0], MAX_BYTES)


class Archive(Source):
    """A zip archive; a member is read from it, never unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = (each for each in archive.infolist() if not each.is_dir())
        named = {slashed(each.filename): each for each in members}
        self._members = {name: one for name, one in named.items() if not is_clutter(name)}
        self.names = tuple(self._members)

    @contextmanager
    def stream(self, name: str | None = None) -> Iterator[Stream]:
        name = name or self.names[0]
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
    if place.is_dir():
        yield Folder(place)
        return
    if not place.is_file():
        raise Unreadable(Remark(NO_FILE, name=place.name))
    with place.open("rb") as file:
        if not zipfile.is_zipfile(file) and file_start(file) != b"PK\x03\x04":
            yield Plain(file)
            return
        with archive_in(file) as archive:
            yield Archive(archive)


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
            raise Unreadable(TWINS, name[:80])
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
        raise Unreadable(UNUSUAL, member.filename)


def slashed(name: str) -> str:
    return name.replace("\\", "/")


def is_clutter(name: str) -> bool:
    """What macOS and Windows put beside the files themselves."""
    return name.startswith("__MACOSX/") or base(name) in (".ds_store", "thumbs.db", "desktop.ini")


def base(name: str) -> str:
    return name.rsplit("/", 1)[-1].casefold()
