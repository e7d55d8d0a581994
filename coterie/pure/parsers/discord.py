"""Discord, as DiscordChatExporter writes it: a JSON file for each channel, thread or part of one.

Never kept are private messages, bots, files and the addresses of Discord's store, which expire.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.fields import (
    FILE,
    NO_MESSAGE,
    WORDLESS,
    Entry,
    id_of,
    instant,
    name_of,
    part,
    parts,
    text_of,
)
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
from coterie.pure.markup import MAX_SOURCE, cleaned

FORMAT = "discord"
MARKS = (b'"guild"', b'"channel"', b'"messages"')
SAID = {"Default", "Reply", "0", "19", "20", "21", "ApplicationCommand", "ThreadStarterMessage"}
PRIVATE = {"DirectTextChat", "1"}
EMOJI = re.compile(r"<a?:(\w+):\d+>")
CALLED = re.compile(r"<@!?(\d+)>")
ADDRESS = re.compile(r"https?://(?:cdn|media)\.discordapp\.(?:com|net)/\S+")

NO_CHANNEL = worded("There is no channel of a Discord server in this export.")


class Found(list[str | None]):
    """The members of the export that hold the channels of one server."""


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
                header: Entry = {}
                messages = told(Walk(stream), header, member or "", heard)
                first = next(messages, None)
                if first is None:
                    continue
                key, name = server(header)
                names[key] = name
                rooms[room_of(header)] = f"#{name_of(part(header, 'channel').get('name'))}"
                places.setdefault(key, Found()).append(member)
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
        for member in place:
            with source.stream(member) as stream:
                yield from told(Walk(stream), {}, member or "", PassedOver())


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Nobody: these exports have no list of members."""
    return iter(())


def told(walk: Walk, header: Entry, member: str, heard: PassedOver) -> Iterator[Message]:
    """The messages of one file; its `header` is filled before the first of them."""
    if walk.next() != "{":
        raise Unreadable(NO_CHANNEL)
    for key in walk.entries():
        if key != "messages" or walk.next() != "[":
            header[key] = walk.value()
            continue
        if id_of(part(header, "channel").get("type")) in PRIVATE:
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
    at, id = instant(raw.get("timestamp")), id_of(raw.get("id"))
    author = part(raw, "author")
    if at is None or not id or not person(author):
        heard.note(place, NO_MESSAGE)
        return None
    if id_of(raw.get("type")) not in SAID:
        heard.dropped["service_lines"] += 1
        return None
    if author.get("isBot") is True:
        heard.dropped["messages_of_bots"] += 1
        return None
    called = [one for one in parts(raw, "mentions") if not one.get("isBot")]
    answered = id_of(part(raw, "reference").get("messageId"))
    return Message(
        origin=origin(FORMAT, id),
        container=room,
        person=person(author),
        person_name=called_so(author),
        at=at,
        body=body(raw, called, heard),
        reply_to=origin(FORMAT, answered) if answered else None,
        reactions=tuple(reactions(raw)),
        edited_at=instant(raw.get("timestampEdited")),
        forwarded=isinstance(raw.get("forwardedMessage"), dict),
        mentions=tuple(person(one) for one in called),
    )


def body(raw: Entry, called: list[Entry], heard: PassedOver) -> str:
    """Discord writes Markdown as we do; who is called is called by name."""
    names = {person(one): called_so(one) for one in called}
    said = CALLED.sub(lambda found: f"@{names.get(found[1], '…')}", text_of(raw.get("content")))
    said = ADDRESS.sub("", EMOJI.sub(r":\1:", said))
    files = len(parts(raw, "attachments")) + len(parts(raw, "stickers"))
    heard.dropped["files"] += files
    shown = [FILE] if files else []
    shown += [cleaned(said).strip()] if said.strip() else []
    return "\n\n".join(shown)[:MAX_SOURCE] or WORDLESS


def reactions(raw: Entry) -> Iterator[Reaction]:
    for given in parts(raw, "reactions"):
        sign = name_of(part(given, "emoji").get("name"))[:40]
        times = given.get("count")
        if sign and isinstance(times, int) and times > 0:
            by = (person(one) for one in parts(given, "users") if not one.get("isBot"))
            yield Reaction(sign, times, tuple(by))


def server(header: Entry) -> tuple[str, str]:
    guild = part(header, "guild")
    name = name_of(guild.get("name"))
    return f"discord:{id_of(guild.get('id')) or name}", name or "Discord"


def room_of(header: Entry) -> str:
    channel = part(header, "channel")
    return f"discord:channel:{id_of(channel.get('id')) or name_of(channel.get('name'))}"


def person(author: Entry) -> str:
    return id_of(author.get("id"))


def called_so(author: Entry) -> str:
    return name_of(author.get("nickname")) or name_of(author.get("name"))
