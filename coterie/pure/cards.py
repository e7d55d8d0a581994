"""The picture that stands for a page where somebody shares its link: a patch of cloth with words.

Text in a script that the house's own type has not is left out; the link says it in words anyway.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw as Pencil

WIDE, HIGH = 1200, 630
EDGE, CLOTH = 36, 360
CUT, SHARP = 56, 18
PAPER, INK, INK_2 = "#fbf6ee", "#2b211b", "#5e4f44"
LOGO = (("#a8432a", "#3f6b4a"), ("#d9a441", "#70406f"))
LINES = 3
LETTERS = 0.7
"""So much of a text must be in our type, or none of it is drawn."""


@dataclass(frozen=True)
class Card:
    """What is on it."""

    title: str
    text: str
    foot: str
    hue: int
    cover: bytes = b""


def draw(card: Card, fonts: Path) -> bytes:
    """The card as JPEG. `fonts` holds figtree and bricolage."""
    # Only who draws needs the library: idle, a server is smaller without it.
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDE, HIGH), PAPER)
    pencil = ImageDraw.Draw(picture)
    _patch(picture, pencil, card)
    _words(pencil, card, fonts)
    _foot(pencil, card, fonts)
    out = BytesIO()
    picture.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def colour(lightness: float, chroma: float, hue: int) -> tuple[int, int, int]:
    """One of the twelve hues, in sRGB: what `oklch()` says in the stylesheet."""
    at = math.radians(15 + 30 * hue)
    a, b = chroma * math.cos(at), chroma * math.sin(at)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (round(255 * _gamma(min(max(part, 0), 1))) for part in linear)
    return red, green, blue


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _patch(picture: Picture, pencil: Pencil, card: Card) -> None:
    """Soft cloth with the stronger weave, or the cover, on its side, and one seam around."""
    from PIL import Image, ImageDraw

    box = (EDGE, EDGE, WIDE - EDGE, HIGH - EDGE - 72)
    size = box[2] - box[0], box[3] - box[1]
    cloth = Image.new("RGB", size, colour(0.938, 0.03, card.hue))
    side = _cover(card.cover, (CLOTH, size[1])) if card.cover else _weave(card.hue, size[1])
    cloth.paste(side, (0, 0))
    shape = Image.new("L", size, 0)
    inside = ImageDraw.Draw(shape)
    inside.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), CUT, fill=255)
    # The one sharp corner of every patch.
    inside.rounded_rectangle((0, size[1] - 2 * CUT, CUT * 2, size[1] - 1), SHARP, fill=255)
    picture.paste(cloth, box[:2], shape)
    _seam(pencil, (EDGE + CLOTH, box[1] + 8, EDGE + CLOTH, box[3] - 8), colour(0.6, 0.1, card.hue))


def _seam(pencil: Pencil, line: tuple[int, int, int, int], ink: tuple[int, int, int]) -> None:
    x, top, _x, foot = line
    for y in range(top, foot, 26):
        pencil.line((x, y, x, min(y + 15, foot)), fill=ink, width=4)


def _weave(hue: int, high: int) -> Picture:
    """Crosses, stripes, checks or waves in the hue's own colours."""
    from PIL import Image, ImageDraw

    dark, strong = colour(0.47, 0.1, hue), colour(0.6, 0.1, hue)
    cloth = Image.new("RGB", (CLOTH, high), colour(0.86, 0.06, hue))
    pencil = ImageDraw.Draw(cloth)
    for x in range(0, CLOTH + 60, 60):
        if hue % 4 == 1:
            pencil.rectangle((x, 0, x + 18, high), fill=strong)
            pencil.line((x + 36, 0, x + 36, high), fill=dark, width=3)
            continue
        for y in range(0, high + 60, 60):
            _stitch(pencil, hue % 4, x + (30 if y % 120 and hue % 4 == 0 else 0), y, dark)
    return cloth


def _stitch(pencil: Pencil, kind: int, x: int, y: int, ink: tuple[int, int, int]) -> None:
    if kind == 0:
        pencil.line((x + 14, y + 14, x + 34, y + 34), fill=ink, width=5)
        pencil.line((x + 34, y + 14, x + 14, y + 34), fill=ink, width=5)
    elif kind == 2:
        for wide in (56, 30):
            box = (x + 30 - wide, y + 60 - wide, x + 30 + wide, y + 60 + wide)
            pencil.arc(box, 180, 360, fill=ink, width=4)
    else:
        middle = (x + 30, y + 30)
        pencil.polygon(
            [(middle[0], y + 6), (x + 54, middle[1]), (middle[0], y + 54), (x + 6, middle[1])],
            outline=ink,
            width=4,
        )


def _cover(cover: bytes, size: tuple[int, int]) -> Picture:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(cover), formats=("WEBP",)) as opened:
        return ImageOps.fit(opened.convert("RGB"), size)


def _words(pencil: Pencil, card: Card, fonts: Path) -> None:
    left, room = EDGE + CLOTH + 44, WIDE - 2 * EDGE - CLOTH - 88
    title = readable(card.title)
    size = 76 if len(title) < 32 else 60 if len(title) < 70 else 48
    type_ = Type(fonts, "bricolage", size, 700)
    lines = _wrapped(title, type_, room, LINES)
    said = Type(fonts, "figtree", 34, 400)
    more = _wrapped(readable(card.text), said, room, LINES if len(lines) < LINES else 2)
    height = len(lines) * size * 1.08 + (24 if more else 0) + len(more) * 46
    y = EDGE + max(40, (HIGH - 2 * EDGE - 72 - height) / 2)
    for line in lines:
        type_.write(pencil, (left, y), line, INK)
        y += size * 1.08
    y += 24
    for line in more:
        said.write(pencil, (left, y), line, INK_2)
        y += 46


def _foot(pencil: Pencil, card: Card, fonts: Path) -> None:
    """Whose place it is: the four patches of the house and its name."""
    top, step = HIGH - EDGE - 46, 24
    for row, pair in enumerate(LOGO):
        for column, fill in enumerate(pair):
            x, y = EDGE + 6 + column * step, top + row * step
            pencil.rounded_rectangle((x, y, x + step - 4, y + step - 4), 6, fill=fill)
    type_ = Type(fonts, "figtree", 30, 600)
    line = _wrapped(readable(card.foot), type_, WIDE - 200, 1)
    type_.write(pencil, (EDGE + 70, top + 2), line[0] if line else "", INK)


LATIN = {0x131, 0x152, 0x153, 0x20AC, 0x2122, 0x2191, 0x2193, 0x2212, 0x2215}


def _script(sign: str) -> str:
    """Which file of the type has this sign; nothing for none."""
    code = ord(sign)
    if 0x20 <= code <= 0xFF or 0x2010 <= code <= 0x205E or code in LATIN:
        return "latin"
    further = 0x100 <= code <= 0x2BA or 0x1E00 <= code <= 0x1E9F or 0x1EF2 <= code <= 0x1EFF
    return "latin-ext" if further else ""


def readable(text: str) -> str:
    """The text, less what our type has not; nothing when that is much of it."""
    kept = "".join(sign for sign in text if _script(sign))
    letters = sum(sign.isalnum() for sign in text)
    if sum(sign.isalnum() for sign in kept) < LETTERS * letters:
        return ""
    return " ".join(kept.split())


class Type:
    """A face of type in one size, put together from the files that hold its scripts."""

    def __init__(self, fonts: Path, name: str, size: int, weight: int) -> None:
        from PIL import ImageFont

        self.of: dict[str, Any] = {}
        for script in ("latin", "latin-ext"):
            font = ImageFont.truetype(fonts / f"{name}-{script}.woff2", size)
            font.set_variation_by_axes([weight])
            self.of[script] = font
        self.base = self.of["latin"].getmetrics()[0]

    def length(self, text: str) -> float:
        return sum(float(self.of[script].getlength(run)) for script, run in _runs(text))

    def write(self, pencil: Pencil, at: tuple[float, float], text: str, ink: str) -> None:
        x, y = at
        for script, run in _runs(text):
            pencil.text((x, y + self.base), run, fill=ink, font=self.of[script], anchor="ls")
            x += self.of[script].getlength(run)


def _runs(text: str) -> list[tuple[str, str]]:
    return [(script, "".join(signs)) for script, signs in groupby(text, _script) if script]


def _wrapped(text: str, type_: Type, room: int, most: int) -> list[str]:
    """Lines that fit; what is too much ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and type_.length(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, type_, room))
        if len(lines) > most:
            return [*lines[: most - 1], _cut(f"{lines[most - 1]}…", type_, room)]
    return lines


def _cut(line: str, type_: Type, room: int) -> str:
    while type_.length(line) > room:
        line = f"{line.rstrip('…')[:-1].rstrip()}…"
    return line
