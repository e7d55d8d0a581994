"""A post that somebody keeps is nobody else's to know."""

import pytest

from coterie.core.verdict import Refused
from coterie.talk import reads
from coterie.talk.actions import posting, saving
from coterie.talk.models import Post, SavedPost

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


def lasting(post):
    return Post.objects.select_related("conversation__community", "persona").get(pk=post.pk)


def kept(person, community, after=""):
    return reads.saved(person.viewer, person.here(community), community, after)


def test_it_is_kept_once_with_the_last_note(ines, member, circle, topic):
    said = lasting(ines.replies(topic, "Wax the thread first."))
    for note in ("", "for the blue coat"):
        saving.keep(said, by=member.here(circle), note=note)
    (row,) = kept(member, circle).rows
    assert (row["note"], row["excerpt"]) == ("for the blue coat", "Wax the thread first.")
    saving.let_go(said, by=member.here(circle))
    assert kept(member, circle).rows == []


def test_nobody_else_sees_it(ines, member, circle, topic):
    said = lasting(ines.replies(topic))
    saving.keep(said, by=member.here(circle), note="my secret thought")
    assert kept(ines, circle).rows == []
    for path in (said.path, f"{circle.path}saved/"):
        assert "my secret thought" in member.browser().get(path).content.decode()
        assert "my secret thought" not in ines.browser().get(path).content.decode()


def test_what_may_not_be_read_is_not_kept_nor_shown(ines, member, wren, circle, topic):
    said = lasting(ines.replies(topic))
    with pytest.raises(Refused):
        saving.keep(said, by=wren.persona())
    saving.keep(said, by=member.here(circle))
    posting.retract(said, by=ines.here(circle))
    assert kept(member, circle).rows == []


def test_the_list_is_cut_by_keyset(ines, member, circle, topic):
    for number in range(33):
        saving.keep(lasting(ines.replies(topic, f"no. {number}")), by=member.here(circle))
    first = kept(member, circle)
    rest = kept(member, circle, first.after)
    said = [row["excerpt"] for row in (*first.rows, *rest.rows)]
    assert said == [f"no. {number}" for number in reversed(range(33))]
    assert rest.after == ""


def test_forms_keep_it_and_let_it_go(ines, member, circle, topic):
    said = ines.replies(topic)
    browser = member.browser()
    browser.post(f"{said.path}saving/", {"note": "again"})
    assert SavedPost.objects.get().note == "again"
    assert "You saved this" in browser.get(said.path).content.decode()
    browser.post(f"{said.path}saving/", {"gone": "1"})
    assert not SavedPost.objects.exists()
