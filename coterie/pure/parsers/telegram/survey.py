"""One pass over an export: which chats it holds, what they bring, and what is left behind."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from coterie.pure.exports.archive import Source
from coterie.pure.exports.records import (
    UNSAID,
    Chat,
    Choices,
    Container,
    Person,
    Preview,
    Remark,
    Unreadable,
    chosen,
    moment,
    worded,
)
from coterie.pure.parsers.telegram import facts
from coterie.pure.parsers.telegram.hearing import Heard, Surveyed, container
from coterie.pure.parsers.telegram.places import Found, Part
from coterie.pure.parsers.telegram.shapes import chats_in, walking

SAME_MOMENT = 120
MOST_CHATS = 20_000

MARKS = (b'"messages"', b'"chats"', b'"personal_information"')
MARKS_OF_OTHERS = (b'"guild"', b'"sender_name"', b'"participants"', b'"post_stream"')

ODDITIES = {
    "local_dates": worded(
        "Messages without a UTC time: {count}. Their date was read as if it were UTC."
    ),
    "undated": worded(
        "Messages without a readable date: {count}. Each stands at the time of the one before."
    ),
    "cut": worded("Messages longer than a post may be: {count}. They are cut."),
}
UNKNOWN_KIND = worded("Chats of the kind “{kind}” are not known here. They are left out.")
TOO_MANY_CHATS = worded("This export holds more chats than anybody has.")
NO_GROUP = worded("There is no group chat in this export.")


@dataclass
class Survey:
    """All chats of a file that an import may bring; `bots` are the authors it must not."""

    kept: list[Surveyed] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    bots: set[str] = field(default_factory=set)
    unknown_kinds: set[str] = field(default_factory=set)

    def sort(self, one: Surveyed) -> None:
        if one.type in facts.KEPT:
            self.kept.append(one)
        elif one.type in facts.SAVED:
            self.dropped["saved_messages"] += sum(heard.count for heard in one.heard.values())
        else:
            self.leave_out(one)

    def leave_out(self, one: Surveyed) -> None:
        if one.type not in facts.NEVER_KEPT:
            self.unknown_kinds.add(one.type[:40])
        if one.type == "bot_chat":
            self.bots.add(f"user{one.id}")
        self.dropped[facts.NEVER_KEPT.get(one.type, "chats_of_unknown_kind")] += 1


def recognises(source: Source) -> bool:
    """Does this look like Telegram's export?"""
    if source.is_archive:
        return bool(source.named("result.json"))
    head = source.head().removeprefix(b"\xef\xbb\xbf").lstrip()
    is_ours = head.startswith(b"{") and any(mark in head for mark in MARKS)
    return is_ours and not any(mark in head for mark in MARKS_OF_OTHERS)


def preview(
    path: str | os.PathLike[str], chat: str | None = None, choices: Choices = UNSAID
) -> Preview:
    """What an import of the whole export, or of the chat of that key or name, would bring."""
    found = survey(path)
    held = tuple(chat_of(one, found.bots) for one in found.kept)
    held = held if chat is None else (chosen(held, chat),)
    keys = {one.key for one in held}
    dropped = sum((Counter(one.dropped) for one in held), found.dropped)
    oddities = sum((odd(one) for one in found.kept if one.key in keys), Counter[str]())
    warnings = [*sentences(oddities)]
    warnings += [Remark(UNKNOWN_KIND, kind=kind) for kind in sorted(found.unknown_kinds)]
    if not held:
        warnings.append(Remark(NO_GROUP))
    return Preview("telegram", held, dropped, tuple(warnings))


def survey(path: str | os.PathLike[str]) -> Survey:
    found = Survey()
    heard = []
    with walking(path) as walk:
        for position, raw in enumerate(chats_in(walk, found.dropped)):
            if position >= MOST_CHATS:
                raise Unreadable(TOO_MANY_CHATS)
            heard.append(Surveyed(position, raw.header))
            heard[-1].listen(raw.messages)
    for one in heard:  # only now: a header may stand after its messages
        found.sort(one)
    found.kept = distinct(continued(found.kept))
    return found


def continued(kept: list[Surveyed]) -> list[Surveyed]:
    """A group that became a supergroup stands in it, as its older part."""
    for old in [one for one in kept if one.became is not None]:
        newer = [one for one in kept if one is not old and goes_on(one, old)]
        if len(newer) == 1 and newer[0] not in old.parts:
            newer[0].older += old.parts
            kept = [one for one in kept if one is not old]
    return kept


def goes_on(new: Surveyed, old: Surveyed) -> bool:
    if new.began_as is None or old.became is None:
        return False
    at, title = new.began_as
    return abs(at - old.became) <= SAME_MOMENT and old.name in (title, new.name)


def distinct(kept: list[Surveyed]) -> list[Surveyed]:
    """One for each key: a chat that stands twice in a file is one chat, if its id says so."""
    by_key: dict[str, Surveyed] = {}
    for one in kept:
        same = by_key.setdefault(one.key, one)
        if same is one:
            continue
        if one.id is not None:
            same.older += one.parts
        else:
            one.nth = sum(other.name == one.name for other in by_key.values()) + 1
            by_key[one.key] = one
    return list(by_key.values())


def chat_of(one: Surveyed, bots: set[str]) -> Chat:
    said = [entry for part in one.parts for entry in part.heard.items()]
    kept = [(topic, who, heard) for (topic, who), heard in said if who not in bots]
    dropped = sum((part.dropped for part in one.parts), Counter[str]())
    dropped["messages_of_bots"] = sum(heard.count for (_, who), heard in said if who in bots)
    return Chat(
        key=one.key,
        name=one.name,
        kind=one.kind,
        messages=sum(heard.count for *_, heard in kept),
        people=tuple(people(one, kept)),
        containers=tuple(containers(one, kept)),
        first=moment(min((heard.first for *_, heard in kept), default=None)),
        last=moment(max((heard.last for *_, heard in kept), default=None)),
        dropped=+dropped,
        warnings=tuple(sentences(odd(one))),
        old_origins=tuple(one.old_origins()),
        place=Found(one.key, tuple(map(Part.of, one.parts)), frozenset(bots)),
    )


def people(one: Surveyed, kept: list[tuple[int | None, str | None, Heard]]) -> Iterator[Person]:
    names: dict[str, str] = {}
    for part in one.parts:
        names |= {who: name for who, name in part.names.items() if name or who not in names}
    counts: Counter[str] = Counter()
    for _, who, heard in kept:
        if who is not None:
            counts[who] += heard.count
    for who, count in counts.items():
        yield Person(who, names.get(who, ""), count)


def containers(
    one: Surveyed, kept: list[tuple[int | None, str | None, Heard]]
) -> Iterator[Container]:
    """The chat itself and its topics, as far as anything was said there."""
    counts: Counter[int | None] = Counter()
    for topic, _, heard in kept:
        counts[topic] += heard.count
    for topic, count in counts.items():
        if topic is None:
            yield Container(one.key, one.name, one.kind, None, count)
        else:
            title = one.topics.titles[topic]
            yield Container(container(one.key, topic), title, "topic", one.key, count)


def odd(one: Surveyed) -> Counter[str]:
    return sum((part.oddities for part in one.parts), Counter[str]())


def sentences(oddities: Counter[str]) -> Iterator[Remark]:
    for oddity, sentence in ODDITIES.items():
        if oddities[oddity]:
            yield Remark(sentence, count=f"{oddities[oddity]:,}")
