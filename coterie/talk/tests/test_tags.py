"""Topics are kept under words, and a word tells nobody more than the topic that bears it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coterie.communities.actions import shaping
from coterie.communities.models import Membership
from coterie.core.verdict import Refused
from coterie.talk import reads
from coterie.talk.actions import drafting, erasing, keeping_order, sending, tagging
from coterie.talk.models import LONGEST_TAG, Conversation, Draft, Post, Tag, Tagging, key_of
from coterie.talk.tests.speaking import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(ines, circle):
    tagging.offer(
        circle, by=ines.here(circle), words=["Wool", "moth holes", "#Wool"], tagged_by="hosts"
    )
    return fresh(circle)


def words(person, community):
    return [tag["word"] for tag in reads.tags(person.viewer, community)]


def test_hosts_offer_words_and_each_is_there_once(ines, offered):
    assert words(ines, offered) == ["moth-holes", "Wool"]


def test_a_member_chooses_among_them_and_brings_none_of_their_own(ines, moss, offered):
    moss.joins(offered, ines)
    topic = moss.starts(offered, tags=["wool"])
    assert fresh(topic).tagged == ["Wool"]
    with pytest.raises(Refused, match="the hosts say which tags"):
        moss.starts(offered, tags=["gossip"])
    assert not Tag.objects.filter(key="gossip").exists()


def test_where_hosts_allow_it_members_bring_words(ines, moss, offered):
    moss.joins(offered, ines)
    shaping.reshape(offered, by=ines.here(offered), tagged_by="members")
    topic = moss.starts(fresh(offered), tags=["修理", "Wool"])
    assert sorted(fresh(topic).tagged) == ["Wool", "修理"]
    keeping_order.rename(fresh(topic), by=moss.here(offered), title="Other", tags=["wool"])
    assert fresh(topic).tagged == ["Wool"]
    assert not Tag.objects.filter(key="修理").exists(), "it went with the last topic that bore it"


def test_six_tags_are_too_many(ines, offered):
    with pytest.raises(Refused, match="At most 5"):
        ines.starts(offered, tags=list("abcdef"))


def test_what_the_hosts_no_longer_offer_stands_on_no_topic(ines, offered):
    topic = ines.starts(offered, tags=["wool", "moth-holes"])
    tagging.offer(offered, by=ines.here(offered), words=["WOOL"], tagged_by="hosts")
    assert fresh(topic).tagged == ["WOOL"]
    assert Tagging.objects.count() == 1


def test_only_who_shapes_the_community_offers(ines, moss, offered):
    moss.joins(offered, ines)
    with pytest.raises(Refused):
        tagging.offer(offered, by=moss.here(offered), words=["mine"], tagged_by="members")
    page = f"{offered.path}settings/tags/"
    assert moss.browser().post(page, {"words": "mine", "tagged_by": "hosts"}).status_code == 403
    assert ines.browser().post(page, {"words": "dye\n", "tagged_by": "hosts"}).status_code == 302
    assert words(ines, fresh(offered)) == ["dye"]


def test_a_members_word_is_known_to_those_alone_who_read_its_topic(ines, moss, juno, circle):
    """It was said to those who were there; who may not read the topic must not meet it."""
    moss.joins(circle, ines)
    shaping.reshape(circle, by=ines.here(circle), tagged_by="members")
    topic = moss.starts(fresh(circle), tags=["annas-divorce"])
    juno.joins(circle, ines)
    Membership.objects.filter(persona=juno.here(circle)).update(
        history_from=fresh(topic).last_post_at
    )
    assert words(ines, circle) == ["annas-divorce"]
    assert words(juno, circle) == []
    path = f"{circle.path}tags/annas-divorce/"
    assert ines.browser().get(path).status_code == 200
    assert juno.browser().get(path).status_code == 404
    nothing = juno.browser().get(f"{circle.path}tags/annas-wedding/")
    assert juno.browser().get(path).content == nothing.content or nothing.status_code == 404


def test_a_tags_page_is_cut_by_keyset_and_costs_the_same(ines, offered):
    for number in range(30):
        ines.starts(offered, f"Topic {number}", tags=["wool"] if number % 10 else [])
    tag = next(t for t in reads.tags(ines.viewer, offered) if t["word"] == "Wool")
    first = reads.topics(ines.viewer, offered, tag=tag["pk"])
    rest = reads.topics(ines.viewer, offered, first.after, tag=tag["pk"])
    titles = [row["title"] for row in (*first.rows, *rest.rows)]
    assert len(titles) == len(set(titles)) == 27
    browser, counted = ines.browser(), []
    for _ in range(2):
        browser.get(tag["path"])
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(tag["path"]).status_code == 200
        counted.append(len(caught))
        Tagging.objects.filter(conversation__title__contains="2").delete()
    assert counted[0] == counted[1]


def test_lists_are_by_activity_by_age_or_of_what_nobody_answered(ines, moss, circle):
    moss.joins(circle, ines)
    old, young = ines.starts(circle, "Old"), ines.starts(circle, "Young")
    moss.replies(old)

    def titles(**wish):
        return [r["title"] for r in reads.topics(ines.viewer, circle, wish=reads.Wish(**wish)).rows]

    assert titles() == ["Old", "Young"]
    assert titles(newest=True) == ["Young", "Old"]
    assert titles(unanswered=True) == ["Young"]
    page = ines.browser().get(f"{circle.path}?sort=unanswered").content.decode()
    assert "Young" in page
    assert f'href="{old.path}"' not in page
    assert fresh(young).last_seq == 1


def test_every_order_is_cut_by_keyset(ines, circle):
    for number in range(60):
        ines.starts(circle, f"Topic {number}")
    for wish in (reads.Wish(newest=True), reads.Wish(unanswered=True), reads.Wish()):
        seen, after = [], ""
        while True:
            page = reads.topics(ines.viewer, circle, after, wish=wish)
            seen += [row["title"] for row in page.rows]
            after = page.after
            if not after:
                break
        assert len(seen) == len(set(seen)) == 60, wish


def test_tags_are_chosen_on_the_page_and_kept_with_the_draft(ines, moss, offered):
    moss.joins(offered, ines)
    browser = moss.browser()
    page = f"{offered.path}topics/new/"
    kept = {"title": "Holes", "source": "Words", "tags": ["Wool"], "client_key": "k"}
    assert browser.post(f"{page}draft/", kept).status_code == 204
    assert Draft.objects.get().tags == ["Wool"]
    assert 'value="Wool"' in (html := browser.get(page).content.decode())
    assert "checked" in html.split('value="Wool"')[1][:80]
    browser.post(page, kept)
    topic = Conversation.objects.get(title="Holes")
    assert topic.tagged == ["Wool"]
    sending.undo(Post.objects.get(conversation=topic), by=moss.here(offered))
    assert Draft.objects.get().tags == ["Wool"], "and come back with what was not sent"
    assert drafting.KEPT.count("tags") == 1


def test_tags_go_with_the_title_when_its_author_takes_their_words_along(ines, moss, circle):
    moss.joins(circle, ines)
    shaping.reshape(circle, by=ines.here(circle), tagged_by="members")
    topic = moss.starts(fresh(circle), tags=["mine"])
    erasing.erase_words(moss.here(circle).pk)
    assert fresh(topic).tagged == []
    assert not Tag.objects.exists()


def test_an_empty_community_offers_questions_to_begin_with(ines, circle):
    from django.utils.html import escape

    from coterie.talk.views.topics import starters

    browser = ines.browser()
    page = browser.get(circle.path).content.decode()
    for words, path in starters(circle):
        assert escape(path) in page
        assert f'value="{words}"' in browser.get(path).content.decode()
    ines.starts(circle)
    assert "topics/new/?title=" not in browser.get(circle.path).content.decode()


def test_a_word_that_grows_when_it_is_folded_has_room(ines, circle):
    long = "\N{GREEK SMALL LETTER IOTA WITH DIALYTIKA AND TONOS}" * LONGEST_TAG
    assert len(key_of(long)) == Tag._meta.get_field("key").max_length
    tagging.offer(circle, by=ines.here(circle), words=[long], tagged_by="hosts")
    assert words(ines, circle) == [long]
