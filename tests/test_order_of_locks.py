"""Rows are held in one order, which `talk/actions/holding.py` tells; so nobody is thrown out."""

import re
from collections import defaultdict
from datetime import timedelta
from functools import cached_property

import pytest
from django.db import connection
from django.utils import timezone

from coterie.communities.actions import founding, hosting, inviting, joining, leaving, shaping
from coterie.communities.models import Membership
from coterie.communities.tests.people import Person
from coterie.gatherings.actions import answering, arranging, dating
from coterie.gatherings.tests.conftest import calls, dates, planned
from coterie.media.actions import sending as pictures
from coterie.media.tests import photos
from coterie.safety.actions import deciding, reporting
from coterie.safety.models import Case, Outcome
from coterie.talk.actions import (
    drafting,
    erasing,
    glimpsing,
    keeping_order,
    moving,
    noting,
    pacing,
    planning,
    polling,
    posting,
    reacting,
    rearranging,
    retracting,
    sending,
    tagging,
)
from coterie.talk.models import Asked, Poll, Post, Said
from coterie.talk.tests.speaking import Speaker, fresh, seven_seconds_pass
from coterie.talk.tests.test_racing import at_once, done

pytestmark = pytest.mark.django_db

ORDER = (
    ("safety_case",),
    ("communities_community",),
    ("communities_membership", "communities_joinrequest", "communities_invitation"),
    ("personas_intention", "talk_planned"),
    ("talk_conversation",),
    (
        *("talk_post", "talk_poll", "talk_tag", "media_picture", "talk_readingposition"),
        *("gatherings_gathering", "gatherings_occurrence"),
    ),
    ("talk_draft", "talk_caughtup"),
    ("safety_auditentry",),
)
PLACE = {table: place for place, tables in enumerate(ORDER) for table in tables}
CHANGED = re.compile(r'(?:UPDATE|DELETE FROM) "?(\w+)')
HELD = re.compile(r'SELECT .*? FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL)
MADE = re.compile(r'INSERT INTO "(talk_conversation|safety_auditentry)"')
"""Of new rows, the only ones that others wait for, and those that need not be waited for."""


class Watched:
    """Which tables each transaction took rows of, in the order in which it took the first."""

    def __init__(self):
        self.taken = defaultdict(list)
        self.depth = len(connection.savepoint_ids)

    def __call__(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        found = CHANGED.match(sql) or HELD.match(sql) or MADE.match(sql)
        # Within the test's own transaction each of theirs is a savepoint.
        for transaction in connection.savepoint_ids[self.depth : self.depth + 1]:
            if found and found[1] in PLACE and context["cursor"].rowcount:
                self.taken[transaction].append(found[1])
        return answer

    @property
    def disordered(self):
        return [
            tables
            for tables in self.taken.values()
            if (places := [PLACE[table] for table in dict.fromkeys(tables)]) != sorted(places)
        ]


class House:
    """A community with somebody in it for everything, and another one beside it."""

    def __init__(self):
        self.ines, self.moss, self.rue = Speaker("ines"), Speaker("moss"), Speaker("rue")
        self.circle = self.ines.founds(tagged_by="members", joined_by="request")
        for each in (self.moss, self.rue):
            each.joins(self.circle, self.ines)
        self.moss.becomes(self.circle, "moderator", "talk")
        self.host, self.by = self.ines.here(self.circle), self.moss.here(self.circle)
        self.topic = self.ines.starts(self.circle, tags=("wool",))
        self.post = self.moss.replies(self.topic)
        drafting.keep(self.topic, by=self.by, source="And")
        drafting.keep(self.post, by=self.by, source="Or")

    @cached_property
    def there(self):
        found = founding.found("There", by=self.host, preset="private_group").community
        for each in (self.moss, self.rue):
            link = inviting.invite(found, by=self.host, policy="trusted")
            who = each.here(self.circle)
            joining.ask_to_join(fresh(found), by=each.viewer, persona=who, invitation=link)
        return fresh(found)

    @cached_property
    def other(self):
        return self.ines.starts(self.circle, "Another")

    @cached_property
    def photo(self):
        sent = photos.uploaded(photos.photo("jpg"))
        return pictures.send(sent, by=self.by, community=self.circle).public_id

    @cached_property
    def held(self):
        shaping.reshape(self.circle, by=self.host, posted_by="approved")
        return self.rue.replies(self.topic)

    @cached_property
    def poll(self):
        asked = Asked(("Yes", "No"), named=True)
        post = self.ines.replies(self.topic, "?", asked=asked)
        return Poll.objects.select_related("post__conversation__community").get(post=post)

    @cached_property
    def evening(self):
        return calls(self.ines, self.circle)

    @cached_property
    def case(self):
        rue = self.rue.here(self.circle)
        reporting.report(fresh(self.post), by=rue, reason="spam")
        return Case.objects.select_related("post__conversation", "community").get()

    @cached_property
    def planned(self):
        at = timezone.now() + timedelta(days=1)
        words = Said("Then", photos=(self.photo,))
        return planning.plan_answer(self.topic, words, by=self.by, at=at, client_key="plan")

    @cached_property
    def unsent(self):
        return self.moss.starts_to_say(self.topic, "Soon")

    @cached_property
    def waiting(self):
        return Person("juno").asks(self.circle)


def edit(house, source="Other words"):
    posting.edit(fresh(house.post), by=house.by, source=source)


def photo_on(house):
    posting.edit(fresh(house.post), by=house.by, source="Look", photos={house.photo: ""})


def answer_with_photo(house):
    words = Said("Look", photos=(house.photo,))
    posting.reply(fresh(house.topic), words, by=house.by, client_key="photo")


def photo_taken_back(house):
    photo_on(house)
    posting.retract(fresh(house.post), by=house.by)


def to_and_fro(house):
    post, host = fresh(house.post), house.host
    reacting.react(post, by=house.by, emoji="💛")
    reacting.take_back(post, by=house.by, emoji="💛")
    noting.put(post, by=host, note="spiders")
    keeping_order.remove_post(fresh(post), by=host)
    keeping_order.restore_post(fresh(post), by=host)


def host_s_hand(house):
    for act in (keeping_order.share_history, keeping_order.close_history, pacing.archive):
        act(fresh(house.topic), by=house.host)
    pacing.unarchive(fresh(house.topic), by=house.host)
    keeping_order.rename(fresh(house.topic), by=house.host, title="T", tags=["silk", "jute"])


def tags(house):
    tagging.offer(fresh(house.circle), by=house.host, words=["Wool", "flax"], tagged_by="hosts")


def vote(house):
    polling.vote(house.poll, by=house.by, places=[1])
    polling.close(house.poll, by=house.host)


def published(house):
    posting.publish(fresh(house.held), by=house.host)


def merged(house):
    rearranging.merge(fresh(house.topic), into=fresh(house.other), by=house.host)


def split(house):
    rearranging.split_onward(fresh(house.post), by=house.host, title="Onward")


def moved(house):
    _planned = house.planned
    moving.move(fresh(house.topic), to=house.there, by=house.host)


def goes_out(house):
    _unsent = house.unsent
    assert seven_seconds_pass() == 1


def thought_better(house):
    sending.undo(fresh(house.unsent), by=house.by)
    retracting.retract_soon(fresh(house.post), by=house.by)
    assert seven_seconds_pass() == 1


def plan_changed(house):
    at = timezone.now() + timedelta(days=2)
    planning.change(house.planned, Said("Later"), by=house.by, at=at)
    planning.say_now(fresh(house.planned), by=house.by)


def card(house):
    post = Post.objects.select_related("conversation").get(pk=house.post.pk)
    glimpsing._show(post, "https://a.test/", {"url": "https://a.test/"}, None)
    glimpsing.put_away(fresh(post), by=house.by)


def kept_private(house):
    Post.objects.filter(pk=house.post.pk).update(card="{}")
    shaping.reshape(fresh(house.circle), by=house.host, sensitive=True)


def erased(house):
    erasing.erase_words(house.by.pk)


def left_with_posts(house):
    _planned, _unsent = house.planned, house.unsent
    leaving.leave_and_take_posts(house.moss.seat(house.circle), by=house.by)


def banned(house):
    hosting.ban(house.moss.seat(house.circle), by=house.host)


def judged(outcome):
    def judge(house):
        deciding.carry_out(house.case, outcome, by=house.host, sentence="No.")

    judge.__name__ = f"judged_{outcome}"
    return judge


def turned_away(house):
    joining.turn_away_for_good(house.waiting, by=house.host)


def comes(house):
    answering.answer(dates(house.evening)[0], by=house.by, answer="going")
    hosting.remove(house.moss.seat(house.circle), by=house.host)
    answering.free_places(Membership.objects.get(persona=house.by, community=house.circle))


def gathering(house):
    evening = house.evening
    arranging.rearrange(evening, by=house.host, title="Later", plan=planned(hours=4))
    arranging.rearrange_one(dates(evening)[0], by=house.host, plan=planned(hours=5))
    arranging.call_off(evening, by=house.host)
    dating.extend_all()


ACTS = [
    edit, photo_on, answer_with_photo, photo_taken_back, to_and_fro, host_s_hand, tags, vote,
    published, merged, split, moved, goes_out, thought_better, plan_changed, card, kept_private,
    erased, left_with_posts, banned, turned_away, comes, gathering,
    *map(judged, (Outcome.POST_REMOVED, Outcome.LOCKED, Outcome.MEMBER_BANNED)),
]  # fmt: skip


@pytest.fixture
def house():
    return House()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_rows_are_taken_in_the_one_order(house, act):
    watched = Watched()
    with connection.execute_wrapper(watched):
        act(house)
    assert watched.taken
    assert not watched.disordered


def answered(house, key):
    posting.reply(fresh(house.topic), Said("Me too"), by=house.by, client_key=key)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("large", [moved, merged, split])
def test_who_changes_little_and_who_changes_much_wait_in_one_line(house, large):
    """Each of the small acts would wait for the large one, which would wait for it."""
    _made = house.there, house.other, house.planned, house.poll
    posts = [house.moss.replies(house.topic) for _ in range(6)]

    def small(n):
        def act():
            for post in posts:
                posting.edit(fresh(post), by=house.by, source=f"Words {n} {post.pk}")
                reacting.react(fresh(post), by=house.by, emoji="💛")
            answered(house, f"key {n}")

        return done(act)

    at_once(*map(small, range(4)), done(lambda: large(house)), done(lambda: erased(house)))
