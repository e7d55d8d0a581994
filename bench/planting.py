"""Who is there, where they belong, and what they said to each other.

Accounts, personas and communities come through the product's own actions; what there
are very many of comes as rows that are true in the same way. The dice are always the
same, ids and keys never.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import rows
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from coterie.accounts.actions import opening
from coterie.accounts.models import Account
from coterie.commands.trouble import Trouble
from coterie.communities.actions import founding
from coterie.communities.models import Community, Membership, Mute
from coterie.core.ids import ALPHABET, LENGTH
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.pure.markup import RENDERER, render
from coterie.talk.models import Conversation, Post, PostState, Reaction, ReadingPosition

SEATS = 10
"""Communities of each persona unless readers are given more; the first is everybody's."""
TOPIC = 20
"""Posts of a topic on the average; lengths go from one to a few hundred."""
TALK = """
thread needle linen patch moss fern water light seed clay oven loaf rye salt river stone
lantern ladder window table chair kettle garden winter letter paper ink brush colour walnut
"""
WORDS = TALK.split()
EMOJI = ("👍", "❤️", "😂", "🌱")
YEAR = timedelta(days=365)


@dataclass
class House:
    """What later steps need of earlier ones."""

    dice: random.Random = field(default_factory=lambda: random.Random(7))
    now: datetime = field(default_factory=timezone.now)
    people: list[tuple[sealed.Owner, Persona]] = field(default_factory=list)
    communities: list[Community] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    """Persona ids by community id."""
    texts: list[tuple[str, str]] = field(default_factory=list)

    def public_id(self) -> str:
        return "".join(self.chance.choices(ALPHABET, k=LENGTH))

    chance: random.Random = field(default_factory=random.SystemRandom)


def address(n: int) -> str:
    return f"reader{n}@example.org"


def plant(
    *,
    communities: int,
    personas: int,
    readers: int,
    posts: int,
    seats: int = SEATS,
    preset: str | None = None,
) -> None:
    """A whole house; refuses one in which somebody lives."""
    if Account.objects.exists():
        raise Trouble("Somebody lives in this house already; name an empty data folder.")
    house = House()
    house.texts = [_said(house.dice) for _ in range(400)]
    with transaction.atomic():
        _people(house, personas)
        _places(house, communities, readers, preset)
    _seats(house, readers, seats)
    _talk(house, posts)
    _read(house, readers)
    if connection.vendor == "postgresql":  # SQLite has no autovacuum, so it plans without
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _people(house: House, count: int) -> None:
    for n in range(count):
        owner = sealed.Owner(opening.open_account(address(n)).pk)
        name = f"{house.dice.choice(WORDS)} {house.dice.choice(WORDS)}"
        house.people.append((owner, sealed.new_persona(owner, name=name)))


def _places(house: House, count: int, readers: int, preset: str | None) -> None:
    for n in range(count):
        _owner, host = house.people[(readers + n) % len(house.people)]
        word = house.dice.choice(WORDS)
        shape = {"preset": preset} if preset else {}
        seat = founding.found(
            f"{word} {n}", by=host, hue=n % 12, purpose=f"All about {word}.", **shape
        )
        house.communities.append(seat.community)
        house.members[seat.community_id] = [host.pk]


def _seats(house: House, readers: int, of_reader: int) -> None:
    """Readers share the first communities; the rest of everybody's are drawn."""
    seats: list[Membership] = []
    for n, (owner, persona) in enumerate(house.people):
        others = range(1, len(house.communities))
        more = min((of_reader if n < readers else SEATS) - 1, len(others))
        drawn = others[:more] if n < readers else house.dice.sample(others, more)
        for place, at in enumerate([0, *drawn]):
            community = house.communities[at]
            if persona.pk in house.members[community.pk]:
                continue
            house.members[community.pk].append(persona.pk)
            seats.append(
                Membership(
                    community=community,
                    persona=persona,
                    nullifier=sealed.nullifier(owner, community.scope),
                    # Half of a reader's seats are old, so that for the others something was before.
                    joined_at=house.now - YEAR * (1.1 if n >= readers or place % 2 else 0.5),
                )
            )
    Membership.objects.bulk_create(seats, batch_size=5_000)
    living = Count("memberships", filter=Q(memberships__state="living"))
    for community in Community.objects.annotate(living=living):
        Community.objects.filter(pk=community.pk).update(size=community.living)
    _mutes(house, readers)


def _mutes(house: House, readers: int) -> None:
    """A few readers mute somebody, because their pages ask more of the database."""
    first = Membership.objects.filter(community=house.communities[0])
    seat_of = {seat.persona_id: seat for seat in first.select_related(None)}
    muting = [persona.pk for _, persona in house.people[: readers // 4]]
    muted = [persona.pk for _, persona in house.people[-len(muting) or None :]]
    Mute.objects.bulk_create(
        Mute(muter=seat_of[one], muted=seat_of[other])
        for one, other in zip(muting, muted, strict=False)
        if one != other
    )


@dataclass(frozen=True)
class Topic:
    """A conversation before its rows are written."""

    pk: int
    community: Community
    starter: int
    times: list[datetime]


def _lengths(house: House, posts: int) -> Iterator[int]:
    """Numbers of posts that add up."""
    left = posts
    while left:
        wanted = int(house.dice.expovariate(1 / (TOPIC - 1))) + 1
        if house.dice.random() < 0.005:
            wanted *= 10
        yield min(wanted, left)
        left -= min(wanted, left)


def _talk(house: House, posts: int) -> None:
    """Conversations first, then their posts in the same order, then reactions to some."""
    topics = [_topic(house, pk, length) for pk, length in _numbered(house, posts)]
    house.dice.shuffle(topics)
    rows.write(
        Conversation,
        (
            "id", "public_id", "community_id", "title", "see", "started_by_id", "client_key",
            "started_at", "last_seq", "last_post_at",
        ),
        (_conversation(house, topic) for topic in topics),
    )  # fmt: skip
    first = rows.next_key(Post)
    rows.write(
        Post,
        (
            "id", "public_id", "conversation_id", "persona_id", "state", "seq", "after_seq",
            "reply_to_id", "client_key", "source", "html", "renderer", "created_at",
            "published_at", "held_because",
        ),
        _posts(house, topics, first),
    )  # fmt: skip
    _react(house, first, posts)


def _numbered(house: House, posts: int) -> Iterator[tuple[int, int]]:
    return enumerate(_lengths(house, posts), start=rows.next_key(Conversation))


def _topic(house: House, pk: int, length: int) -> Topic:
    community = house.communities[pk % len(house.communities)]
    began = house.now - house.dice.random() * YEAR
    span = min(house.now - began, timedelta(days=house.dice.random() * 20))
    times = sorted(house.dice.random() for _ in range(length))
    return Topic(
        pk,
        community,
        house.dice.choice(house.members[community.pk]),
        [began + span * (at - times[0]) for at in times],
    )


def _conversation(house: House, topic: Topic) -> tuple:
    words = " ".join(house.dice.choices(WORDS, k=house.dice.randrange(3, 9)))
    return (
        topic.pk,
        house.public_id(),
        topic.community.pk,
        words.capitalize(),
        topic.community.seen_by,
        topic.starter,
        f"seed-{topic.pk}",
        rows.stamp(topic.times[0]),
        len(topic.times),
        rows.stamp(topic.times[-1]),
    )


def _posts(house: House, topics: list[Topic], pk: int) -> Iterator[tuple]:
    for topic in topics:
        members, first = house.members[topic.community.pk], pk
        for seq, at in enumerate(topic.times, start=1):
            who = topic.starter if seq == 1 else house.dice.choice(members)
            answered = house.dice.randrange(first, pk) if seq > 2 and pk % 5 == 0 else None
            yield _post(house, topic, pk, who, PostState.PUBLISHED, seq, seq - 1, answered, at)
            pk += 1
        if topic.pk % 200 == 0:
            last, who = len(topic.times), house.dice.choice(members)
            yield _post(house, topic, pk, who, PostState.HELD, None, last, None, house.now)
            pk += 1


def _post(
    house: House,
    topic: Topic,
    pk: int,
    who: int,
    state: str,
    seq: int | None,
    after: int,
    answered: int | None,
    at: datetime,
) -> tuple:
    source, html = house.dice.choice(house.texts)
    held = state == PostState.HELD
    return (
        pk,
        house.public_id(),
        topic.pk,
        who,
        state,
        seq,
        after,
        answered,
        f"seed-{pk}",
        source,
        html,
        RENDERER,
        rows.stamp(at),
        None if held else rows.stamp(at),
        "The hosts look at posts before they appear." if held else "",
    )


def _react(house: House, first: int, posts: int) -> None:
    reacted = range(first, first + posts, 12)
    rows.write(
        Reaction,
        ("id", "post_id", "persona_id", "emoji"),
        (
            (key, post, who, house.dice.choice(EMOJI))
            for key, (post, who) in enumerate(_reactors(house, reacted), rows.next_key(Reaction))
        ),
    )


def _reactors(house: House, reacted: range) -> Iterator[tuple[int, int]]:
    """Members of the post's community, each once."""
    place = dict(
        Post.objects.filter(pk__gte=reacted.start)
        .extra(where=["talk_post.id %% 12 = %s"], params=[reacted.start % 12])
        .values_list("pk", "conversation__community")
    )
    for post in reacted:
        if post in place:
            members = house.members[place[post]]
            for who in house.dice.sample(members, house.dice.randrange(1, 4)):
                yield post, who


def _read(house: House, readers: int) -> None:
    """Readers have read most of what is theirs to read, the others a little."""
    everything = list(Conversation.objects.values_list("pk", "community", "last_seq", "epoch"))
    by_place: dict[int, list[tuple[int, int, int]]] = {}
    for pk, place, last, epoch in everything:
        by_place.setdefault(place, []).append((pk, last, epoch))
    places: dict[int, list[int]] = {}
    for place, members in house.members.items():
        for persona in members:
            places.setdefault(persona, []).append(place)
    rows.write(
        ReadingPosition,
        ("id", "persona_id", "conversation_id", "epoch", "read_seq", "from_seq"),
        (
            (key, persona, pk, epoch, seq, 0)
            for key, (persona, pk, epoch, seq) in enumerate(
                _positions(house, readers, places, by_place), rows.next_key(ReadingPosition)
            )
        ),
    )


def _positions(
    house: House,
    readers: int,
    places: dict[int, list[int]],
    by_place: dict[int, list[tuple[int, int, int]]],
) -> Iterator[tuple[int, int, int, int]]:
    for n, (_owner, persona) in enumerate(house.people):
        for place in places.get(persona.pk, ()):
            topics = by_place.get(place, [])
            share = 0.85 if n < readers else min(1.0, 2 / (len(topics) or 1))
            for pk, last, epoch in topics:
                if house.dice.random() < share:
                    whole = house.dice.random() < 0.85
                    seq = last if whole else house.dice.randrange(last + 1)
                    yield persona.pk, pk, epoch, seq


def _said(dice: random.Random) -> tuple[str, str]:
    """Words, now and then with emphasis or a list, and their HTML."""
    lines = []
    for _ in range(dice.randrange(1, 4)):
        words = dice.choices(WORDS, k=dice.randrange(4, 40))
        if dice.random() < 0.2:
            words[0] = f"**{words[0]}**"
        lines.append(" ".join(words).capitalize() + ".")
    if dice.random() < 0.1:
        lines.append("\n".join(f"- {word}" for word in dice.choices(WORDS, k=3)))
    source = "\n\n".join(lines)
    return source, render(source)
