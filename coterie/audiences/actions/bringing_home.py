"""A group chat of an export becomes a private community whose history can be read and answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.audiences import exports
from coterie.audiences.actions import standing_in
from coterie.audiences.events import BroughtHome
from coterie.audiences.models import ImportedChat
from coterie.audiences.rules import may_bring_into
from coterie.communities.actions import founding
from coterie.communities.models import Community, Membership
from coterie.core.events import announce
from coterie.core.keys import keyed
from coterie.core.verdict import require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.pure.exports.records import Chat, Message
from coterie.talk.actions import importing
from coterie.talk.models import Conversation, Post, Voice

AT_ONCE = 500
NAME = 60


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
        self._latest = conversation.last_post_at if conversation.last_seq else None

    def noting(self, message: importing.Message) -> importing.Message:
        """The same message; its moment is remembered."""
        if self._latest and message.published_at < self._latest:
            self.out_of_order = True
        self._latest = max(self._latest or message.published_at, message.published_at)
        return message


@transaction.atomic
def bring(
    file: Path,
    chat: Chat,
    *,
    by: Viewer,
    wish: Wish,
    told: Callable[[int], None] = lambda count: None,
) -> Outcome:
    """The chat of this file is a community; a second time adds only what is new.

    All or nothing: a file that breaks off leaves no trace. `told` hears how many
    messages have been read so far.
    """
    seat = _known_seat(chat, by)
    founded = seat is None
    if seat is None:
        seat = founding.found(
            chat.name.strip()[:NAME] or _("Imported chat"),
            by=by,
            persona=wish.persona,
            persona_name=wish.persona_name,
            persona_seed=wish.persona_seed,
            preset="group_chat",
            parent=wish.parent,
        )
    require(may_bring_into(seat.persona, seat.community))
    places = {key: Place(conversation) for key, conversation in _conversations(chat, seat).items()}
    fresh = _fill(file, chat, places, standing_in.Authors(seat.community, wish.with_names), told)
    for place in places.values():
        if place.out_of_order:
            importing.renumber(place.conversation)
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
    older = Post.objects.filter(brought=True, client_key__in=chat.old_origins)
    known = found.first() or mine.filter(conversation__in=older.values("conversation")).first()
    if known is None:
        return None
    return seats.select_related("community", "persona").get(
        community=known.conversation.community_id
    )


def _conversations(chat: Chat, seat: Membership) -> dict[str, Conversation]:
    """One conversation for the chat and one for each of its topics, by container key."""
    return {each.key: _conversation(chat, each.key, each.name, seat) for each in chat.containers}


def _conversation(chat: Chat, key: str, name: str, seat: Membership) -> Conversation:
    origin = _origin(chat, key)
    known = ImportedChat.objects.filter(origin=origin, conversation__community=seat.community)
    for imported in known.select_related("conversation"):
        return imported.conversation
    conversation = importing.open_conversation(
        seat.community,
        by=seat.persona,
        title=name or chat.name or _("Imported chat"),
        started_at=chat.first or seat.joined_at,
    )
    ImportedChat.objects.create(conversation=conversation, origin=origin)
    return conversation


def _fill(
    file: Path,
    chat: Chat,
    places: dict[str, Place],
    authors: standing_in.Authors,
    told: Callable[[int], None],
) -> int:
    fresh = read = 0
    for chunk in batched(exports.read(file, chat.key), AT_ONCE, strict=False):
        for key, place in places.items():
            said = [(read + n, each) for n, each in enumerate(chunk) if each.container == key]
            posts = [place.noting(each) for each in _new_posts(said, place.conversation, authors)]
            fresh += importing.bring_in(place.conversation, posts)
        read += len(chunk)
        told(read)
    return fresh


def _new_posts(
    said: list[tuple[int, Message]], conversation: Conversation, authors: standing_in.Authors
) -> Iterator[importing.Message]:
    """Those not there yet, except of people who asked to be left out."""
    known = set(
        Post.objects.filter(
            conversation=conversation, brought=True, client_key__in=[m.origin for _n, m in said]
        ).values_list("client_key", flat=True)
    )
    for order, message in said:
        if message.origin in known or authors.wants_nothing(message.person):
            continue
        yield importing.Message(
            persona=None
            if message.by_hosts
            else authors.persona_of(message.person, message.person_name),
            source=message.body,
            published_at=message.at,
            client_key=message.origin,
            order=order,
            reply_to=message.reply_to or "",
            voice=Voice.HOSTS if message.by_hosts else Voice.OWN,
        )
