"""The icon sprite: Lucide icons (ISC licence) and one needle of our own.

The sprite itself says which icons are in use. `python -m coterie.ui.icons FOLDER rocket` draws
it anew with one more, where FOLDER holds the svg files of the npm package lucide-static.
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).parent / "static" / "ui" / "icons.svg"
LICENCE = "Lucide icons, ISC licence, see icons.LICENSE; the needle is our own."
NEEDLE = (
    '<path d="M3 21 17 7"/><path d="M15.2 5.4a2.6 2.6 0 1 1 3.6 3.6l-1.8-.1-1.7-1.7z"/>'
    '<path d="M19.6 4.4c1.6-1.2 1.9 1 .4 1.6"/>'
    '<path d="M14 21c3 .4 6-.6 5.5-3s-4-1.2-3.5-3"/>'
)


def names() -> set[str]:
    """The icons that the sprite holds."""
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


def sprite(folder: Path, wanted: set[str]) -> str:
    """All icons in use as symbols of one svg file."""
    drawn = {name: inner((folder / f"{name}.svg").read_text()) for name in wanted - {"needle"}}
    drawn["needle"] = NEEDLE
    symbols = "".join(symbol(name, drawn[name]) for name in sorted(drawn))
    return f'<!-- {LICENCE} -->\n<svg xmlns="http://www.w3.org/2000/svg">{symbols}\n</svg>\n'


def symbol(name: str, paths: str) -> str:
    """One icon that takes its colour and its stroke from the page."""
    return (
        f'\n<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{paths}</symbol>'
    )


def inner(svg: str) -> str:
    """What is inside the svg element, on one line."""
    body = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    body = body[body.index(">") + 1 : body.rindex("</svg>")]
    return re.sub(r"\s+/>", "/>", re.sub(r">\s+<", "><", body.strip()))


if __name__ == "__main__":
    SPRITE.write_text(sprite(Path(sys.argv[1]), names() | set(sys.argv[2:])))
