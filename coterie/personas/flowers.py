"""Pressed flowers: a random number becomes a small drawing, always the same one.

Written with the seed alone: two personas of one person have nothing in common but chance.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

SIZE = 100
HUES = (8, 25, 42, 62, 88, 112, 140, 163, 200, 232, 255, 280, 303, 328, 350)
PETALS = {
    "round": "M0 0C-.5 -.2 -1.35 -.95 0 -1C1.35 -.95 .5 -.2 0 0Z",
    "heart": "M0 0C-.5 -.2 -1.5 -.85 -.55 -1Q-.1 -1.01 0 -.9Q.1 -1.01 .55 -1C1.5 -.85 .5 -.2 0 0Z",
    "point": "M0 0C-.5 -.2 -1.25 -.5 0 -1C1.25 -.5 .5 -.2 0 0Z",
    "long": "M0 0C-.5 -.2 -1.1 -.95 0 -1C1.1 -.95 .5 -.2 0 0Z",
    "fringe": "M0 0C-.4 -.3 -1 -.6 -.95 -.9L-.5 -.84L-.3 -1L0 -.88L.3 -1L.5 -.84L.95 -.9"
    "C1 -.6 .4 -.3 0 0Z",
    "wave": "M0 0C-.5 -.2 -1.3 -.6 -.95 -.86Q-.6 -1.02 -.3 -.94Q0 -1.06 .3 -.94"
    "Q.6 -1.02 .95 -.86C1.3 -.6 .5 -.2 0 0Z",
}
"""Outlines in half widths and lengths of the petal."""
VEINS = (
    "M0 -.14Q-.31 -.5 -.62 -.68M0 -.14Q-.16 -.5 -.32 -.8M0 -.14Q0 -.5 0 -.88"
    "M0 -.14Q.16 -.5 .32 -.8M0 -.14Q.31 -.5 .62 -.68"
)
POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
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
    shapes = "".join(petal(n, whorl, hue) for n, whorl in enumerate(whorls))
    body = "".join(ring(n, whorl, hue) for n, whorl in enumerate(whorls))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f"<style>{NIGHT}</style><defs>{shapes}{shades(hue, whorls)}</defs>"
        f'<circle class="g" cx="50" cy="50" r="50" fill="oklch(.75 .09 {hue:.0f})" '
        'fill-opacity=".26"/>'
        f'<g transform="translate(50 50)">{leaves(dice)}{body}{heart(dice, hue)}</g></svg>'
    )


def whorls_of(dice: Dice) -> tuple[Whorl, ...]:
    """One to three rings of petals, the inner ones smaller, lighter and turned into the gaps."""
    shape, count = dice.pick(tuple(PETALS)), 5 + dice.roll(5)
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


def petal(n: int, whorl: Whorl, hue: float) -> str:
    """A petal that points up from the middle, and the lines that pressing leaves in it."""
    return (
        f'<path id="p{n}" d="{scaled(PETALS[whorl.shape], whorl)}"/>'
        f'<path id="v{n}" d="{scaled(VEINS, whorl)}" fill="none" stroke="oklch(.36 .1 {hue:.0f})" '
        'stroke-opacity=".38" stroke-width=".6"/>'
    )


def scaled(outline: str, whorl: Whorl) -> str:
    """An outline in half widths and lengths, as wide and as long as this whorl's petals."""
    half, long = whorl.width / 2, whorl.length
    return POINT.sub(lambda at: f"{float(at[1]) * half:.1f} {float(at[2]) * long:.1f}", outline)


def shades(hue: float, whorls: tuple[Whorl, ...]) -> str:
    """Petals are deep at the foot and pale at the tip."""
    return "".join(
        f'<radialGradient id="g{n}" gradientUnits="userSpaceOnUse" cx="0" cy="0" '
        f'r="{whorl.length:.0f}">'
        f'<stop stop-color="oklch({whorl.light - 0.16:.2f} {whorl.chroma:.3f} {hue:.0f})"/>'
        f'<stop offset="1" stop-color="oklch({whorl.light + 0.14:.2f} {whorl.chroma - 0.02:.3f} '
        f'{hue:.0f})"/>'
        "</radialGradient>"
        for n, whorl in enumerate(whorls)
    )


def ring(n: int, whorl: Whorl, hue: float) -> str:
    """All petals of a whorl, each a little see-through, with its veins."""
    petals = "".join(
        f'<g transform="rotate({whorl.turn + at * 360 / whorl.count:.1f})">'
        f'<use href="#p{n}"/><use href="#v{n}"/></g>'
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
    turns = [2 * pi * n / count for n in range(count)]
    dots = "".join(
        f'<circle cx="{(r + 3) * sin(turn):.1f}" cy="{(r + 3) * cos(turn):.1f}" r="1.1"/>'
        for turn in turns
    )
    return (
        f'<circle r="{r + 1.6:.1f}" fill="oklch(.36 .08 {hue:.0f})" fill-opacity=".8"/>'
        f'<circle r="{r:.1f}" fill="oklch(.78 .13 {warm:.0f})"/>'
        f'<circle r="{r * 0.45:.1f}" fill="oklch(.45 .1 {warm:.0f})"/>'
        f'<g fill="oklch(.82 .12 {warm:.0f})">{dots}</g>'
    )
