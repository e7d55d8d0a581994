"""What somebody typed into the search box, understood as far as it can be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from coterie.search.marks import LINK, PHOTO
from coterie.search.questions import Term, term
from coterie.search.words import folded

LONGEST_QUERY = 200
MOST_PIECES = 16
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"') | {"：": ":", "－": "-", "−": "-"})
PIECE = re.compile(r'(?P<no>-?)(?:(?P<name>\w+):)?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>\S+))')
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
HAS = {
    "photo": PHOTO, "photos": PHOTO, "picture": PHOTO, "image": PHOTO,
    "link": LINK, "links": LINK, "url": LINK,
}  # fmt: skip
OPERATORS = ("from", "in", "before", "after", "has")


@dataclass(frozen=True)
class Note:
    """One thing that was understood, or was not: what kind of thing, and the words."""

    kind: str
    text: str


@dataclass
class Asked:
    """What is looked for; empty lists ask for nothing."""

    every: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The same as `every`, as folded text, for what is found by its name."""
    people: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    has: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        narrowed = self.people or self.places or self.since or self.until or self.has
        return not (self.every or self.without or narrowed)

    @property
    def is_plain(self) -> bool:
        """Whether it is words alone, and so may be the name of something."""
        narrowed = self.people or self.since or self.until or self.has or self.without
        return bool(self.names) and not narrowed


def understand(text: str) -> Asked:
    """The words, phrases and operators of a query; nothing that is typed is an error."""
    asked = Asked()
    found = list(PIECE.finditer(text[:LONGEST_QUERY].translate(QUOTES)))[:MOST_PIECES]
    for piece in found:
        _take(asked, piece, begun=piece is found[-1])
    return asked


def _take(asked: Asked, piece: re.Match[str], *, begun: bool) -> None:
    name = (piece["name"] or "").lower()
    value = piece["bare"] if piece["quoted"] is None else piece["quoted"].strip()
    begun = begun and piece["quoted"] is None
    if piece["no"]:
        _leave_out(asked, f"{name} {value}".strip())
    elif name in OPERATORS and not value:
        asked.notes.append(Note("waiting", f"{name}:"))
    elif name in OPERATORS:
        if not _operate(asked, name, value):
            _look_for(asked, f"{name} {value}", begun=begun)
    elif value.endswith(":") and value[:-1].lower() in OPERATORS:
        asked.notes.append(Note("waiting", value.lower()))
    else:
        if name and not value.startswith("//"):
            asked.notes.append(Note("unknown", f"{name}:{value}"))
        _look_for(asked, f"{name} {value}", begun=begun)


def _look_for(asked: Asked, text: str, *, begun: bool) -> None:
    if found := term(text, begun=begun):
        asked.every.append(found)
        asked.names.append(folded(text))


def _leave_out(asked: Asked, text: str) -> None:
    if without := term(text):
        asked.without.append(without)
        asked.notes.append(Note("without", text))


def _operate(asked: Asked, name: str, value: str) -> bool:
    """Whether the operator made sense."""
    if name == "has":
        return _has(asked, value)
    if name in ("before", "after"):
        return _when(asked, name, value)
    called = folded(value)
    if not called:
        return False
    (asked.people if name == "from" else asked.places).append(called)
    asked.notes.append(Note(name, value))
    return True


def _has(asked: Asked, value: str) -> bool:
    mark = HAS.get(value.lower())
    if mark is None:
        asked.notes.append(Note("unknown", f"has:{value}"))
        return False
    if mark not in asked.has:
        asked.has.append(mark)
        asked.notes.append(Note("photo" if mark == PHOTO else "link", value))
    return True


def _when(asked: Asked, name: str, value: str) -> bool:
    day = day_of(value)
    if day is None:
        asked.notes.append(Note("undated", f"{name}:{value}"))
        return False
    if name == "after":
        asked.since = day
    else:
        asked.until = day
    asked.notes.append(Note(name, day.isoformat()))
    return True


def day_of(text: str) -> date | None:
    """The day, or the first of the month or year, that is meant."""
    if match := DAY_FIRST.fullmatch(text):
        parts = [int(match[3]), int(match[2]), int(match[1])]
    elif match := DATE.fullmatch(text):
        parts = [int(match[1]), int(match[2] or 1), int(match[3] or 1)]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
