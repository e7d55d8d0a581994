"""The words of a post without its markup."""

import html
import re

ENDS_OF_LINES = re.compile(
    r"(?:<br|</?(?:p|h[3-6]|blockquote|pre|ul|ol|li|hr|table|tr)\b[^>]*)>\n?"
)
BETWEEN_CELLS = re.compile(r"</t[dh]>\s*(?=<t[dh])")
TAGS = re.compile(r"<[^>]*>")
BLANK_LINES = re.compile(r"\n{2,}")


def plain(rendered: str, limit: int | None = None) -> str:
    """The words of what `render` gave, each block on its own line; not longer than `limit`."""
    return shortened(BLANK_LINES.sub("\n", _untagged(rendered)).strip("\n"), limit)


def excerpt(rendered: str, limit: int = 160) -> str:
    """The beginning of what `render` gave, on one line."""
    return shortened(" ".join(_untagged(rendered).split()), limit)


def _untagged(rendered: str) -> str:
    spaced = ENDS_OF_LINES.sub("\n", BETWEEN_CELLS.sub(" ", rendered))
    return html.unescape(TAGS.sub("", spaced))


def shortened(text: str, limit: int | None) -> str:
    """The text itself, or as many whole words as fit before an ellipsis."""
    if limit is None or len(text) <= limit:
        return text
    room = text[: max(limit, 1)]
    kept = room.rsplit(None, 1)[0] if len(room.split()) > 1 else room
    return kept[: max(limit - 1, 0)].rstrip() + "…"
