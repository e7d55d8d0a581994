"""Pressed flowers: a random number becomes a small drawing, always the same one.

Written with the seed alone: two personas of one person have nothing in common but chance.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

SIZE = 100
HUES = (8, 25, 42, 62, 88, 112, 140, 163, 200, 232, 255, 280, 303, 328, 350)
SHAPES = ("round", "heart", "point", "long", "fringe", "wave")
MODULUS = 2_147_483_647
NIGHT = "@media(prefers-color-scheme:dark){.g{fill-opacity:.14}}"


class Dice:
    """A small generator of our own: Python's may change between versions, a flower must not."""

    def __init__(self, seed: int) -> None:
        self.state = (seed * 2_654_435_761 + 97) % MODULUS or 1
        for _ in range(4):
            self.roll(1)

    def roll(self, sides: int) -> int:
        """0 to sides - 1."""
        self.state = self.state * 48_271 % MODULUS
        return (self.state >> 8) % sides

    def pick[Thing](self, things: tuple[Thing, ...]) -> Thing:
        return things[self.roll(len(things))]

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.roll(10_000) / 10_000


@dataclass(frozen=True)
class Whorl:
    """One ring of petals."""

    shape: str
    count: int
    length: float
    width: float
    turn: float
    light: float
    chroma: float


@lru_cache(maxsize=2_048)
def drawing(seed: int) -> str:
    """The flower of this seed as an svg of a few kB."""
    dice = Dice(seed)
    hue = dice.pick(HUES) + dice.between(-7, 7)
    whorls = whorls_of(dice)
    shapes = "".join(
        f'<path id="p{n}" d="{petal(whorl)}"/>' + veins(n, whorl, hue) for n, whorl in enumerate(whorls)
    )
    body = "".join(ring(n, whorl, hue) for n, whorl in enumerate(whorls))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f"<style>{NIGHT}</style><defs>{shapes}{shades(hue, whorls)}</defs>"
        f'<circle class="g" cx="50" cy="50" r="50" fill="oklch(.75 .09 {hue:.0f})" fill-opacity=".26"/>'
        f'<g transform="translate(50 50)">{leaves(dice)}{body}{heart(dice, hue)}</g></svg>'
    )


def whorls_of(dice: Dice) -> tuple[Whorl, ...]:
    """One to three rings of petals, the inner ones smaller, lighter and turned into the gaps."""
    shape, count = dice.pick(SHAPES), 5 + dice.roll(5)
    if shape in ("long", "fringe"):
        count += 3
    rings, length = 2 + dice.roll(2), dice.between(39, 43)
    wide = 2 * pi * length / count * dice.between(0.5, 0.62)
    turn = dice.between(0, 360 / count)
    return tuple(
        Whorl(
            shape,
            count,
            length * (1, 0.76, 0.54)[n],
            wide * (1, 0.8, 0.62)[n],
            turn + n * 180 / count,
            0.56 + 0.07 * n,
            0.125 - 0.008 * n,
        )
        for n in range(rings)
    )


def petal(whorl: Whorl) -> str:
    """The outline of a petal that points up from the middle."""
    long, half = whorl.length, whorl.width / 2
    side = f"M0 0C{-half * 0.5:.1f} {-long * 0.2:.1f} "
    match whorl.shape:
        case "point":
            return (
                f"{side}{-half * 1.25:.1f} {-long * 0.5:.1f} 0 {-long:.1f}"
                f"C{half * 1.25:.1f} {-long * 0.5:.1f} {half * 0.5:.1f} {-long * 0.2:.1f} 0 0Z"
            )
        case "heart":
            return (
                f"{side}{-half * 1.5:.1f} {-long * 0.85:.1f} {-half * 0.55:.1f} {-long:.1f}"
                f"Q{-half * 0.1:.1f} {-long * 1.01:.1f} 0 {-long * 0.9:.1f}"
                f"Q{half * 0.1:.1f} {-long * 1.01:.1f} {half * 0.55:.1f} {-long:.1f}"
                f"C{half * 1.5:.1f} {-long * 0.85:.1f} {half * 0.5:.1f} {-long * 0.2:.1f} 0 0Z"
            )
        case "fringe":
            return fringed(long, half)
        case "wave":
            return (
                f"{side}{-half * 1.3:.1f} {-long * 0.6:.1f} {-half * 0.95:.1f} {-long * 0.86:.1f}"
                f"Q{-half * 0.6:.1f} {-long * 1.02:.1f} {-half * 0.3:.1f} {-long * 0.94:.1f}"
                f"Q0 {-long * 1.06:.1f} {half * 0.3:.1f} {-long * 0.94:.1f}"
                f"Q{half * 0.6:.1f} {-long * 1.02:.1f} {half * 0.95:.1f} {-long * 0.86:.1f}"
                f"C{half * 1.3:.1f} {-long * 0.6:.1f} {half * 0.5:.1f} {-long * 0.2:.1f} 0 0Z"
            )
    bulge = 1.35 if whorl.shape == "round" else 1.1
    return (
        f"{side}{-half * bulge:.1f} {-long * 0.95:.1f} 0 {-long:.1f}"
        f"C{half * bulge:.1f} {-long * 0.95:.1f} {half * 0.5:.1f} {-long * 0.2:.1f} 0 0Z"
    )


def fringed(long: float, half: float) -> str:
    """A petal cut at its edge, as a cornflower's."""
    return (
        f"M0 0C{-half * 0.4:.1f} {-long * 0.3:.1f} {-half:.1f} {-long * 0.6:.1f} {-half * 0.95:.1f} {-long * 0.9:.1f}"
        f"L{-half * 0.5:.1f} {-long * 0.84:.1f}L{-half * 0.3:.1f} {-long:.1f}L0 {-long * 0.88:.1f}"
        f"L{half * 0.3:.1f} {-long:.1f}L{half * 0.5:.1f} {-long * 0.84:.1f}L{half * 0.95:.1f} {-long * 0.9:.1f}"
        f"C{half:.1f} {-long * 0.6:.1f} {half * 0.4:.1f} {-long * 0.3:.1f} 0 0Z"
    )


def veins(n: int, whorl: Whorl, hue: float) -> str:
    """The lines that pressing leaves in a petal."""
    long, half = whorl.length, whorl.width / 2
    lines = "".join(
        f"M0 {-long * 0.14:.1f}Q{half * at * 0.5:.1f} {-long * 0.5:.1f} {half * at:.1f} {-long * reach:.1f}"
        for at, reach in ((-0.62, 0.68), (-0.32, 0.8), (0, 0.88), (0.32, 0.8), (0.62, 0.68))
    )
    return (
        f'<path id="v{n}" d="{lines}" fill="none" stroke="oklch(.36 .1 {hue:.0f})" '
        'stroke-opacity=".38" stroke-width=".6"/>'
    )


def shades(hue: float, whorls: tuple[Whorl, ...]) -> str:
    """Petals are deep at the foot and pale at the tip."""
    return "".join(
        f'<radialGradient id="g{n}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="{whorl.length:.0f}">'
        f'<stop stop-color="oklch({whorl.light - 0.16:.2f} {whorl.chroma:.3f} {hue:.0f})"/>'
        f'<stop offset="1" stop-color="oklch({whorl.light + 0.14:.2f} {whorl.chroma - 0.02:.3f} {hue:.0f})"/>'
        "</radialGradient>"
        for n, whorl in enumerate(whorls)
    )


def ring(n: int, whorl: Whorl, hue: float) -> str:
    """All petals of a whorl, each a little see-through, with its veins."""
    petals = "".join(
        f'<g transform="rotate({whorl.turn + at * 360 / whorl.count:.1f})"><use href="#p{n}"/><use href="#v{n}"/></g>'
        for at in range(whorl.count)
    )
    return (
        f'<g fill="url(#g{n})" fill-opacity=".86" stroke="oklch(.42 .1 {hue:.0f})" '
        f'stroke-opacity=".5" stroke-width=".7">{petals}</g>'
    )


def leaves(dice: Dice) -> str:
    """Now and then the tip of a leaf shows."""
    shown = dice.roll(4)
    return "".join(
        f'<path transform="rotate({dice.roll(360)})" fill="oklch(.55 .07 {130 + dice.roll(20)})" '
        'fill-opacity=".85" d="M0-30C-9-38-6-44 0-49 6-44 9-38 0-30Z"/>'
        for _ in range(shown)
    )


def heart(dice: Dice, hue: float) -> str:
    """The middle of the flower: a disc, a ring and stamens."""
    warm = (60 + dice.roll(35)) if dice.roll(3) else hue + 180
    r, count = dice.between(4.5, 7), 6 + dice.roll(7)
    dots = "".join(
        f'<circle cx="{(r + 3) * sin(2 * pi * n / count):.1f}" cy="{(r + 3) * cos(2 * pi * n / count):.1f}" r="1.1"/>'
        for n in range(count)
    )
    return (
        f'<circle r="{r + 1.6:.1f}" fill="oklch(.36 .08 {hue:.0f})" fill-opacity=".8"/>'
        f'<circle r="{r:.1f}" fill="oklch(.78 .13 {warm:.0f})"/>'
        f'<circle r="{r * 0.45:.1f}" fill="oklch(.45 .1 {warm:.0f})"/>'
        f'<g fill="oklch(.82 .12 {warm:.0f})">{dots}</g>'
    )
