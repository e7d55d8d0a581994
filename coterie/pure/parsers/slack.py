"""Slack's export: a zip with users, channels, and a folder of days for each channel.

Never kept are direct messages, bots, addresses with their tokens, files and e-mail addresses.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from coterie.pure.exports.archive import Source, opened
from coterie.pure.exports.fields import (
    FILE,
    NO_MESSAGE,
    WORDLESS,
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
from coterie.pure.markup import MAX_SOURCE, Piece, Style, cleaned, compose

FORMAT = "slack"
DAY = re.compile(r"(?:.*/)?([^/]+)/\d{4}-\d{2}-\d{2}\.json")
KEPT = {"", "thread_broadcast", "me_message", "file_share", "file_comment"}
TOKEN = re.compile(
    r"<(?P<code>[^<>\n|]+)(?:\|(?P<label>[^<>\n]*))?>|```(?P<block>.+?)```|`(?P<mono>[^`\n]+)`|"
    r""
    r"(?<!\w)\*(?P<bold>[^*\s](?:[^*\n]*[^*\s])?)\*(?!\w)|"
    r"(?<!\w)_(?P<italic>[^_\s](?:[^_\n]*[^_\s])?)_(?!\w)|"
    r"(?<!\w)~(?P<struck>[^~\s](?:[^~\n]*[^~\s])?)~(?!\w)",
    re.DOTALL,
)
STYLES = {
    "block": Style.BLOCK,
    "mono": Style.CODE,
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "struck": Style.STRUCK,
}
LONGEST = 20_000
MOST_LISTED = 200_000

NO_CHANNEL = worded("There is no channel in this Slack export.")
NO_LIST = worded("This list of a Slack export cannot be read.")


@dataclass
class Place:
    """The days of each channel, and what its people are called."""

    days: list[tuple[str, str]] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    rooms: dict[str, str] = field(default_factory=dict)
    key: str = ""


def recognises(source: Source) -> bool:
    """Are there a list of channels and days?"""
    listed = source.named("channels.json", "groups.json")
    return source.is_archive and bool(listed) and any(map(DAY.fullmatch, source.names))


def surveyed(source: Source, heard: PassedOver) -> Place:
    place = Place()
    for user in listed(source, "users.json"):
        who = text_of(user.get("id"))
        if user.get("is_bot") is True or who == "USLACKBOT":
            place.bots.add(who)
        shown = part(user, "profile")
        names = (shown.get("display_name"), user.get("real_name"), user.get("name"))
        place.users[who] = next(filter(None, map(name_of, names)), "")
        heard.dropped["contacts"] += bool(shown.get("email") or shown.get("phone"))
    ids = {
        text_of(one.get("name")): text_of(one.get("id"))
        for one in (*listed(source, "channels.json"), *listed(source, "groups.json"))
    }
    private: set[str] = set()
    for name in sorted(source.names):
        found = DAY.fullmatch(name)
        if found and found[1] in ids:
            room = f"slack:channel:{ids[found[1]] or found[1]}"
            place.rooms[room] = f"#{cleaned(found[1])[:100]}"
            place.days.append((room, name))
        elif found:
            private.add(found[1])
    heard.dropped["personal_chats"] += len(private)
    place.key = f"slack:{min((one for one in ids.values() if one), default='workspace')}"
    return place


def listed(source: Source, name: str) -> Iterator[dict[str, Any]]:
    for member in source.named(name)[:1]:
        with source.stream(member) as stream:
            walk = Walk(stream)
            if walk.next() != "[":
                raise Unreadable(NO_LIST, member)
            for at, one in enumerate(walk.values()):
                if at >= MOST_LISTED:
                    raise Unreadable(NO_LIST, member)
                if isinstance(one, dict):
                    yield one


def preview(
    path: str | os.PathLike[str], chat: str | None = None, choices: Choices = UNSAID
) -> Preview:
    """The workspace with its channels."""
    heard, tally = PassedOver(), Tally()
    with opened(path) as source:
        place = surveyed(source, heard)
        for message in told(source, place, heard):
            tally.add(message)
    held: tuple[Chat, ...] = ()
    if tally.messages:
        held = (tally.chat(place.key, "Slack", "group", place.rooms, {}, place),)
    return heard.preview(FORMAT, held, chat, NO_CHANNEL)


def read(
    path: str | os.PathLike[str], chat: str | Chat, choices: Choices = UNSAID
) -> Iterator[Message]:
    """Every message, channel by channel and day by day."""
    known = chat if isinstance(chat, Chat) else preview(path, chat, choices).chats[0]
    if not isinstance(known.place, Place):
        raise TypeError(f"Slack did not survey {known.name!r}.")
    with opened(path) as source:
        yield from told(source, known.place, PassedOver())


def contacts(path: str | os.PathLike[str], choices: Choices = UNSAID) -> Iterator[Contact]:
    """Nobody yet: a workspace's list of users has addresses, which are never read."""
    return iter(())


def told(source: Source, place: Place, heard: PassedOver) -> Iterator[Message]:
    room_before, twice = "", set[str]()
    for room, member in place.days:
        if room != room_before:
            room_before, twice = room, set()
        with source.stream(member) as stream:
            walk = Walk(stream)
            if walk.next() != "[":
                heard.note(member, NO_MESSAGE)
                continue
            for at, raw in enumerate(walk.values(), 1):
                message = one(raw, room, place, heard, f"{member}, {at:,}")
                if message is None or message.origin in twice:
                    continue
                if text_of(raw.get("subtype")) == "thread_broadcast":
                    twice.add(message.origin)
                yield message


def one(raw: Any, room: str, place: Place, heard: PassedOver, where: str) -> Message | None:
    at = moment(raw.get("ts")) if isinstance(raw, dict) else None
    if at is None:
        heard.note(where, NO_MESSAGE)
        return None
    subtype, who = text_of(raw.get("subtype")), text_of(raw.get("user"))
    if subtype == "bot_message" or raw.get("bot_id") or who in place.bots:
        heard.dropped["messages_of_bots"] += 1
        return None
    if subtype not in KEPT or not who:
        heard.dropped["service_lines"] += 1
        return None
    ts, thread = text_of(raw.get("ts")), text_of(raw.get("thread_ts"))
    said = text_of(raw.get("text"))
    called = re.findall(r"<@(\w+)", said)
    return Message(
        origin=origin(FORMAT, room, ts),
        container=room,
        person=who,
        person_name=place.users.get(who, ""),
        at=at,
        body=body(raw, said, place, heard),
        reply_to=origin(FORMAT, room, thread) if thread and thread != ts else None,
        reactions=tuple(reactions(raw, place)),
        mentions=tuple(one for one in called if one not in place.bots),
    )


def body(raw: dict[str, Any], said: str, place: Place, heard: PassedOver) -> str:
    files = raw.get("files")
    shown = [FILE] if files else []
    heard.dropped["files"] += len(files) if isinstance(files, list) else 0
    words = compose(pieces(cleaned(said)[:LONGEST], place)).strip()
    shown += [words] if words else []
    return "\n\n".join(shown)[:MAX_SOURCE] or WORDLESS


def pieces(said: str, place: Place) -> Iterator[Piece]:
    """Slack's own signs as ours; what it calls by code is called by name."""
    end = 0
    for found in TOKEN.finditer(said):
        yield Piece(html.unescape(said[end : found.start()]))
        end = found.end()
        if found["code"]:
            yield called(found["code"], found["label"] or "", place)
        else:
            kind = found.lastgroup or ""
            yield Piece(html.unescape(found[kind]), STYLES[kind])
    yield Piece(html.unescape(said[end:]))


def called(code: str, label: str, place: Place) -> Piece:
    sign, name = code[:1], html.unescape(label)
    if sign == "@":
        return Piece(f"@{place.users.get(code[1:]) or name or '…'}")
    if sign == "#":
        return Piece(f"#{name or place.rooms.get(f'slack:channel:{code[1:]}', '…').lstrip('#')}")
    if sign == "!":
        return Piece(name or f"@{code[1:].split('^')[0]}")
    address = html.unescape(code)
    if "token=" in address or "slack-files.com" in address:
        return Piece("(file)", Style.ITALIC)
    return Piece(name or address, Style.LINK, address)


def reactions(raw: dict[str, Any], place: Place) -> Iterator[Reaction]:
    for each in parts(raw, "reactions"):
        if text_of(each.get("name")):
            given_by = each.get("users")
            users = given_by if isinstance(given_by, list) else []
            by = tuple(text_of(who) for who in users if text_of(who) not in place.bots)
            times = each.get("count")
            count = times if isinstance(times, int) and times > 0 else len(by)
            if count:
                yield Reaction(f":{cleaned(text_of(each['name']))[:38]}:", count, by)


def moment(ts: object) -> datetime | None:
    """Of a timestamp, which is a text and a name too: its microseconds tell messages apart."""
    try:
        return datetime.fromtimestamp(int(text_of(ts).split(".")[0]), UTC)
    except (ValueError, OverflowError, OSError):
        return None
