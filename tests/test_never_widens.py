"""No change of settings opens what was said before to anybody who could not see it.

Random lives of three communities and five people. After each change of settings nobody
sees more than before; and whom a change lets come in, or come in unasked, never sees what
was said before it, however late they come.
"""

from dataclasses import replace
from itertools import chain

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coterie.accounts.models import Account
from coterie.communities import seating
from coterie.communities.actions import founding, joining, leaving, shaping
from coterie.communities.models import Community, FoundBy, JoinedBy, Membership, SeenBy
from coterie.core.verdict import Refused
from coterie.personas import sealed
from coterie.personas.viewer import viewer_of
from coterie.talk.models import Conversation, Kind, Post

PEOPLE, PLACES = 3, 3
person, place = st.integers(0, PEOPLE - 1), st.integers(0, PLACES - 1)
shape = st.fixed_dictionaries(
    {
        "found_by": st.sampled_from(FoundBy.values),
        "seen_by": st.sampled_from(SeenBy.values),
        "joined_by": st.sampled_from(JoinedBy.values),
    }
)
requirement = st.fixed_dictionaries({"join_requires": st.one_of(st.none(), place)})
reshaping = st.tuples(st.just("reshape"), place, st.one_of(shape, shape, requirement))
moving = st.tuples(
    st.just("move"), st.one_of(st.just(1), place), st.one_of(st.just(2), st.none(), place)
)
# A round: things change, some go, somebody tries every door, and everywhere something is said.
a_round = st.tuples(
    st.lists(st.one_of(reshaping, reshaping, moving), min_size=1, max_size=3),
    st.lists(st.tuples(st.just("leave"), person, place), max_size=2),
    st.lists(st.tuples(st.just("join"), person), min_size=1, max_size=2),
)
lives = st.lists(a_round, min_size=2, max_size=4)


class World:
    """Three communities with one host, and people who come and go."""

    def __init__(self, below_seen_by):
        self.host = sealed.new_persona(self.new_owner("host"), name="host")
        top = founding.found("Top", by=self.host).community
        below = founding.found(
            "Below",
            by=self.host,
            parent=top,
            found_by="parent",
            seen_by=below_seen_by,
            joined_by="parent",
        ).community
        apart = founding.found("Apart", by=self.host).community
        self.ids = [top.pk, below.pk, apart.pk]
        self.owners = [self.new_owner(f"p{number}") for number in range(PEOPLE)]
        for each in self.owners:
            sealed.new_persona(each, name="somebody")
        self.people = [viewer_of(each) for each in self.owners]
        self.forbidden = set()
        # One of them sits above, one of them apart, and one nowhere yet.
        for number, community in enumerate([top, apart]):
            somebody = self.viewer(number).personas[0]
            seating.begin(community, somebody, agreed=0)

    def new_owner(self, name):
        return sealed.Owner(Account.objects.create_user(f"{name}@never.example").pk)

    def viewer(self, number):
        """This person as in a fresh request."""
        return replace(self.people[number], memo={})

    def place(self, number):
        return Community.objects.get(pk=self.ids[number])

    def seats(self, number):
        mine = Membership.objects.living().of(self.viewer(number))
        return set(mine.values_list("community_id", flat=True))

    def seen(self):
        """Pairs of a person's number and what they see: a topic, or a post in a room."""
        return {
            (number, thing)
            for number in range(PEOPLE)
            for query in (Conversation.objects.exclude(kind=Kind.ROOM), in_rooms())
            for thing in named(query.visible_to(self.viewer(number)))
        }

    def inside(self):
        """Pairs of a person's number and a thing in a community into which they may see."""
        found = set()
        for number in range(PEOPLE):
            open_to = Community.objects.visible_to(self.viewer(number))
            things = [
                *named(Conversation.objects.filter(community__in=open_to)),
                *named(in_rooms().filter(conversation__community__in=open_to)),
            ]
            found |= {(number, thing) for thing in things}
        return found

    def doors(self):
        """For each person and place how they could get in: 0 never, 1 if asked for, 2 at once."""
        places = list(Community.objects.all())
        return {
            (number, each.pk): (each.pk in closure(places, self.seats(number), asking=True))
            + (each.pk in closure(places, self.seats(number), asking=False))
            for number in range(PEOPLE)
            for each in places
        }


def in_rooms():
    return Post.objects.filter(conversation__kind=Kind.ROOM)


def named(query):
    """What each is called here: rooms go on for years, so their posts are looked at, not they."""
    return [(query.model.__name__, pk) for pk in query.values_list("pk", flat=True)]


def members_only():
    """Each thing that members alone read, and its community."""
    topics = Conversation.objects.filter(see=SeenBy.MEMBERS).exclude(kind=Kind.ROOM)
    told = in_rooms().filter(conversation__see=SeenBy.MEMBERS)
    rows = [("Conversation", *row) for row in topics.values_list("pk", "community_id")]
    rows += [("Post", *row) for row in told.values_list("pk", "conversation__community_id")]
    return {((kind, pk), community) for kind, pk, community in rows}


def closure(places, seats, asking):
    """Where somebody with these seats could end up without an invitation."""
    seats = set(seats)
    while True:
        more = {each.pk for each in places if opens(each, seats, asking)} - seats
        if not more:
            return seats
        seats |= more


def opens(place, seats, asking):
    above = place.parent_id in seats
    found = {place.found_by, place.seen_by}
    if not ("everyone" in found or ("parent" in found and above)):
        return False
    if place.join_requires_id and place.join_requires_id not in seats:
        return False
    by = place.joined_by
    return by == "open" or (by == "parent" and above) or (by == "request" and asking)


def act(world, verb, *args):
    try:
        # A refusal leaves nothing behind.
        with transaction.atomic():
            VERBS[verb](world, *args)
    except Refused:
        pass


def change(world, turn):
    """A change of settings, and what must hold right after it."""
    seen, doors = world.seen(), world.doors()
    inner = members_only()
    turn()
    now = world.seen()
    assert now <= seen
    assert now <= world.inside()
    for key, width in world.doors().items():
        if width > doors[key]:
            world.forbidden |= {
                (key[0], thing)
                for thing, community in inner
                if community == key[1] and (key[0], thing) not in seen
            }


def reshape(world, number, chosen):
    wanted = dict(chosen)
    if isinstance(wanted.get("join_requires"), int):
        wanted["join_requires"] = world.place(wanted["join_requires"])
    change(world, lambda: shaping.reshape(world.place(number), by=world.host, **wanted))


def move(world, number, parent):
    above = None if parent is None else world.place(parent)
    change(world, lambda: shaping.move(world.place(number), by=world.host, parent=above))


def join(world, number):
    for each in range(PLACES):
        act(world, "knock", number, each)


def knock(world, number, place):
    viewer = world.viewer(number)
    outcome = joining.ask_to_join(world.place(place), by=viewer, persona=viewer.personas[0])
    if not isinstance(outcome, Membership):
        joining.admit(outcome, by=world.host)


def leave(world, number, place):
    viewer = world.viewer(number)
    seat = Membership.objects.living().of(viewer).filter(community=world.place(place)).first()
    if seat:
        leaving.leave(seat, by=seat.persona)


def start(world, number):
    community = world.place(number)
    Conversation.objects.create(
        community=community,
        see=community.seen_by,
        title="Something",
        last_seq=1,
        started_by=world.host,
        started_at=timezone.now(),
    )
    room = Conversation.objects.filter(community=community, kind=Kind.ROOM).first()
    if room is None:
        room = Conversation.objects.create(
            community=community, see=community.seen_by, kind=Kind.ROOM, title="Room"
        )
    room.last_seq += 1
    room.save(update_fields=["last_seq"])
    Post.objects.create(
        conversation=room,
        persona=world.host,
        seq=room.last_seq,
        client_key=str(room.last_seq),
        published_at=timezone.now(),
    )


VERBS = {"reshape": reshape, "move": move, "join": join, "knock": knock, "leave": leave}


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=lives, below_seen_by=st.sampled_from(["parent", "members"]))
def test_no_change_of_settings_opens_what_was_said_before(rounds, below_seen_by):
    with transaction.atomic():
        world = World(below_seen_by)
        for happenings in rounds:
            for number in range(PLACES):
                start(world, number)
            for verb, *args in chain(*happenings):
                act(world, verb, *args)
                assert not (world.forbidden and world.seen() & world.forbidden)
        transaction.set_rollback(True)
