"""Whoever holds a link says what becomes of their words; hosts learn how many did."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from coterie.audiences import exports, reads
from coterie.audiences.actions import bringing_home, claiming, forgetting
from coterie.audiences.models import ImportedAuthor
from coterie.core.boxes import unseal
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY
from coterie.talk.models import Post, PostState

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(person, chat):
    (found,) = exports.chats(chat)
    return bringing_home.bring(
        chat, found, by=person("ana"), wish=bringing_home.Wish(persona_name="Ana")
    )


@pytest.fixture
def again(person, chat, home):
    """The same import once more, by the same host."""
    from coterie.personas.sealed import owner_of
    from coterie.personas.viewer import viewer_of

    def bring():
        (found,) = exports.chats(chat)
        by = viewer_of(owner_of(home.host))
        return bringing_home.bring(chat, found, by=by, wish=bringing_home.Wish())

    return bring


def author(name):
    return next(
        a for a in ImportedAuthor.objects.all() if unseal(a.name_box, "imported-name") == name
    )


def words_of(persona):
    return list(Post.objects.filter(persona=persona).values_list("source", flat=True))


def test_taking_over_makes_the_words_a_members_own(home, person):
    seat = claiming.take_over(author("Ben Roth"), by=person("ben"), name="bramble")
    assert seat.community == home.community
    assert words_of(seat.persona) == ["Me. \\*Two\\* of them."]


def test_a_member_takes_over_under_the_persona_they_are_there(home, person):
    first = claiming.take_over(author("Ben Roth"), by=person("ben"), name="bramble")
    again = claiming.take_over(author("Cat Moor"), by=person("ben"))
    assert again == first
    assert len(words_of(first.persona)) == 2


def test_keeping_apart_ties_the_words_to_nobody(home):
    who = author("Ben Roth")
    claiming.keep_apart(who, by=NOBODY)
    assert Post.objects.filter(persona=None, state=PostState.PUBLISHED).count() == 1


def test_erasing_leaves_empty_tombstones_that_no_import_fills(home, again):
    claiming.erase(author("Ben Roth"), by=NOBODY)
    assert again().fresh == 0
    gone = Post.objects.get(state=PostState.ERASED)
    assert (gone.source, gone.html, gone.persona, gone.seq) == ("", "", None, 2)


@pytest.mark.parametrize("second", [claiming.keep_apart, claiming.erase])
def test_a_link_works_once_and_never_says_that_it_was_used(home, second):
    claiming.erase(author("Ben Roth"), by=NOBODY)
    with pytest.raises(claiming.CannotClaim, match="cannot be used"):
        second(author("Ben Roth"), by=NOBODY)


def test_hosts_see_totals_and_the_same_links_before_and_after(home):
    before = reads.sheet(home.community)
    claiming.keep_apart(author("Cat Moor"), by=NOBODY)
    after = reads.sheet(home.community)
    assert after["links"] == before["links"]
    assert (before["claimed"], after["claimed"], after["total"]) == (0, 1, 3)


def test_the_page_of_a_used_link_looks_like_any_other(home):
    link = next(each for each in reads.sheet(home.community)["links"] if each["name"] == "Ben Roth")
    before = Client().get(link["path"])
    claiming.keep_apart(author("Ben Roth"), by=NOBODY)
    after = Client().get(link["path"])
    assert before.status_code == after.status_code == 200
    assert strip(before) == strip(after)


def strip(answer):
    import re

    return re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())


def test_after_sixty_days_name_and_hash_are_gone_and_the_words_stay(home):
    claiming.erase(author("Cat Moor"), by=NOBODY)
    stand_ins = set(ImportedAuthor.objects.exclude(persona=None).values_list("persona", flat=True))
    with time_machine.travel(timezone.now() + timedelta(days=59)):
        assert forgetting.fade_unclaimed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert forgetting.fade_unclaimed() == 3
    left = ImportedAuthor.objects.all()
    assert not any(each.name_box or each.token_box or each.token_hash for each in left)
    assert {each.author_key for each in left if each.state == ImportedAuthor.State.FADED} == {""}
    assert not Persona.objects.filter(pk__in=stand_ins).exists()
    assert Post.objects.filter(persona=None, state=PostState.PUBLISHED).count() == 3


def test_nobody_but_the_hosts_sees_the_sheet(home, person):
    assert Client().get(home.community.path + "imports/").status_code == 404
    assert Client().get(home.community.path + "imports/links.csv").status_code == 404


def test_a_stranger_without_a_link_finds_nothing():
    assert Client().get("/claim/abcdefghijklmnopqrstuv/").status_code == 404
