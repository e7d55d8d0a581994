"""What one message of a Telegram export says about itself. Anything may be missing or odd."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from coterie.pure.exports.fields import name_of, text_of
from coterie.pure.exports.records import Kind, Reaction, origin

Raw = dict[str, Any]

KEPT: dict[str, Kind] = {
    "": "group",
    "private_group": "group",
    "private_supergroup": "group",
    "public_supergroup": "group",
    "private_channel": "channel",
    "public_channel": "channel",
}
NEVER_KEPT = {"personal_chat": "personal_chats", "bot_chat": "bot_chats"}
SAVED = {"saved_messages", "replies", "verify_codes"}

MIGRATED = 1_000_000_000
CHAT_ID_SHIFT, CHANNEL_ID_SHIFT = 1 << 32, 2 << 32
EARLIEST = 978_307_200
"""2001. Exports of 2019 and 2020 say that unedited messages were edited in 1970."""
LATEST = 32_503_680_000


def whole(value: object) -> int | None:
    """The number, also when it is written as text; nothing for anything else."""
    if type(value) is int:
        return value
    if isinstance(value, str) and len(value) < 20:
        try:
            return int(value)
        except ValueError:
            return None
    return None


def is_said(raw: Raw) -> bool:
    """Something a person said, not a service line nor what the exporter could not write."""
    return raw.get("type") not in ("service", "unsupported")


def stamp(raw: Raw, name: str = "date") -> int | None:
    """Seconds since 1970 in UTC. A date without them is read as if it were UTC."""
    seconds = whole(raw.get(f"{name}_unixtime"))
    if seconds is None:
        seconds = from_date(text_of(raw.get(name)))
    return seconds if seconds is not None and EARLIEST <= seconds <= LATEST else None


def has_utc(raw: Raw) -> bool:
    return whole(raw.get("date_unixtime")) is not None


def from_date(date: str) -> int | None:
    if not date:
        return None
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def author(raw: Raw) -> str | None:
    """A key for who wrote it: their id, else their name, else nobody."""
    given = raw.get("from_id")
    if isinstance(given, str) and given:
        return name_of(given)
    number = whole(given)
    if number is not None:
        return f"{peer_kind(number)}{number & (CHAT_ID_SHIFT - 1)}"
    name = name_of(raw.get("from"))
    return f"name:{name}" if name else None


def peer_kind(number: int) -> str:
    """Before mid-2021 ids were bare numbers, those of chats and channels shifted."""
    if number >= CHANNEL_ID_SHIFT:
        return "channel"
    return "chat" if number >= CHAT_ID_SHIFT else "user"


def has_bare_author(raw: Raw) -> bool:
    return isinstance(raw.get("from_id") or raw.get("actor_id"), int)


def topic_title(raw: Raw) -> str | None:
    if raw.get("action") != "topic_created":
        return None
    return name_of(raw.get("title")) or "Topic"


def new_topic_title(raw: Raw) -> str:
    """What a topic is called from here on; Telegram often leaves out which topic it is."""
    return name_of(raw.get("new_title")) if raw.get("action") == "topic_edit" else ""


def answers(raw: Raw) -> int | None:
    """The id of the message in this chat that it answers."""
    return None if raw.get("reply_to_peer_id") else whole(raw.get("reply_to_message_id"))


def is_forwarded(raw: Raw) -> bool:
    return "forwarded_from" in raw or "forwarded_from_id" in raw


def reactions(raw: Raw) -> tuple[Reaction, ...]:
    given = raw.get("reactions")
    return tuple(reactions_among(given)) if isinstance(given, list) else ()


def reactions_among(given: list[Any]) -> Iterator[Reaction]:
    for entry in given:
        emoji = name_of(entry.get("emoji"))[:16] if isinstance(entry, dict) else ""
        if not emoji:
            continue
        recent = entry.get("recent")
        by = [author(r) for r in recent if isinstance(r, dict)] if isinstance(recent, list) else []
        named = tuple(key for key in by if key)
        yield Reaction(emoji, max(whole(entry.get("count")) or 0, len(named)), named)


def is_old(id: int, chat_type: str) -> bool:
    """Said in a basic group: such ids are found again, shifted, in the supergroup it became."""
    return id < 0 or chat_type == "private_group"


def old_origin(id: int, seconds: int) -> str:
    """Of a message in a basic group, whichever chat holds it now. The time tells groups apart."""
    return origin("telegram", "basic", id % MIGRATED, seconds)


def own_origin(chat_key: str, id: int) -> str:
    return origin(chat_key, id)


def said_origin(chat_key: str, seconds: int, raw: Raw, nth: int) -> str:
    """Of a message without id: when and what, and which of several such."""
    return origin(chat_key, seconds, raw.get("text"), nth)
