"""A photo taken by a phone goes in, and nothing of it comes out but what the eye sees."""

import subprocess
import sys
from io import BytesIO
from tempfile import TemporaryFile

import pytest
from PIL import Image

from coterie.media.tests import photos
from coterie.pure import darkroom
from coterie.pure.darkroom import developing
from coterie.pure.darkroom.developing import CHILD, Reason, Spoiled


def develop(sent: bytes) -> darkroom.Developed:
    with TemporaryFile() as file:
        file.write(sent)
        file.seek(0)
        return darkroom.develop(file)


def spoiled(sent: bytes) -> Reason:
    with pytest.raises(Spoiled) as trouble:
        develop(sent)
    return trouble.value.reason


@pytest.fixture(scope="module")
def developed() -> dict[str, darkroom.Developed]:
    return {kind: develop(photos.photo(kind)) for kind in photos.KINDS}


def spellings() -> list[bytes]:
    return [photos.MARK.encode(code) for code in ("ascii", "utf-16-le", "utf-16-be")]


@pytest.mark.parametrize("kind", photos.KINDS)
def test_nothing_that_the_file_told_is_in_any_print(developed, kind):
    sent = photos.photo(kind)
    assert any(mark in sent for mark in spellings())
    for made in developed[kind].prints.values():
        assert not any(mark in made for mark in [*spellings(), b"Exif", b"xpacket", b"ICCP"])
        with Image.open(BytesIO(made)) as print_:
            assert (print_.format, dict(print_.getexif())) == ("WEBP", {})
            assert not set(print_.info) & {"exif", "xmp", "icc_profile", "comment"}
        # One picture and nothing else: no chunk of the container holds more.
        assert (made[12:16], int.from_bytes(made[4:8], "little")) == (b"VP8 ", len(made) - 8)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "heic", "avif"])
def test_it_stands_upright_and_looks_as_before(developed, kind):
    made = developed[kind]
    turned = photos.scene().rotate(-90, expand=True)
    if kind == "heic":  # its turn is told outside the EXIF, which then counts nothing
        turned = photos.scene() if made.width > made.height else turned
    assert (made.width, made.height) == turned.size
    with Image.open(BytesIO(made.prints[320])) as shown:
        corners = [(2, 2), (shown.width - 3, 2), (2, shown.height - 3), (150, 100)]
        as_sent = turned.resize(shown.size)
        for place in corners:
            near = zip(shown.getpixel(place), as_sent.getpixel(place), strict=True)
            assert all(abs(one - other) < 24 for one, other in near), (kind, place)


def test_prints_have_three_sizes_and_never_grow():
    out = BytesIO()
    photos.scene(2600, 1300).save(out, "JPEG")
    sizes = [Image.open(BytesIO(made)).size for made in develop(out.getvalue()).prints.values()]
    assert sizes == [(320, 160), (960, 480), (1920, 960)]
    small = BytesIO()
    photos.scene(50, 20).save(small, "PNG")
    assert {
        Image.open(BytesIO(made)).size for made in develop(small.getvalue()).prints.values()
    } == {(50, 20)}


def test_one_photo_sent_twice_has_not_one_print_in_common(developed):
    again = develop(photos.photo("jpg"))
    assert not set(developed["jpg"].prints.values()) & set(again.prints.values())
    assert developed["jpg"].thumbhash != again.thumbhash


JPEG = photos.photo("jpg")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", Reason.NOT_A_PHOTO),
        (SVG, Reason.NOT_A_PHOTO),
        (b"%PDF-1.7\n%%EOF", Reason.NOT_A_PHOTO),
        (b"<html>" + JPEG, Reason.NOT_A_PHOTO),
        (b"PK\x03\x04" + JPEG, Reason.NOT_A_PHOTO),
        (JPEG[: len(JPEG) // 2], Reason.BROKEN),
        (photos.photo("png")[:900], Reason.BROKEN),
        (photos.photo("heic")[:600], Reason.BROKEN),
        (b"\xff\xd8\xff" + SVG, Reason.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + JPEG, Reason.BROKEN),
        (b"GIF89a" + SVG, Reason.BROKEN),
        (photos.flat_png(14000, 14000), Reason.TOO_LARGE),
    ],
    ids=["empty", "svg", "pdf", "html first", "zip first", "half", "half png", "half heic",
         "svg called jpeg", "jpeg called png", "svg called gif", "196 million points"],
)  # fmt: skip
def test_what_is_no_whole_photo_of_its_kind_gives_no_picture(sent, reason):
    assert spoiled(sent) is reason


def test_a_photo_with_something_hung_behind_it_is_that_photo_alone():
    assert photos.MARK.encode() not in develop(JPEG + b"PK\x03\x04 evil.jar").prints[1920]


def test_of_something_that_moves_the_first_picture_is_kept():
    out = BytesIO()
    photos.scene().save(out, "GIF", save_all=True, append_images=[Image.new("RGB", (400, 300))] * 3)
    with Image.open(BytesIO(develop(out.getvalue()).prints[320])) as shown:
        assert (getattr(shown, "n_frames", 1), shown.getpixel((150, 20)) != (0, 0, 0)) == (1, True)


def test_what_wants_more_memory_than_it_may_have_gets_none(monkeypatch):
    largest = photos.flat_png(8000, 6000)
    assert len(largest) < 200_000
    monkeypatch.setattr(developing, "MEMORY", 260_000_000)
    assert spoiled(largest) is Reason.TOO_HEAVY


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(developing, "PATIENCE", 0.05)
    assert spoiled(JPEG) is Reason.TOO_HEAVY


@pytest.mark.parametrize(
    "deed",
    [
        "import tempfile; tempfile.TemporaryFile(buffering=0).write(b'x')",
        "bytearray(2_000_000_000)",
        "while True: pass",
    ],
)
def test_the_child_can_write_nothing_take_no_more_and_not_go_on_for_ever(deed):
    shut = f"import runpy; runpy.run_path({str(CHILD)!r})['shut_in']()\n{deed}"
    limits = [str(each) for each in (1_000_000_000, 1, 50_000_000, 320)]
    done = subprocess.run([sys.executable, "-I", "-c", shut, *limits], capture_output=True)
    assert done.returncode != 0


def test_who_comes_while_many_photos_are_developed_is_asked_to_come_back(monkeypatch):
    for _ in range(5):
        developing.LINE.acquire()
    try:
        assert spoiled(JPEG) is Reason.BUSY
    finally:
        for _ in range(5):
            developing.LINE.release()


def test_every_kind_can_be_read_here():
    assert darkroom.readable_kinds() == dict.fromkeys(
        ("JPEG", "PNG", "WebP", "GIF", "HEIC", "AVIF"), True
    )
