"""Discord, as DiscordChatExporter writes it: a JSON file for each channel, thread or part of one.

Never kept are private messages, bots, files and the addresses of Discord's store, which expire.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.jsonwalk import Walk
from coterie.pure.exports.records import (
    UNSAID,
    Chat,
    Choices,
    Contact,
    Message,
    Preview,
    Reaction,
    Unreadable,
    origin,
    worded,
)
from coterie.pure.exports.tally import PassedOver, Tally
from coterie.pure.markup import MAX_SOURCE, Piece, Style, cleaned, compose

FORMAT = "discord"
MARKS = (b'"guild"', b'"channel"', b'"messages"')
SAID = {"Default", "Reply", "0", "19", "20", "21", "ApplicationCommand", "ThreadStarterMessage"}
PRIVATE = {"DirectTextChat", "1"}
EMOJI = re.compile(r"<a?:(\w+):\d+>")
CALLED = re.compile(r"<@!?(\d+)>")
ADDRESS = re.compile(r"https?://(?:cdn|media)\.discordapp\.(?:com|net)/\S+")
FILE = compose([Piece("(file)", Style.ITALIC)])

NO_CHANNEL = worded("There is no channel of a Discord server in this export.")
NO_MESSAGE = worded("This entry is no message.")


@dataclass
class Found:
    """The channels of one server: which member holds which, and who is a bot."""

    members: list[str | None] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Is there a file with a server and a channel at its beginning?"""
    if source.is_archive:
        return any(True for _ in members(source))
    return is_ours(source.head())


def is_ours(head: bytes) -> bool:
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and all(mark in head for mark in MARKS)


def members(source: Source) -> Iterator[str]:
    for name in sorted(source.names):
        if name.casefold().endswith(".json") and is_ours(source.head(name)):
            yield name


@contextmanager
def exported(path: str | os.PathLike[str]) -> Iterator[tuple[Source, list[str | None]]]:
    with opened(path) as source:
        found: list[str | None] = [*members(source)] if source.is_archive else [None]
        yield source, found


def preview(
    path: str | os.PathLike[str], chat: str | None = None, choices: Choices = UNSAID
) -> Preview:
    """Each server of the export with its channels."""
    tallies: dict[str, Tally] = {}
    names: dict[str, str] = {}
    rooms: dict[str, str] = {}
    places: dict[str, Found] = {}
    heard = PassedOver()
    with exported(path) as (source, found):
        for member in found:
            with source.stream(member) as stream:
                header: dict[str, Any] = {}
                messages = told(Walk(stream), header, member or "", heard)
                first = next(messages, None)
                if first is None:
                    continue
                key, name = server(header)
                names[key] = name
                rooms[room_of(header)] = f"#{text(part(header, 'channel').get('name'))}"
                places.setdefault(key, Found()).members.append(member)
                tally = tallies.setdefault(key, Tally())
                tally.add(first)
                for message in messages:
                    tally.add(message)
    held = tuple(
        tally.chat(key, names[key], "group", rooms, {}, places[key])
        for key, tally in tallies.items()
    )
    return heard.preview(FORMAT, held, chat, NO_CHANNEL)


def read(
    path: str | os.PathLike[str], chat: str | Chat, choices: Choices = UNSAID
) -> Iterator[Message]:
    """The messages of a server, channel by channel."""
    known = chat if isinstance(chat, Chat) else preview(path, chat, choices).chats[0]
    place = known.place
    if not isinstance(place, Found):
        raise TypeError(f"Discord did not survey {known.name!r}.")
    with opened(path) as source:
        for member in place.members:
            with source.stream(member) as stream:
                yield from told(Walk(stream), {}, member or "", PassedOver())


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Nobody: these exports have no list of members."""
    return iter(())


def told(walk: Walk, header: dict[str, Any], member: str, heard: PassedOver) -> Iterator[Message]:
    """The messages of one file; its `header` is filled before the first of them."""
    if walk.next() != "{":
        raise Unreadable(NO_CHANNEL)
    for key in walk.entries():
        if key != "messages" or walk.next() != "[":
            header[key] = walk.value()
            continue
        if text(part(header, "channel").get("type")) in PRIVATE:
            heard.dropped["personal_chats"] += 1
            walk.skip()
            continue
        room = room_of(header)
        for at, raw in enumerate(walk.values(), 1):
            message = one(raw, room, f"{member or 'messages'}, {at:,}", heard)
            if message:
                yield message


def one(raw: object, room: str, place: str, heard: PassedOver) -> Message | None:
    if not isinstance(raw, dict):
        heard.note(place, NO_MESSAGE)
        return None
    at, id = moment(raw.get("timestamp")), text(raw.get("id"))
    author = part(raw, "author")
    if at is None or not id or not text(author.get("id")):
        heard.note(place, NO_MESSAGE)
        return None
    if text(raw.get("type")) not in SAID:
        heard.dropped["service_lines"] += 1
        return None
    if author.get("isBot") is True:
        heard.dropped["messages_of_bots"] += 1
        return None
    called = [one for one in entries(raw, "mentions") if not one.get("isBot")]
    answered = text(part(raw, "reference").get("messageId"))
    return Message(
        origin=origin(FORMAT, id),
        container=room,
        person=person(author),
        person_name=name_of(author),
        at=at,
        body=body(raw, called, heard),
        reply_to=origin(FORMAT, answered) if answered else None,
        reactions=tuple(reactions(raw)),
        edited_at=moment(raw.get("timestampEdited")),
        forwarded=isinstance(raw.get("forwardedMessage"), dict),
        mentions=tuple(person(one) for one in called),
    )


def body(raw: dict[str, Any], called: list[dict[str, Any]], heard: PassedOver) -> str:
    """Discord writes Markdown as we do; who is called is called by name."""
    names = {text(one.get("id")): name_of(one) for one in called}
    said = CALLED.sub(lambda found: f"@{names.get(found[1], '…')}", text(raw.get("content")))
    said = ADDRESS.sub("", EMOJI.sub(r":\1:", said))
    files = len(entries(raw, "attachments")) + len(entries(raw, "stickers"))
    heard.dropped["files"] += files
    parts = [FILE] if files else []
    parts += [cleaned(said).strip()] if said.strip() else []
    return "\n\n".join(parts)[:MAX_SOURCE] or compose([Piece("(no words)", Style.ITALIC)])


def reactions(raw: dict[str, Any]) -> Iterator[Reaction]:
    for given in entries(raw, "reactions"):
        sign = cleaned(text(part(given, "emoji").get("name")))[:40]
        times = given.get("count")
        if sign and isinstance(times, int) and times > 0:
            by = (person(one) for one in entries(given, "users") if not one.get("isBot"))
            yield Reaction(sign, times, tuple(by))


def server(header: dict[str, Any]) -> tuple[str, str]:
    guild = part(header, "guild")
    name = " ".join(cleaned(text(guild.get("name"))).split())[:200]
    return f"discord:{text(guild.get('id')) or name}", name or "Discord"


def room_of(header: dict[str, Any]) -> str:
    channel = part(header, "channel")
    return f"discord:channel:{text(channel.get('id')) or text(channel.get('name'))}"


def person(author: dict[str, Any]) -> str:
    return f"discord:{text(author.get('id'))}"


def name_of(author: dict[str, Any]) -> str:
    name = text(author.get("nickname")) or text(author.get("name"))
    return " ".join(cleaned(name).split())[:200]


def moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def part(raw: dict[str, Any], key: str) -> dict[str, Any]:
    found = raw.get(key)
    return found if isinstance(found, dict) else {}


def entries(raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = raw.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(value: object) -> str:
    """Ids are texts or numbers, over the years."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
