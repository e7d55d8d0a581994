"""A chat comes home whole, once, and with it nothing that nobody asked for."""

from pathlib import Path

import pytest

from coterie.audiences import exports
from coterie.audiences.actions import bringing_home
from coterie.audiences.models import ImportedAuthor, ImportedChat
from coterie.audiences.tests.conftest import ANA, BEN, message
from coterie.communities.models import Community, Membership
from coterie.inbox.models import Notification
from coterie.personas.models import Persona
from coterie.pure.exports.records import Unreadable
from coterie.talk import rules as talk
from coterie.talk.models import Conversation, Post

SAMPLES = sorted(Path(__file__).parents[3].glob("tests/data/telegram/*.json"))
pytestmark = pytest.mark.django_db


def bring(file, by, **wish):
    (chat,) = exports.chats(file)
    return bringing_home.bring(
        file, chat, by=by, wish=bringing_home.Wish(**({"persona_name": "Ana"} | wish))
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
    topic = Conversation.objects.get(community=outcome.community)
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


def test_a_file_that_breaks_off_leaves_nothing(person, chat, monkeypatch):
    real = exports.read

    def breaking(file, key):
        yield from list(real(file, key))[:2]
        raise Unreadable("The file ends too early.", "byte 99")

    monkeypatch.setattr(exports, "read", breaking)
    with pytest.raises(Unreadable):
        bring(chat, person("ana"))
    for model in (Community, Conversation, Post, Persona, ImportedAuthor, ImportedChat):
        assert not model.objects.exists(), model


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
