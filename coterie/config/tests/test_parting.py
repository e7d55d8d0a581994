"""An account closes, and its personas leave without showing that they were one."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from coterie.accounts.actions import closing, opening
from coterie.accounts.models import Account, Errand
from coterie.communities.actions import founding, joining, leaving
from coterie.communities.models import Membership
from coterie.config import parting, wiring
from coterie.media.models import Picture
from coterie.personas import sealed
from coterie.personas.viewer import viewer_of
from coterie.talk import rules
from coterie.talk.actions import posting
from coterie.talk.models import Conversation, Post, Said

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_lives():
    """One account that sits in two communities, under two personas, and spoke in one."""
    host = sealed.new_persona(
        sealed.Owner(opening.open_account("host@example.org").pk), name="Host"
    )
    account = opening.open_account("wren@example.org")
    owner = sealed.Owner(account.pk)
    for name in ("Wren", "Willow"):
        place = founding.found(f"{name}'s", by=host, preset="forum").community
        persona = sealed.new_persona(owner, name=name)
        joining.ask_to_join(place, by=viewer_of(owner), persona=persona)
    posting.start_topic(place, Said("I am new."), by=persona, title="Hello", client_key="a")
    return account


def sitting() -> set[str]:
    return set(Membership.objects.living().values_list("persona__name", flat=True)) - {"Host"}


def test_the_account_goes_at_once_and_its_personas_one_by_one(two_lives):
    closing.close(two_lives)
    assert not Account.objects.filter(email="wren@example.org").exists()
    assert sitting() == {"Wren", "Willow"}
    with time_machine.travel(timezone.now() + parting.WITHIN, tick=False):
        assert parting.part_with_one()
        assert len(sitting()) == 1
        assert parting.part_with_one()
        assert not parting.part_with_one()
    assert sitting() == set()
    assert not Errand.objects.exists()


def test_their_words_are_taken_back(two_lives):
    closing.close(two_lives)
    with time_machine.travel(timezone.now() + parting.WITHIN, tick=False):
        while parting.part_with_one():
            pass
    post = Post.objects.get()
    assert (post.source, post.persona) == ("", None)


def test_nobody_leaves_before_their_moment(two_lives):
    closing.close(two_lives)
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        assert not parting.part_with_one()
    assert sitting() == {"Wren", "Willow"}


def test_what_is_left_to_do_names_nobody_and_no_moment(two_lives):
    personas = sealed.personas_of(sealed.Owner(two_lives.pk))
    closing.close(two_lives)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_errand")
        rows = [str(cell) for row in cursor.fetchall() for cell in row]
    assert len(rows) == 4
    assert not any(str(persona.pk) in cell for persona in personas for cell in rows)
    assert not any("202" in cell[:4] for cell in rows if not cell.isdigit())


def test_a_parting_that_fails_is_tried_again(two_lives, monkeypatch):
    closing.close(two_lives)
    monkeypatch.setitem(parting.register, Post, Broken)
    with (
        time_machine.travel(timezone.now() + parting.WITHIN, tick=False),
        pytest.raises(OSError, match="full"),
    ):
        parting.part_with_one()
    assert Errand.objects.count() == 2
    assert len(sitting()) == 2


class Broken:
    """A room whose eraser fails."""

    @staticmethod
    def erase(persona_id: int) -> int:
        raise OSError("the disk is full")


def test_the_schedule_parts_with_them_and_tidies_the_accounts_floor():
    functions = {function.__qualname__ for _, function in wiring.SCHEDULE.values()}
    assert {"part_with_one", "clear_expired", "clear_old", "clear_unproved"} <= functions


@pytest.fixture
def speaker():
    """Wren spoke in her own name, anonymously twice, and began something anonymously."""
    host = sealed.new_persona(
        sealed.Owner(opening.open_account("host@example.org").pk), name="Host"
    )
    place = founding.found("Circle", by=host, preset="forum", anonymous_voice=True).community
    owner = sealed.Owner(opening.open_account("wren@example.org").pk)
    wren = sealed.new_persona(owner, name="Wren")
    joining.ask_to_join(place, by=viewer_of(owner), persona=wren)
    topic = posting.start_topic(place, Said("Hm?"), by=host, title="Hello", client_key="h")
    for number, voice in enumerate(["own", "member", "member"]):
        posting.reply(topic, Said("Words.", voice=voice), by=wren, client_key=f"w{number}")
    posting.start_topic(
        place, Said("Words.", voice="member"), by=wren, title="A worry", client_key="s"
    )
    return wren


def with_photo(post):
    Post.objects.filter(pk=post.pk).update(photos=1)
    seen = {"guard": rules.PHOTOS, "subject": post.pk, "width": 4, "height": 3, "bytes": 9}
    place = post.conversation.community
    return Picture.objects.create(persona=post.persona, community=place, **seen)


def said():
    """How many of Wren's posts still have words, by voice."""
    left = Post.objects.filter(source="Words.").values_list("voice", flat=True)
    return {voice: list(left).count(voice) for voice in ("own", "member")}


def test_what_was_said_anonymously_does_not_go_with_what_was_said_by_name(speaker):
    leaving.leave_and_take_posts(Membership.objects.get(persona=speaker), by=speaker)
    assert said() == {"own": 0, "member": 3}
    with time_machine.travel(timezone.now() + parting.SOONEST - timedelta(minutes=1), tick=False):
        assert not parting.part_with_one()
    with time_machine.travel(timezone.now() + parting.WITHIN, tick=False):
        for left in (2, 1, 0):
            assert parting.part_with_one()
            assert said()["member"] == left
        assert not parting.part_with_one()
    assert not Post.objects.filter(persona=speaker).exists()
    assert sorted(Conversation.objects.values_list("title", flat=True)) == ["", "Hello"]


def test_who_leaves_their_posts_loses_none(speaker):
    leaving.leave(Membership.objects.get(persona=speaker), by=speaker)
    assert not Errand.objects.exists()
    assert said() == {"own": 1, "member": 3}


def test_when_an_account_closes_its_nameless_words_are_nobodys_and_go_later(speaker):
    photo = with_photo(Post.objects.filter(persona=speaker, voice="member").first())
    closing.close(Account.objects.get(email="wren@example.org"))
    parted = timezone.now() + parting.WITHIN
    with time_machine.travel(parted, tick=False):
        assert parting.part_with_one()
        assert said() == {"own": 0, "member": 3}
        assert not Post.objects.filter(persona=speaker).exists()
        assert not Conversation.objects.filter(started_by=speaker).exists()
        photo.refresh_from_db()
        assert photo.persona is None
        assert not parting.part_with_one()
    with time_machine.travel(parted + parting.WITHIN, tick=False):
        while parting.part_with_one():
            pass
    assert said() == {"own": 0, "member": 0}
    assert not Picture.objects.exists()


def test_the_form_says_so(speaker, client):
    client.force_login(Account.objects.get(email="wren@example.org"))
    shown = client.get(f"{Membership.objects.get(persona=speaker).community.path}leaving/")
    assert "over the next three days" in shown.content.decode()
