"""A group chat of an export becomes a private community whose history can be read and answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from coterie.audiences import exports
from coterie.audiences.actions import arriving, standing_in
from coterie.audiences.events import BroughtHome
from coterie.audiences.models import ImportedChat
from coterie.audiences.rules import may_bring_into
from coterie.communities.models import Community, Membership
from coterie.core.events import announce
from coterie.core.keys import keyed
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.exports.records import Chat, Message, Unreadable
from coterie.pure.exports.records import Reaction as Given
from coterie.pure.markup import render
from coterie.talk.actions import importing
from coterie.talk.models import Conversation, Post, Voice

AT_ONCE = 500
"""Messages in one transaction, fewer where that takes longer than `SLOW`."""
SLOW = 0.3


@dataclass(frozen=True)
class Wish:
    """What the host chose: whose host she is, where it goes, and how the authors stand there."""

    persona: Persona | None = None
    persona_name: str = ""
    persona_seed: int | None = None
    parent: Community | None = None
    with_names: bool = False


@dataclass(frozen=True)
class Outcome:
    """What is there now: the community, the host's seat, and how many messages are new."""

    community: Community
    host: Persona
    fresh: int
    founded: bool


class Place:
    """A conversation that is being filled, and whether what came belongs before what was there."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.out_of_order = False
        self.went_on = conversation.last_seq > 0
        self._latest = conversation.last_post_at if conversation.last_seq else None

    def note(self, message: Message) -> None:
        """The moment of what is brought in next is remembered."""
        if self._latest and message.at < self._latest:
            self.out_of_order = True
        self._latest = max(self._latest or message.at, message.at)

    def put_in_order(self) -> None:
        """Also what an import left that was cut off before it came to this."""
        if self.out_of_order or (self.went_on and not importing.is_in_order(self.conversation)):
            importing.renumber(self.conversation)


class Numbered(NamedTuple):
    """A message with its place in the file and its words as HTML."""

    order: int
    message: Message
    html: str


def bring(
    file: Path,
    chat: Chat,
    *,
    by: Viewer,
    wish: Wish,
    told: Callable[[int], None] = lambda count: None,
) -> Outcome:
    """The chat of this file is a community; a second time adds only what is new.

    It is written in many short transactions, so that others write meanwhile, and nobody sees a
    new conversation before all of it is in. A file that breaks off leaves none; after a crash
    the same call goes on where it was. `told` hears how many messages have been read so far,
    and may raise `CalledOff`.
    """
    seat = _known_seat(chat, by)
    if seat is not None:
        require(may_bring_into(seat.persona, seat.community))
    community = seat.community if seat else arriving.ground(chat, by=by, parent=wish.parent)
    filling = _Filling(chat, community, wish, told)
    try:
        told(0)
        fresh = filling.fill(file)
        return _arrive(filling, seat, fresh, by=by, wish=wish)
    except (Unreadable, Refused):
        arriving.withdraw(community)
        filling.put_in_order()
        raise


@transaction.atomic
def _arrive(
    filling: _Filling, seat: Membership | None, fresh: int, *, by: Viewer, wish: Wish
) -> Outcome:
    """In one moment everything is there."""
    founded = seat is None
    if seat is None:
        seat = arriving.settle(
            filling.community,
            by=by,
            persona=wish.persona,
            persona_name=wish.persona_name,
            persona_seed=wish.persona_seed,
        )
        # What an earlier run brought, that was cut off, counts too.
        fresh = Post.objects.filter(conversation__community=seat.community).count()
    importing.arrive(filling.conversations(), by=seat.persona)
    if fresh:
        announce(BroughtHome(seat.community_id, seat.persona_id, fresh))
    return Outcome(seat.community, seat.persona, fresh, founded)


def _origin(chat: Chat, container: str) -> str:
    return keyed("import-origin", chat.key, container)


def _known_seat(chat: Chat, by: Viewer) -> Membership | None:
    """Where this person brought the same chat before, and is still a host."""
    seats = Membership.objects.living().of(by).filter(role=Membership.Role.HOST)
    mine = ImportedChat.objects.filter(
        conversation__community__in=seats.values("community"),
        conversation__community__closed_at=None,
    )
    found = mine.filter(origin__in=[_origin(chat, each.key) for each in chat.containers])
    known = found.first() or _by_its_words(chat, mine)
    if known is None:
        return None
    return seats.select_related("community", "persona").get(
        community=known.conversation.community_id
    )


def _by_its_words(chat: Chat, among: QuerySet[ImportedChat]) -> ImportedChat | None:
    """The one in which so many of its messages stand already that it is the same chat."""
    least = min(chat.alike, len(chat.old_origins))
    said = Post.objects.filter(brought=True, client_key__in=chat.old_origins)
    alike = said.filter(conversation__in=among.values("conversation"))
    counts = alike.values_list("conversation").annotate(Count("pk"))
    most, count = max(counts, key=lambda each: each[1], default=(0, 0))
    return among.get(conversation=most) if least and count >= least else None


def _conversation(chat: Chat, key: str, name: str, community: Community) -> Conversation:
    origin = _origin(chat, key)
    here = ImportedChat.objects.filter(conversation__community=community)
    known = here.filter(origin=origin).select_related("conversation").first()
    if known is None and key == chat.key:
        known = _by_its_words(chat, here)
    if known is not None:
        return known.conversation
    with transaction.atomic():
        conversation = importing.open_conversation(
            community,
            by=None,
            title=name or chat.name or _("Imported chat"),
            started_at=chat.first or community.created_at,
            arriving=True,
        )
        ImportedChat.objects.create(conversation=conversation, origin=origin)
    return conversation


class _Filling:
    """One conversation for the chat and one for each of its topics, being filled from a file."""

    def __init__(
        self, chat: Chat, community: Community, wish: Wish, told: Callable[[int], None]
    ) -> None:
        self.community = community
        self._chat, self._told = chat, told
        self._authors = standing_in.Authors(community, wish.with_names)
        self._names = {person.key: person.name for person in chat.people}
        self._places = {
            each.key: Place(_conversation(chat, each.key, each.name, community))
            for each in chat.containers
        }

    def conversations(self) -> list[Conversation]:
        return [place.conversation for place in self._places.values()]

    def fill(self, file: Path) -> int:
        """All of the file is in, in the order of time; how many posts are new."""
        fresh = read = 0
        messages, size = exports.read(file, self._chat), AT_ONCE
        while chunk := list(islice(messages, size)):
            new = self._new(enumerate(chunk, read))
            began = monotonic()
            fresh += self._bring(new)
            # A large database on a busy disk: smaller steps, so that others need not wait long.
            size = max(1, size // 2) if monotonic() - began > SLOW else min(AT_ONCE, size * 2)
            read += len(chunk)
            self._told(read)
        self.put_in_order()
        return fresh

    def put_in_order(self) -> None:
        for place in self._places.values():
            if Conversation.objects.filter(pk=place.conversation.pk).exists():
                place.put_in_order()

    def _new(self, said: Iterable[tuple[int, Message]]) -> list[tuple[Place, list[Numbered]]]:
        """Those that are not there yet, rendered; except of people who asked to be left out."""
        by_key: dict[str, list[tuple[int, Message]]] = defaultdict(list)
        for order, message in said:
            if not self._authors.wants_nothing(message.person):
                by_key[message.container].append((order, message))
        return [(self._places[key], self._unknown(key, some)) for key, some in by_key.items()]

    def _unknown(self, key: str, said: Sequence[tuple[int, Message]]) -> list[Numbered]:
        place = self._places[key]
        known: set[str] = set()
        if place.went_on:
            posts = Post.objects.filter(
                conversation=place.conversation,
                brought=True,
                client_key__in=[message.origin for _order, message in said],
            )
            known = set(posts.values_list("client_key", flat=True))
        new = [(order, message) for order, message in said if message.origin not in known]
        return [Numbered(order, message, render(message.body)) for order, message in new]

    @transaction.atomic
    def _bring(self, said: list[tuple[Place, list[Numbered]]]) -> int:
        self._authors.meet(self._people(said))
        for place, some in said:
            for each in some:
                place.note(each.message)
        return importing.bring_chunk(
            [(place.conversation, [self._as_post(each) for each in some]) for place, some in said]
        )

    def _people(self, said: list[tuple[Place, list[Numbered]]]) -> set[tuple[str, str]]:
        """Who wrote these or answered them, as far as they ever wrote in this chat."""
        keys: set[str] = set()
        for message in (each.message for _place, some in said for each in some):
            if message.person is not None and not message.by_hosts:
                keys.add(message.person)
            keys.update(key for given in message.reactions for key in given.by)
        return {(key, self._names[key]) for key in keys & self._names.keys()}

    def _as_post(self, each: Numbered) -> importing.Message:
        message = each.message
        return importing.Message(
            persona=None if message.by_hosts else self._authors.persona_of(message.person),
            source=message.body,
            html=each.html,
            published_at=message.at,
            client_key=message.origin,
            order=each.order,
            reply_to=message.reply_to or "",
            voice=Voice.HOSTS if message.by_hosts else Voice.OWN,
            answers=tuple(self._answer(given) for given in message.reactions),
        )

    def _answer(self, given: Given) -> importing.Answer:
        """By name whom the export names and who wrote here; the others as a number."""
        wanted = [key for key in {*given.by} if not self._authors.wants_nothing(key)]
        named = [self._authors.persona_of(key) for key in wanted]
        personas = tuple(persona for persona in named if persona)
        gone = len({*given.by}) - len(wanted)
        return importing.Answer(given.emoji, personas, given.times - gone - len(personas))
