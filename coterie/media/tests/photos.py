"""Photos as phones make them: everything they tell is planted, each with a word of its own."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pillow_heif
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

KINDS = ("jpg", "png", "webp", "gif", "heic", "avif")
CALLED = "IMG_2041 Annas Garten.jpg"
MARK = "Zeugnis"
"""The beginning of every planted word; nothing of ours contains it."""


def word(place: str) -> str:
    """The word planted in this place of a file."""
    return f"{MARK}-{place}"


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Something to look at: no two corners are alike."""
    x, y = Image.linear_gradient("L").resize((width, height)), Image.radial_gradient("L")
    return Image.merge("RGB", [x.rotate(180), y.resize((width, height)), x])


def exif(orientation: int = 6) -> bytes:
    """What a phone writes: its name, the day, where it was, and a small copy of the photo."""
    told = Image.Exif()
    told[0x010E], told[0x010F], told[0x0110] = word("description"), "Fern", word("model")
    told[0x0112], told[0x0132], told[0x8298] = orientation, "2026:05:04 12:00:00", word("copyright")
    more = told.get_ifd(0x8769)
    more[0x9003], more[0x9286] = "2026:05:04 12:00:00", b"ASCII\0\0\0" + word("comment").encode()
    more[0x927C], more[0xA431] = word("maker").encode(), word("serial")
    gps = told.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 31.0, 12.25), "E", (13.0, 24.0, 36.5)
    gps[27], gps[29] = b"ASCII\0\0\0" + word("gps").encode(), "2026:05:04"
    return told.tobytes()


XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    f'<rdf:RDF><rdf:Description exif:GPSLatitude="52,31.2N" dc:creator="{word("xmp")}"/></rdf:RDF>'
    '</x:xmpmeta><?xpacket end="w"?>'
).encode()


def profile() -> bytes:
    """An sRGB profile whose description is a planted word."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    old, new = "sRGB built-in".encode("utf-16-be"), f"{MARK}-icc--".encode("utf-16-be")
    assert old in made
    return made.replace(old, new[: len(old)])


def photo(kind: str, **more: object) -> bytes:
    """A photo of this kind that tells everything its kind can tell."""
    out, picture = BytesIO(), scene()
    said = {"exif": exif(), "icc_profile": profile()} | more
    if kind == "jpg":
        small = BytesIO()
        scene(80, 60).save(small, "JPEG", comment=word("thumbnail"))
        picture.save(out, "JPEG", comment=word("comment"), xmp=XMP, **said)
        sent = _with_segment(out.getvalue(), 0xED, b"Photoshop 3.0\0" + word("iptc").encode())
        return _with_segment(sent, 0xE2, b"MPF\0" + small.getvalue()) + word("behind").encode()
    if kind == "png":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", word("text"))
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        text.add(b"prVt", word("private").encode())
        picture.save(out, "PNG", pnginfo=text, **said)
    elif kind == "webp":
        picture.save(out, "WEBP", xmp=XMP, **said)
    elif kind == "gif":
        picture.convert("P").save(out, "GIF", comment=word("comment"))
        return out.getvalue()[:-1] + _gif_application(XMP) + b";" + word("behind").encode()
    elif kind == "heic":
        heif = pillow_heif.from_pillow(picture)
        heif.info.update(exif=said["exif"], xmp=XMP, icc_profile=said["icc_profile"])
        heif.save(out, quality=40)
    else:
        picture.save(out, "AVIF", xmp=XMP, speed=10, **said)
    return out.getvalue() + word("behind").encode()


def _with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return (
        jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + jpeg[2:]
    )


def _gif_application(content: bytes) -> bytes:
    blocks = (content[n : n + 255] for n in range(0, len(content), 255))
    packed = b"".join(bytes([len(block)]) + block for block in blocks)
    return b"!\xff\x0bXMP DataXMP" + packed + b"\0"


def flat_png(width: int, height: int) -> bytes:
    """Very many points in very few bytes."""
    row = b"\0" + bytes(width * 3)
    packer, packed = zlib.compressobj(9), b""
    for _ in range(height):
        packed += packer.compress(row)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", packed + packer.flush()), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def uploaded(content: bytes, called: str = CALLED) -> TemporaryUploadedFile:
    """The bytes as a form brings them."""
    file = TemporaryUploadedFile(called, "image/jpeg", len(content), None)
    file.write(content)
    file.seek(0)
    return file
