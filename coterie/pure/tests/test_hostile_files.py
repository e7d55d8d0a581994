"""Files that are broken, and files made to do harm: a clear sentence, little memory, no traces."""

import gzip
import io
import json
import random
import stat
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coterie.pure import parsers
from coterie.pure.exports import archive, jsonwalk
from coterie.pure.exports.records import Unreadable
from coterie.pure.parsers import telegram
from coterie.pure.tests.telegrams import account, chat, said

EXPORT = json.dumps(chat(said(1), said(2), said(3)), indent=1).encode()
SAMPLE = Path(__file__).parents[3] / "tests" / "data" / "telegram" / "telegram_2023-01.json"
MEGABYTE = 1 << 20


def zipped(
    *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as written:
        for name, content in members:
            written.writestr(name, content)
    return out.getvalue()


def patched(content: bytes, at: int, form: str, value: int, mark: bytes) -> bytes:
    """With one number changed in the first header that begins with this mark."""
    changed = bytearray(content)
    struct.pack_into(form, changed, content.index(mark) + at, value)
    return bytes(changed)


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def bomb() -> bytes:
    return zipped(("result.json", b'{"messages": [' + b" " * (100 * MEGABYTE)))


def bomb_beside_the_export() -> bytes:
    return zipped(("result.json", EXPORT), ("photos/1.jpg", b"\0" * (64 * MEGABYTE)))


def bomb_that_says_it_is_small() -> bytes:
    content = patched(bomb(), 24, "<I", 5_000, CENTRAL)
    return patched(content, 22, "<I", 5_000, LOCAL)


def overlapping() -> bytes:
    """One packed member listed many times (Fifield's bomb)."""
    noise = random.Random(1).randbytes(200_000)
    single = zipped(("result.json", EXPORT), ("00.bin", noise))
    start, end = single.rindex(CENTRAL), single.index(END)
    entry = single[start:end]
    copies = b"".join(entry.replace(b"00.bin", b"%02d.bin" % n) for n in range(1, 60))
    listed = single[:end] + copies
    count, size = 61, end - single.index(CENTRAL) + len(copies)
    return listed + struct.pack("<4s4H2IH", END, 0, 0, count, count, size, single.index(CENTRAL), 0)


def with_name(name: str) -> Callable[[], bytes]:
    return lambda: zipped((name, EXPORT))


def link() -> bytes:
    info = zipfile.ZipInfo("result.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((info, b"/etc/passwd"))


def locked() -> bytes:
    content = patched(zipped(("result.json", EXPORT)), 6, "<H", 1, LOCAL)
    return patched(content, 8, "<H", 1, CENTRAL)


def nested() -> bytes:
    return zipped(("inner.zip", zipped(("result.json", EXPORT))))


def says_it_is_longer() -> bytes:
    content = zipped(("result.json", EXPORT), method=zipfile.ZIP_STORED)
    content = patched(content, 24, "<I", len(EXPORT) * 3, CENTRAL)
    return patched(content, 20, "<I", len(EXPORT) * 3, CENTRAL)


def says_it_is_shorter() -> bytes:
    return patched(zipped(("result.json", EXPORT)), 24, "<I", 40, CENTRAL)


def too_many() -> bytes:
    return patched(zipped(("result.json", EXPORT)), 12, "<I", 64 * MEGABYTE, END)


def crowded() -> bytes:
    return zipped(*((f"{n}.txt", b"") for n in range(70)), ("result.json", EXPORT))


def twins() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped(("result.json", EXPORT), ("result.json", b"{}"))


def case_twins() -> bytes:
    return zipped(("result.json", EXPORT), ("Result.JSON", b"{}"))


def flipped() -> bytes:
    content = bytearray(zipped(("result.json", EXPORT), method=zipfile.ZIP_STORED))
    content[content.index(b"Hello")] ^= 1
    return bytes(content)


def scrambled() -> bytes:
    content = bytearray(zipped(("result.json", EXPORT)))
    content[60:90] = b"\xff" * 30
    return bytes(content)


def beyond_its_end() -> bytes:
    return patched(zipped(("result.json", EXPORT)), 42, "<I", 1 << 30, CENTRAL)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, archive.BOMB),
    "bomb beside the export": (bomb_beside_the_export, archive.BOMB),
    "bomb that says it is small": (bomb_that_says_it_is_small, ""),
    "overlapping": (overlapping, archive.BOMB),
    "climbing name": (with_name("../../result.json"), archive.TRICKS),
    "climbing name within": (with_name("a/../../result.json"), archive.TRICKS),
    "climbing name with backslashes": (with_name("..\\result.json"), archive.TRICKS),
    "absolute name": (with_name("/etc/result.json"), archive.TRICKS),
    "name on a drive": (with_name("C:\\result.json"), archive.TRICKS),
    "link": (link, archive.TRICKS),
    "locked": (locked, archive.LOCKED),
    "nested": (nested, parsers.NESTED),
    "says it is longer": (says_it_is_longer, ""),
    "says it is shorter": (says_it_is_shorter, archive.DAMAGED),
    "too long a list": (too_many, archive.TOO_MANY),
    "twins": (twins, "two files of one name"),
    "twins but for case": (case_twins, "two files of one name"),
    "another packing": (
        lambda: zipped(("result.json", EXPORT), method=zipfile.ZIP_BZIP2),
        "unusual",
    ),
    "a letter like another": (with_name("resu\u04cft.json"), parsers.OTHER),
    "written backwards": (with_name("\u202enosj.tluser"), parsers.OTHER),
    "cut": (lambda: zipped(("result.json", EXPORT))[:-30], archive.DAMAGED),
    "only a beginning": (lambda: LOCAL + b"\0" * 40, archive.DAMAGED),
    "a flipped bit": (flipped, archive.DAMAGED),
    "scrambled": (scrambled, archive.DAMAGED),
    "a member beyond the end": (beyond_its_end, archive.DAMAGED),
    "empty": (lambda: zipped(), parsers.OTHER),
    "as web pages": (lambda: zipped(("Chat/messages2.html", b"<html>")), parsers.AS_HTML),
    "two exports": (
        lambda: zipped(("a/result.json", EXPORT), ("b/result.json", EXPORT)),
        "several",
    ),
}


def read_it(path: Path) -> None:
    parsers.parser_of(path).preview(path)


def refused(path: Path) -> Unreadable:
    """Why it is refused, having seen that this took little time and memory."""
    tracemalloc.start()
    started = time.process_time()
    try:
        with pytest.raises(Unreadable) as why:
            read_it(path)
        assert tracemalloc.get_traced_memory()[1] < 64 * MEGABYTE
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 10
    return why.value


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    make, sentence = HOSTILE[name]
    path = tmp_path / "export.zip"
    path.write_bytes(make())
    assert sentence in refused(path).sentence
    assert list(tmp_path.iterdir()) == [path]


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 15


def test_the_same_archive_without_harm_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(("Chat/result.json", EXPORT), ("Chat/photos/1.jpg", b"\xff\xd8" * 99)))
    read_it(path)


def test_what_is_packed_with_gzip_reads_as_the_file_in_it(tmp_path: Path) -> None:
    path = tmp_path / "export.json.gz"
    path.write_bytes(gzip.compress(EXPORT))
    read_it(path)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 70)
    path = tmp_path / "export.zip"
    path.write_bytes(crowded())
    assert refused(path).sentence == archive.TOO_MANY


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", parsers.EMPTY),
    "garbage": (lambda: random.Random(1).randbytes(50_000), parsers.OTHER),
    "web page": (lambda: b"\n<!DOCTYPE html><html>", parsers.AS_HTML),
    "gzip of nothing known": (lambda: gzip.compress(b"leaves"), parsers.OTHER),
    "gzip cut": (lambda: gzip.compress(EXPORT)[:-20], archive.DAMAGED),
    "gzip bomb": (lambda: gzip.compress(EXPORT + b" " * (40 << 20)), archive.BOMB),
    "gzip of a tar": (lambda: gzip.compress(b"\0" * 257 + b"ustar"), parsers.OTHER_ARCHIVE),
    "rar": (lambda: b"Rar!\x1a\x07\x01\0", parsers.OTHER_ARCHIVE),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c", parsers.OTHER_ARCHIVE),
    "UTF-16": (lambda: EXPORT.decode().encode("utf-16"), jsonwalk.WRONG_LETTERS),
    "Latin-1": (lambda: EXPORT.replace(b"Hello", b"Hell\xf6"), jsonwalk.WRONG_LETTERS),
    "another JSON": (lambda: b'{"some": "thing"}', parsers.OTHER_JSON),
    "a list": (lambda: b"[1, 2]", parsers.OTHER_JSON),
    "of another place": (lambda: b'{"guild": {}, "messages": []}', parsers.OTHER_JSON),
    "no list of messages": (lambda: b'{"messages": {}}', "not a Telegram export"),
    "two in one": (lambda: EXPORT + EXPORT, jsonwalk.NOT_JSON),
    "a comma lost": (lambda: EXPORT.replace(b'"id": 2,', b'"id": 2'), jsonwalk.NOT_JSON),
    "deep": (lambda: b'{"messages": [' + b"[" * 200_000, jsonwalk.TOO_DEEP),
    "deep in passing": (lambda: b'{"chats": 1, "x": ' + b'{"x":' * 200_000, jsonwalk.TOO_DEEP),
    "endless word": (lambda: b'{"messages": ["' + b"a" * (18 * MEGABYTE), jsonwalk.TOO_LARGE),
    "endless number": (lambda: b'{"messages": [' + b"9" * 5_000 + b"]}", jsonwalk.NOT_JSON),
    "cut in a letter": (lambda: EXPORT[:200] + b"\xc3", jsonwalk.BREAKS_OFF),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_why(tmp_path: Path, name: str) -> None:
    make, sentence = BROKEN[name]
    path = tmp_path / "result.json"
    path.write_bytes(make())
    assert sentence in refused(path).sentence


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(EXPORT.replace(b'"id": 2,', b'"id": 2'))
    why = refused(path)
    line = EXPORT[: EXPORT.index(b'"id": 2,')].count(b"\n") + 2
    assert f"line {line}" in why.place
    assert why.place in str(why)


def test_wherever_a_file_is_cut_it_is_refused_with_a_place(tmp_path: Path) -> None:
    whole = SAMPLE.read_bytes().rstrip()
    path = tmp_path / "result.json"
    for length in range(1, len(whole), 13):
        path.write_bytes(whole[:length])
        with pytest.raises(Unreadable) as why:
            telegram.preview(path)
        assert why.value.sentence == jsonwalk.BREAKS_OFF, length
        assert f"byte {length:,}" in why.value.place


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"no file “none\.json”"):
        read_it(tmp_path / "none.json")


def test_a_mark_of_utf8_at_the_beginning_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(account(chat(said(1)))).encode())
    read_it(path)
