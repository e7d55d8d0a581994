"""Where in an export its chats stand, whichever of Telegram's shapes it has."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.jsonwalk import Walk
from coterie.pure.exports.records import Unreadable, worded

HEADER = ("name", "type", "id")
LISTS = ("chats", "left_chats")

KEPT_ELSEWHERE = {
    "personal_information": "personal_information",
    "contacts": "contacts",
    "frequent_contacts": "contacts",
    "sessions": "sessions",
    "web_sessions": "sessions",
    "profile_pictures": "pictures",
    "stories": "stories",
}
WORDLESS = {"about"}

NO_CHATS = worded(
    "This is not a Telegram export, or not one with chats in it. In Telegram Desktop open the "
    "group, choose Export chat history, and as format JSON."
)
SEVERAL = worded("This archive holds several exports. Give them one at a time.")
NONE = worded(
    "This archive holds no result.json. Export the chat again and choose JSON as its format."
)


class RawChat(NamedTuple):
    """A chat as it stands in the file. Its header may still grow while its messages are read."""

    header: dict[str, Any]
    messages: Iterator[Any]


@contextmanager
def walking(path: str | os.PathLike[str]) -> Iterator[Walk]:
    """The export at this path, at its beginning."""
    with opened(path) as source, source.stream(export_in(source)) as stream:
        yield Walk(stream)


def export_in(source: Source) -> str | None:
    """The member that is the export; None for a plain file, which is the export itself."""
    if not source.is_archive:
        return None
    found = source.named("result.json") or source.named("messages.json", "chat.json")
    if len(found) != 1:
        raise Unreadable(SEVERAL if found else NONE)
    return found[0]


def chats_in(walk: Walk, dropped: Counter[str]) -> Iterator[RawChat]:
    """Each chat in turn; what stands beside them is passed over and counted."""
    if walk.next() != "{":
        raise Unreadable(NO_CHATS)
    header: dict[str, Any] = {}
    found = False
    for key in walk.entries():
        if key == "messages" and walk.next() == "[":
            found = True
            yield from one_chat(header, walk)
        elif key in LISTS and walk.next() in "{[":
            found = True
            yield from listed(walk)
        else:
            beside(key, walk, header, dropped)
    walk.end()
    if not found:
        raise Unreadable(NO_CHATS)


def listed(walk: Walk) -> Iterator[RawChat]:
    if walk.next() == "[":
        yield from each(walk)
        return
    for key in walk.entries():
        if key == "list" and walk.next() == "[":
            yield from each(walk)
        else:
            walk.skip()


def each(walk: Walk) -> Iterator[RawChat]:
    for _ in walk.items():
        if walk.next() != "{":
            walk.skip()
            continue
        header: dict[str, Any] = {}
        spoken = False
        for key in walk.entries():
            if key == "messages" and walk.next() == "[":
                spoken = True
                yield from one_chat(header, walk)
            else:
                beside(key, walk, header, Counter())
        if not spoken:
            yield RawChat(header, iter(()))


def one_chat(header: dict[str, Any], walk: Walk) -> Iterator[RawChat]:
    messages = walk.values()
    yield RawChat(header, messages)
    for _ in messages:
        pass


def beside(key: str, walk: Walk, header: dict[str, Any], dropped: Counter[str]) -> None:
    if key in HEADER:
        header[key] = walk.value()
        return
    empty = walk.next() in '"n'
    entries = walk.skip()
    if key in KEPT_ELSEWHERE and not empty:
        dropped[KEPT_ELSEWHERE[key]] += entries or int(key == "personal_information")
