"""A chat comes home whole, once, and with it nothing that nobody asked for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from coterie.audiences import exports
from coterie.audiences.actions import bringing_home, claiming, forgetting
from coterie.audiences.actions.arriving import CalledOff
from coterie.audiences.models import Arrival, ImportedAuthor, ImportedChat
from coterie.audiences.tests.conftest import ANA, BEN, message
from coterie.communities.actions import founding
from coterie.communities.models import Community, Membership
from coterie.inbox.models import Notification
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY, viewer_of
from coterie.pure.exports.records import Unreadable
from coterie.talk import rules as talk
from coterie.talk.actions import posting
from coterie.talk.models import BroughtReaction, Conversation, Post, Reaction, Said
from coterie.talk.reads.topic import one_post

SAMPLES = sorted(Path(__file__).parents[3].glob("tests/data/telegram/*.json"))
pytestmark = pytest.mark.django_db


def bring(file, by, told=lambda count: None, **wish):
    (chat,) = exports.chats(file)
    return bringing_home.bring(
        file, chat, by=by, wish=bringing_home.Wish(**({"persona_name": "Ana"} | wish)), told=told
    )


def test_a_chat_becomes_a_private_community_with_its_history(person, chat):
    outcome = bring(chat, person("ana"))
    place = Community.objects.get(pk=outcome.community.pk)
    assert (place.name, place.privacy, place.size, outcome.fresh) == (
        "Fern friends",
        "private",
        1,
        4,
    )
    posts = Post.objects.filter(conversation__community=place).order_by("seq")
    assert [post.seq for post in posts] == [1, 2, 3, 4]
    assert posts[1].reply_to == posts[0]
    assert "*Two*" in posts[1].html
    assert "<em>" not in posts[1].html


def test_nobody_else_is_in_it_or_is_told(person, chat):
    outcome = bring(chat, person("ana"))
    assert Membership.objects.filter(community=outcome.community).count() == 1
    assert not Notification.objects.exists()
    stranger = person("wren")
    assert not Conversation.objects.visible_to(stranger).exists()


def test_its_history_can_be_answered(person, chat):
    outcome = bring(chat, person("ana"))
    topic = Conversation.objects.get(community=outcome.community, kind="topic")
    assert talk.may_reply(outcome.host, topic)


def test_authors_stand_under_a_made_up_name(person, chat):
    bring(chat, person("ana"))
    shown = {post.persona.name for post in Post.objects.select_related("persona")}
    assert not shown & {"Ana Duarte", "Ben Roth", "Cat Moor"}
    assert len(shown) == 3


def test_authors_stand_under_their_names_if_the_host_chooses_so(person, chat):
    bring(chat, person("ana"), with_names=True)
    shown = {post.persona.name for post in Post.objects.select_related("persona")}
    assert shown == {"Ana Duarte", "Ben Roth", "Cat Moor"}


def test_a_second_time_is_a_no_op(person, chat):
    first = bring(chat, person("ana"))
    counts = [
        model.objects.count() for model in (Community, Conversation, Post, Persona, ImportedAuthor)
    ]
    second = bring(chat, person("ana"))
    assert (second.community, second.fresh, second.founded) == (first.community, 0, False)
    assert counts == [
        model.objects.count() for model in (Community, Conversation, Post, Persona, ImportedAuthor)
    ]


def test_a_later_export_adds_what_is_new_and_an_earlier_one_what_came_before(person, export):
    old, middle, new = (message(n, ANA if n % 2 else BEN, f"number {n}") for n in (1, 2, 3))
    bring(export(middle), person("ana"))
    bring(export(middle, new), person("ana"))
    outcome = bring(export(old, middle, new), person("ana"))
    posts = Post.objects.filter(conversation__community=outcome.community).order_by("seq")
    assert [(post.seq, post.source) for post in posts] == [
        (1, "number 1"),
        (2, "number 2"),
        (3, "number 3"),
    ]


def test_another_host_gets_a_community_of_her_own(person, chat):
    first, second = bring(chat, person("ana")), bring(chat, person("bea"))
    assert first.community != second.community
    origins = ImportedAuthor.objects.values_list("author_key", flat=True)
    assert len(set(origins)) == 6


def test_a_micro_community_needs_a_parent_that_allows_it(person, chat, cast):
    from coterie.core.verdict import Refused

    host = cast.viewer("Juno")
    with pytest.raises(Refused):
        bring(chat, host, parent=cast.communities["mending"])
    outcome = bring(chat, host, parent=cast.communities["leaf"])
    assert outcome.community.parent == cast.communities["leaf"]


EVERYTHING = (
    Community, Conversation, Post, Persona, ImportedAuthor, ImportedChat, Arrival, Reaction,
)  # fmt: skip


@pytest.fixture
def by_one(monkeypatch):
    """Each message comes in a transaction of its own."""
    monkeypatch.setattr(bringing_home, "AT_ONCE", 1)


def stopping(at, why):
    def told(count):
        if count == at:
            raise why

    return told


@pytest.mark.usefixtures("by_one")
@pytest.mark.parametrize("why", [Unreadable("It ends too early."), CalledOff()])
def test_a_file_that_breaks_off_or_is_called_off_leaves_nothing(person, chat, why):
    with pytest.raises(type(why)):
        bring(chat, person("ana"), told=stopping(3, why))
    assert not [model for model in EVERYTHING if model.objects.exists()]


@pytest.mark.usefixtures("by_one")
def test_nobody_sees_half_a_chat(person, chat, cast):
    ana, seen = person("ana"), set()

    def told(count):
        assert not Community.objects.findable_by(ana).filter(name="Fern friends").exists()
        for who in (ana, cast.viewer("Juno")):
            for conversation in Conversation.objects.filter(imported__isnull=False):
                assert not talk.may_see(who, conversation)
                assert not Conversation.objects.visible_to(who).filter(pk=conversation.pk).exists()
                seen.add((count, conversation.last_seq))

    outcome = bring(chat, ana, told=told)
    assert seen == {(n, n) for n in range(5)}
    assert Community.objects.findable_by(outcome.host).filter(pk=outcome.community.pk).exists()
    assert Conversation.objects.visible_to(outcome.host).filter(imported__isnull=False).exists()


@pytest.mark.usefixtures("by_one")
def test_what_was_cut_off_goes_on_and_is_in_order(person, export):
    late = message(3, BEN, "number 9") | {"date_unixtime": "1704200000"}
    file = export(late, *(message(n, ANA, f"number {n}") for n in (4, 5)))
    with pytest.raises(RuntimeError):
        bring(file, person("ana"), told=stopping(2, RuntimeError()))
    assert not Membership.objects.exists()
    outcome = bring(file, person("ana"))
    assert (outcome.fresh, Community.objects.count(), Arrival.objects.count()) == (3, 1, 0)
    posts = Post.objects.order_by("seq").values_list("seq", "source")
    assert list(posts) == [(1, "number 4"), (2, "number 5"), (3, "number 9")]


@pytest.mark.usefixtures("by_one")
@pytest.mark.django_db(transaction=True)
def test_others_write_while_a_chat_comes_home(person, chat):
    seat = founding.found("Moss", by=person("wren"), persona_name="Wren")
    place, words = {"by": seat.persona}, Said("Hello")
    here = posting.start_topic(seat.community, words, title="Here", client_key="start", **place)

    def say(count):
        posting.reply(here, words, client_key=f"and {count}", **place)
        connection.close()

    def told(count):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(say, count).result()

    bring(chat, person("ana"), told=told)
    assert Post.objects.filter(conversation=here).count() == 6


def test_what_stays_cut_off_for_a_day_is_forgotten(person, chat):
    with pytest.raises(RuntimeError):
        bring(chat, person("ana"), told=stopping(4, RuntimeError()))
    assert forgetting.forget_arrivals() == 0
    assert Post.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert forgetting.forget_arrivals() == 1
    assert not [model for model in EVERYTHING if model.objects.exists()]


@pytest.mark.usefixtures("by_one")
def test_more_of_a_chat_that_is_called_off_leaves_what_was_there(person, export):
    old, middle, new = (message(n, ANA if n % 2 else BEN, f"number {n}") for n in (1, 2, 3))
    home = bring(export(middle), person("ana"))
    with pytest.raises(CalledOff):
        bring(export(old, middle, new), person("ana"), told=stopping(1, CalledOff()))
    posts = Post.objects.filter(conversation__community=home.community).order_by("seq")
    assert [post.source for post in posts] == ["number 1", "number 2"]
    assert Membership.objects.filter(community=home.community).exists()


def test_answers_come_along_by_name_only_where_somebody_is_named_and_wrote(person, export):
    recent = [{"from_id": BEN}, {"from_id": "user9"}]
    given = [
        {"type": "emoji", "emoji": "🌿", "count": 5, "recent": recent},
        {"type": "emoji", "emoji": "👏", "count": 2},
        {"type": "emoji", "emoji": "not one", "count": 7},
        {"type": "custom_emoji", "document_id": "x.webp", "count": 3},
    ]
    file = export(message(1, ANA, "Look", reactions=given), message(2, BEN, "Oh"))
    outcome = bring(file, person("ana"))
    ben = Post.objects.get(source="Oh").persona
    assert [*Reaction.objects.values_list("persona", "emoji")] == [(ben.pk, "🌿")]
    assert {*BroughtReaction.objects.values_list("emoji", "times")} == {("🌿", 4), ("👏", 2)}
    ana = viewer_of(sealed.owner_of(outcome.host))
    shown = one_post(ana, Post.objects.get(source="Look"))["reactions"]
    assert shown == [{"emoji": "🌿", "count": "5"}, {"emoji": "👏", "count": "2"}]
    claiming.erase(ImportedAuthor.objects.get(persona=ben), by=NOBODY)
    assert not Reaction.objects.exists()
    claiming.erase(ImportedAuthor.objects.get(persona__isnull=False), by=NOBODY)
    assert not BroughtReaction.objects.exists()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_comes_home_and_the_second_time_changes_nothing(person, sample):
    seen = exports.preview(sample)
    for chat in seen.chats:
        wish = bringing_home.Wish(persona_name="Ana")
        outcome = bringing_home.bring(sample, chat, by=person("ana"), wish=wish)
        assert outcome.fresh == chat.messages
        assert bringing_home.bring(sample, chat, by=person("ana"), wish=wish).fresh == 0
    assert Post.objects.count() == seen.messages
    assert ImportedAuthor.objects.count() == seen.people
    kept = " ".join(f"{post.source}" for post in Post.objects.all())
    assert "+998" not in kept
    assert "999 333" not in kept
