"""Discourse's topics, as `/t/ID.json?include_raw=1` gives them: one, or a folder or zip of many.

Never kept are whispers, personal messages, what the forum says itself, and avatars.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.fields import NO_MESSAGE, instant, name_of, part, text_of
from coterie.pure.exports.records import (
    UNSAID,
    Chat,
    Choices,
    Contact,
    Message,
    Preview,
    Unreadable,
    chosen,
    origin,
    worded,
)
from coterie.pure.exports.tally import PassedOver, Tally
from coterie.pure.markup import MAX_SOURCE, cleaned, escape

FORMAT = "discourse"
MARK = b'"post_stream"'
LARGEST = 64 << 20
SAID, WHISPER = (1, 2), 4
CALLED = "Discourse"

NO_TOPIC = worded("There is no topic of a Discourse forum in this export.")
NOT_READ = worded("This topic cannot be read.")


def recognises(source: Source) -> bool:
    """Is there a topic with its posts?"""
    if source.is_archive:
        return any(True for _ in members(source))
    return is_ours(source.head())


def is_ours(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and MARK in head


def members(source: Source) -> Iterator[str]:
    for name in source.names:
        if name.casefold().endswith(".json") and is_ours(source.head(name)):
            yield name


def preview(
    path: str | os.PathLike[str], chat: str | None = None, choices: Choices = UNSAID
) -> Preview:
    """The forum with its topics."""
    over, tally, titles = PassedOver(), Tally(), dict[str, str]()
    with opened(path) as source:
        for topic in topics(source, over):
            titles[room_of(topic)] = name_of(topic.get("title"))
            for message in told(topic, over):
                tally.add(message)
    held: tuple[Chat, ...] = ()
    if tally.messages:
        held = (tally.chat(min(titles), CALLED, "group", titles, {}, FORMAT),)
    return over.preview(FORMAT, held, chat, NO_TOPIC)


def read(
    path: str | os.PathLike[str], chat: str | Chat, choices: Choices = UNSAID
) -> Iterator[Message]:
    """The posts, topic by topic."""
    known = chat if isinstance(chat, Chat) else chosen(preview(path).chats, chat)
    if known.place != FORMAT:
        raise TypeError(f"Discourse did not survey {known.name!r}.")
    with opened(path) as source:
        for topic in topics(source, PassedOver()):
            yield from told(topic, PassedOver())


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Nobody: a topic lists only those who wrote in it."""
    return iter(())


def topics(source: Source, over: PassedOver) -> Iterator[dict[str, Any]]:
    """Each topic, whole: a forum gives them a few posts at a time."""
    names: list[str | None] = [*members(source)] if source.is_archive else [None]
    for name in names:
        topic = loaded(source, name)
        if topic is None:
            over.note(name or "the file", NOT_READ)
        elif text_of(topic.get("archetype")) == "private_message":
            over.dropped["personal_chats"] += 1
        else:
            yield topic


def loaded(source: Source, name: str | None) -> dict[str, Any] | None:
    found = bytearray()
    with source.stream(name) as stream:
        while chunk := stream.read(1 << 20):
            found += chunk
            if len(found) > LARGEST:
                raise Unreadable(NOT_READ, name or "")
    try:
        topic = json.loads(found)
    except (ValueError, RecursionError):
        return None
    return topic if isinstance(topic, dict) else None


def told(topic: dict[str, Any], over: PassedOver) -> Iterator[Message]:
    posts = part(topic, "post_stream").get("posts")
    room = room_of(topic)
    for at, raw in enumerate(posts if isinstance(posts, list) else (), 1):
        message = one(raw, room, f"topic {topic.get('id')}, {at:,}", over)
        if message:
            yield message


def one(raw: Any, room: str, place: str, over: PassedOver) -> Message | None:
    moment = instant(raw.get("created_at")) if isinstance(raw, dict) else None
    number = raw.get("post_number") if isinstance(raw, dict) else None
    if moment is None or not isinstance(number, int) or not text_of(raw.get("username")):
        over.note(place, NO_MESSAGE)
        return None
    kind = raw.get("post_type", 1)
    if kind not in SAID:
        over.dropped["whispers" if kind == WHISPER else "service_lines"] += 1
        return None
    body = words(raw)
    if not body or raw.get("deleted_at"):
        over.dropped["deleted_messages"] += 1
        return None
    answered = raw.get("reply_to_post_number")
    return Message(
        origin=origin(FORMAT, room, number),
        container=room,
        person=text_of(raw.get("username")).casefold(),
        person_name=name_of(raw.get("name")) or name_of(raw["username"]),
        at=moment,
        body=body,
        reply_to=origin(FORMAT, room, answered) if isinstance(answered, int) else None,
    )


def words(raw: dict[str, Any]) -> str:
    """What was written, as it was written; else the words of the page."""
    source = text_of(raw.get("raw"))
    if source.strip():
        return cleaned(source).strip()[:MAX_SOURCE]
    page = Words()
    page.feed(text_of(raw.get("cooked")))
    page.close()
    return escape(cleaned("".join(page.found)).strip()[: MAX_SOURCE // 4])


class Words(HTMLParser):
    """The words of a page without what stands around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "br", "li", "blockquote") and self.found:
            self.found.append("\n")


def room_of(topic: dict[str, Any]) -> str:
    """By when it began, too: every forum has a topic 12."""
    return f"discourse:topic:{topic.get('id')}:{text_of(topic.get('created_at'))}"
