"""The words of a post without its markup, and without what is hidden in it."""

import html
import re
from unicodedata import category

from coterie.pure.markup import folding

ENDS_OF_LINES = re.compile(
    r"(?:<br|</?(?:p|div|h[3-6]|blockquote|pre|ul|ol|li|hr|table|tr)\b[^>]*)>\n?"
)
BETWEEN_CELLS = re.compile(r"</t[dh]>\s*(?=<t[dh])")
TAGS = re.compile(r"<[^>]*>")
LINK = re.compile(r'<(/?)(?:(blockquote|details)\b|a href="(https?://[^"]+)")')
BLANK_LINES = re.compile(r"\n{2,}")
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols by name, and nothing to the eye."""


def plain(rendered: str, limit: int | None = None) -> str:
    """The words of what `render` gave, each block on its own line; not longer than `limit`."""
    return shortened(BLANK_LINES.sub("\n", _untagged(rendered)).strip("\n"), limit)


def excerpt(rendered: str, limit: int = 160) -> str:
    """The beginning of what `render` gave, on one line."""
    return shortened(" ".join(_untagged(rendered).split()), limit)


def first_link(rendered: str) -> str:
    """Where the first link leads that is the writer's own and open to see; "" without one."""
    if '<a href="http' not in rendered:
        return ""
    inside = 0
    for end, block, address in LINK.findall(rendered):
        if address and not inside:
            return html.unescape(address)
        if block:
            inside += -1 if end else 1
    return ""


def _untagged(rendered: str) -> str:
    shown = folding.veiled(rendered)
    spaced = ENDS_OF_LINES.sub("\n", BETWEEN_CELLS.sub(" ", shown))
    return html.unescape(TAGS.sub("", spaced))


def shortened(text: str, limit: int | None) -> str:
    """The text itself, or as many whole words as fit before an ellipsis."""
    if limit is None or len(text) <= limit:
        return text
    room = text[: max(limit, 1)]
    kept = room.rsplit(None, 1)[0] if len(room.split()) > 1 else room
    return kept[: max(limit - 1, 0)].rstrip() + "…"


def is_blank(text: str) -> bool:
    """Whether nothing of it shows: signs without a look are no words."""
    return not any(category(sign)[0] not in "CZ" and sign not in BLANK for sign in text)
