"""The child that opens a photo: run as a script of its own, never imported by the house.

Reads the file from standard input, writes to standard output one line of JSON and then the
pictures. Exit codes other than 0 are those of `REFUSALS` in developing.py.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import secrets
import sys
from io import BytesIO
from typing import Any

MEMORY, SECONDS, MOST_PIXELS = (int(word) for word in sys.argv[1:4])
SIDES = [int(word) for word in sys.argv[4:]]
TINY = 32
NOT_A_PHOTO, TOO_LARGE, BROKEN, TOO_HEAVY = 10, 11, 12, 13

MARKS = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WEBP"),
    (4, b"ftyphei", "HEIF"),
    (4, b"ftyphev", "HEIF"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypmsf1", "HEIF"),
    (4, b"ftypavif", "AVIF"),
)
"""How the first bytes of each kind look; what a file is called or says of itself counts nothing."""


def shut_in() -> None:
    """From here on: so much memory and time, no file, no network, no other program."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError):  # where the system lets nobody make a world of their own
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def kind_of(sent: bytes) -> str:
    """What it is by its first bytes; empty for everything that is no photo."""
    for start, mark, kind in MARKS:
        if sent[start : start + len(mark)] == mark:
            # An AVIF may introduce itself as a plain image file and name its kind behind.
            return "AVIF" if kind == "HEIF" and b"avif" in sent[16:48] else kind
    return ""


def open_photo(sent: bytes) -> Any:
    """The photo's first picture, not decoded yet."""
    from PIL import Image

    kind = kind_of(sent)
    if not kind:
        sys.exit(NOT_A_PHOTO)
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is smaller, and never only a warning
    photo = Image.open(BytesIO(sent), formats=[kind])
    if photo.width * photo.height > MOST_PIXELS:
        sys.exit(TOO_LARGE)
    return photo


def on_fresh_canvas(photo: Any) -> Any:
    """Upright, in sRGB, no larger than the largest side; of the file only what the eye sees."""
    from PIL import Image, ImageOps

    profile, side = photo.info.get("icc_profile"), SIDES[-1]
    photo.draft(None, (side, side))  # a JPEG is decoded no larger than it has to be
    photo.load()
    if photo.mode in ("P", "PA", "LA", "1") or "transparency" in photo.info:
        photo = photo.convert("RGBA")
    photo.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    photo = in_srgb(ImageOps.exif_transpose(photo), profile)
    canvas = Image.new("RGB", photo.size, "white")
    canvas.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return canvas


def in_srgb(photo: Any, profile: bytes | None) -> Any:
    """The same colours as every screen understands them."""
    from PIL import ImageCms

    see_through = photo.getchannel("A") if photo.mode == "RGBA" else None
    if profile:
        opaque = photo.convert("RGB") if see_through else photo
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            photo = ImageCms.profileToProfile(
                opaque, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
    photo = photo.convert("RGB") if photo.mode not in ("RGB", "RGBA") else photo
    if see_through:
        photo.putalpha(see_through)
    return photo


def grained(picture: Any) -> Any:
    """One step brighter here and there, by chance: no two prints of one photo are equal bytes."""
    from PIL import Image, ImageChops

    grain = Image.frombytes("L", picture.size, secrets.token_bytes(picture.width * picture.height))
    light = grain.point([0] * 192 + [1] * 64)
    return ImageChops.add(picture, Image.merge("RGB", [light] * 3))


def print_of(picture: Any, side: int) -> bytes:
    """A WebP with nothing in it but pixels."""
    smaller = picture.copy()
    smaller.thumbnail((side, side), reducing_gap=3.0)
    out = BytesIO()
    quality = 78 + secrets.randbelow(6)
    grained(smaller).save(out, "WEBP", quality=quality, method=2, exif=b"", xmp=b"", icc_profile="")
    return out.getvalue()


def main() -> None:
    """Standard input is a photo; standard output is its prints."""
    shut_in()
    try:
        canvas = on_fresh_canvas(open_photo(sys.stdin.buffer.read()))
        prints = [print_of(canvas, side) for side in SIDES]
        canvas.thumbnail((TINY, TINY))
    except MemoryError:
        sys.exit(TOO_HEAVY)
    except Exception:  # decoders fail in more ways than they document
        sys.exit(BROKEN)
    told = {
        "size": canvas_size(prints[-1]),
        "tiny": canvas.size,
        "lengths": [len(each) for each in prints],
    }
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n" + b"".join(prints) + canvas.tobytes())
    out.flush()


def canvas_size(made: bytes) -> tuple[int, int]:
    """Width and height of a print."""
    from PIL import Image

    with Image.open(BytesIO(made), formats=["WEBP"]) as picture:
        return picture.size


if __name__ == "__main__":
    main()
