"""ThumbHash: a picture's colours and masses in some 25 bytes, for the moment before it is there.

The form is that of https://github.com/evanw/thumbhash (MIT), for opaque pictures; browsers
read it with its own `thumbHashToRGBA`.
"""

from __future__ import annotations

import base64
import secrets
from math import cos, pi

type Channel = list[float]


def thumbhash(width: int, height: int, rgb: bytes) -> str:
    """The hash of a picture of at most 100 × 100 pixels, as base64.

    Every shade may be off by one, by chance: two hashes of one photo are not equal, so that
    nobody finds by its hash where else somebody has shown it.
    """
    reds, greens, blues = ([byte / 255 for byte in rgb[n::3]] for n in range(3))
    light = [(r + g + b) / 3 for r, g, b in zip(reds, greens, blues, strict=True)]
    yellow = [(r + g) / 2 - b for r, g, b in zip(reds, greens, blues, strict=True)]
    red = [r - g for r, g in zip(reds, greens, strict=True)]
    longest = max(width, height)
    across, down = (max(1, _round(7 * side / longest)) for side in (width, height))
    l_dc, l_ac, l_scale = _encode(light, width, height, max(3, across), max(3, down))
    p_dc, p_ac, p_scale = _encode(yellow, width, height, 3, 3)
    q_dc, q_ac, q_scale = _encode(red, width, height, 3, 3)
    head = (
        _near(63 * l_dc, 63)
        | _near(31.5 + 31.5 * p_dc, 63) << 6
        | _near(31.5 + 31.5 * q_dc, 63) << 12
        | _near(31 * l_scale, 31) << 18
    )
    lies = width > height
    more = (
        (down if lies else across)
        | _near(63 * p_scale, 63) << 3
        | _near(63 * q_scale, 63) << 9
        | lies << 15
    )
    shades = [_near(15 * each, 15) for each in (*l_ac, *p_ac, *q_ac)]
    packed = head.to_bytes(3, "little") + more.to_bytes(2, "little") + _in_pairs(shades)
    return base64.b64encode(packed).decode()


def _encode(
    channel: Channel, width: int, height: int, nx: int, ny: int
) -> tuple[float, Channel, float]:
    """The mean of a channel, its cosine terms between 0 and 1, and their scale."""
    mean, terms = 0.0, []
    for cy in range(ny):
        rows = [cos(pi / height * cy * (y + 0.5)) for y in range(height)]
        cx = 0
        while cx * ny < nx * (ny - cy):
            columns = [cos(pi / width * cx * (x + 0.5)) for x in range(width)]
            total = sum(
                rows[y] * sum(map(_times, channel[y * width : (y + 1) * width], columns))
                for y in range(height)
            ) / (width * height)
            if cx or cy:
                terms.append(total)
            else:
                mean = total
            cx += 1
    scale = max((abs(term) for term in terms), default=0.0)
    return mean, [0.5 + 0.5 / scale * term for term in terms] if scale else terms, scale


def _times(one: float, other: float) -> float:
    return one * other


def _round(value: float) -> int:
    """As JavaScript rounds."""
    return int(value + 0.5)


def _near(value: float, most: int) -> int:
    return min(most, max(0, _round(value) + secrets.randbelow(3) - 1))


def _in_pairs(shades: list[int]) -> bytes:
    if len(shades) % 2:
        shades.append(0)
    return bytes(low | high << 4 for low, high in zip(shades[::2], shades[1::2], strict=True))
