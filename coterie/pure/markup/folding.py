"""What stands behind a note, and the same without all that is hidden.

A fold is part of a post's HTML, so that whoever shows or quotes it cannot forget it.
"""

import html
import re
from typing import NamedTuple

LONGEST_NOTE = 80

HIDDEN = "[…]"
WARNING = "\N{WARNING SIGN}"
EDGE = re.compile(r"<details\b[^>]*>|</details>")
SPOILER = re.compile(r'<details class="spoiler[ "]')
FOLD = re.compile(
    r'<details class="note"><summary data-word="(note|hosts-note)" dir="auto">([^<]*)</summary>\n'
)
END = "\n</details>"


class Note(NamedTuple):
    """What somebody should know before they look: its author's word for it, or the hosts'."""

    words: str
    by_hosts: bool = False

    @property
    def word(self) -> str:
        return "hosts-note" if self.by_hosts else "note"


def fold(rendered: str, note: Note | None) -> str:
    """What `render` gave stands behind the note, or behind none."""
    if note is None or not note.words:
        return rendered
    words = html.escape(note.words)
    summary = f'<summary data-word="{note.word}" dir="auto">{words}</summary>'
    return f'<details class="note">{summary}\n{rendered}{END}'


def unfold(folded: str) -> tuple[Note | None, str]:
    """The note, and what stands behind it."""
    found = FOLD.match(folded)
    if found is None:
        return None, folded
    note = Note(html.unescape(found[2]), found[1] == "hosts-note")
    return note, folded[found.end() :].removesuffix(END)


def tidy_note(said: str) -> str:
    """A note as it is kept: one line, not longer than fits."""
    return " ".join(said.split())[:LONGEST_NOTE].rstrip()


def count_spoilers(rendered: str) -> int:
    return len(SPOILER.findall(rendered))


def veiled(rendered: str) -> str:
    """The same where nothing can be opened: of a fold the note alone, of a spoiler a sign.

    What was cut off in the middle stays hidden to its end.
    """
    if "<details" not in rendered:
        return rendered
    found = FOLD.match(rendered)
    if found is not None:
        return f"<p>{WARNING} {found[2]}</p>"
    shown, depth, last = [], 0, 0
    for edge in EDGE.finditer(rendered):
        if edge[0] != "</details>":
            if depth == 0:
                # The sign is a block where what it hides was one.
                block = "--block" in edge[0]
                shown += [rendered[last : edge.start()], f"<p>{HIDDEN}</p>" if block else HIDDEN]
            depth += 1
        elif depth:
            depth, last = depth - 1, edge.end()
    return "".join([*shown, "" if depth else rendered[last:]])
