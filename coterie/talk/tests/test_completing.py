"""Whom and what a composer offers to whoever writes, and what a preview shows."""

import html
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community, Membership
from coterie.media.models import Picture
from coterie.pure.markup import MAX_SOURCE, render
from coterie.talk.actions import keeping_order, posting
from coterie.talk.actions.wording import MOST_SPOILERS
from coterie.talk.composing import with_quote
from coterie.talk.models import Asked, Conversation, Draft, Kind, Poll, Post, Voice
from coterie.talk.views import composing

pytestmark = pytest.mark.django_db
HOST = '@"ines of Mending circle"'


@pytest.fixture(autouse=True)
def rested():
    cache.clear()


@pytest.fixture
def members(ines, moss, juno, circle):
    moss.joins(circle, ines, name="Moss")
    juno.joins(circle, ines, name="salt & thistle")
    return moss, juno


def offered(who, community, **asked):
    """What is written for each choice, in the order in which they stand there."""
    answer = who.browser().get(f"{community.path}completions/", asked)
    assert answer.status_code == 200
    return [html.unescape(put) for put in re.findall(r'data-put="([^"]*)"', answer.text)]


def test_a_member_is_found_by_the_beginning_of_any_word_of_their_name(ines, members, circle):
    assert offered(ines, circle, at="") == ["@Moss", '@"salt & thistle"']
    assert offered(ines, circle, at="mo") == ["@Moss"]
    assert offered(ines, circle, at="THI") == ['@"salt & thistle"']
    assert offered(ines, circle, at="oss") == []


def test_a_name_of_other_letters_is_found_however_it_is_capitalised(ines, moss, circle):
    moss.joins(circle, ines, name="Özlem")
    assert offered(ines, circle, at="öz") == ["@Özlem"]


def test_what_is_typed_is_no_pattern(ines, members, circle):
    assert offered(ines, circle, at="%") == offered(ines, circle, at="M_ss") == []


def test_nobody_is_offered_to_themselves_nor_from_elsewhere(ines, members, wren, circle):
    moss, _juno = members
    wren.founds(name="Elsewhere")
    assert offered(moss, circle, at="") == [HOST, '@"salt & thistle"']


def test_who_may_not_be_met_is_not_offered(ines, members, circle):
    moss, juno = members
    keeping_away.block(juno.seat(circle), by=moss.here(circle))
    assert offered(moss, circle, at="") == offered(juno, circle, at="") == [HOST]
    keeping_away.mute(moss.seat(circle), by=ines.here(circle))
    assert offered(ines, circle, at="mo") == []


def test_who_keeps_out_of_the_directory_is_offered_to_nobody(ines, members, circle):
    moss, juno = members
    Membership.objects.filter(persona=juno.here(circle)).update(hidden=True)
    assert offered(ines, circle, at="") == ["@Moss"]
    assert offered(moss, circle, at="") == [HOST]


def test_where_members_do_not_meet_the_hosts_alone_are_offered(members, circle):
    Community.objects.filter(pk=circle.pk).update(members_meet=False)
    assert offered(members[0], circle, at="") == [HOST]


def test_who_spoke_in_the_conversation_comes_first_unless_without_their_name(
    ines, members, circle, topic
):
    _moss, juno = members
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    here = topic.public_id
    juno.replies(topic, "Nobody knows.", voice=Voice.MEMBER)
    assert offered(ines, circle, at="", **{"in": here}) == ["@Moss", '@"salt & thistle"']
    juno.replies(topic, "It was cedar.")
    assert offered(ines, circle, at="", **{"in": here}) == ['@"salt & thistle"', "@Moss"]


def test_what_is_taken_back_or_was_said_before_one_came_puts_nobody_first(
    ines, members, circle, topic
):
    moss, juno = members
    room = Conversation.objects.get(community=circle, kind=Kind.ROOM)
    first = ['@"salt & thistle"', "@Moss"]
    said = juno.replies(topic, "It was cedar.")
    juno.replies(room, "Good morning.")
    for place in (topic, room):
        assert offered(ines, circle, at="", **{"in": place.public_id}) == first
    posting.retract(said, by=juno.here(circle))
    assert offered(ines, circle, at="", **{"in": topic.public_id}) == first[::-1]
    again = juno.replies(topic, "It was pine.")
    keeping_order.remove_post(again, by=ines.here(circle))
    assert offered(ines, circle, at="", **{"in": topic.public_id}) == first[::-1]
    late = Membership.objects.filter(persona=moss.here(circle))
    assert offered(moss, circle, at="", **{"in": room.public_id}) == [first[0], HOST]
    late.update(history_from=timezone.now())
    assert offered(moss, circle, at="", **{"in": room.public_id}) == [HOST, first[0]]


def test_a_conversation_that_one_does_not_read_tells_nothing_by_the_order(
    ines, moss, juno, wren, circle, topic
):
    wren.joins(circle, ines, name="ada")
    juno.joins(circle, ines, name="zita")
    moss.joins(circle, ines)
    juno.replies(topic, "Before moss came.")
    here = {"at": "", "in": topic.public_id}
    assert offered(moss, circle, **here) == [HOST, "@zita", "@ada"]
    later = topic.started_at + timedelta(days=1)
    Membership.objects.filter(persona=moss.here(circle)).update(history_from=later)
    assert offered(moss, circle, **here) == ["@ada", HOST, "@zita"]


def test_tags_are_offered_by_any_part_of_them_those_first_that_begin_so(ines, circle):
    for word in ("moth-holes", "wool", "Holes"):
        circle.tags.create(word=word, key=word.casefold())
    assert offered(ines, circle, tag="HOL") == ["#Holes", "#moth-holes"]


def test_an_outsider_finds_neither_where_there_is_something_to_read(ines, members, wren):
    forum = ines.founds(name="Open", found_by="everyone", seen_by="everyone")
    for browser in (wren.browser(), Client()):
        assert browser.get(f"{forum.path}completions/", {"at": ""}).status_code == 404
        assert browser.post(f"{forum.path}preview/", {"source": "Hi"}).status_code == 404


def test_a_preview_is_what_the_post_will_be_and_nothing_of_it_is_kept(ines, circle, topic):
    source = "**Bold**, `code` and <script>alert(1)</script>\n\n> - a list"
    answer = ines.browser().post(f"{circle.path}preview/", {"source": source})
    assert f'<div class="post__body prose" dir="auto">{render(source)}</div>' in answer.text
    assert ines.here(circle).name in answer.text
    assert Post.objects.count() == 1
    assert not Draft.objects.exists()


def test_names_and_tags_lead_where_they_will_in_a_preview(ines, members, circle):
    said = {"source": "@Moss and @Nobody, see #wool"}
    shown = ines.browser().post(f"{circle.path}preview/", said).text
    seat = Membership.objects.get(persona__name="Moss", community=circle)
    assert f'href="{circle.path}members/{seat.public_id}/"' in shown
    assert f'href="{circle.path}tags/wool/"' in shown
    assert "Nobody</a>" not in shown


def previewed(person, place, **said):
    answer = person.browser().post(f"{place.path}preview/", {"source": "Words."} | said)
    return answer.text


def test_a_preview_says_as_whom(ines, moss, circle):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    name = ines.here(circle).name
    assert name in previewed(ines, circle)
    for voice, word in ((Voice.MEMBER, "member"), (Voice.HOSTS, "hosts")):
        shown = previewed(ines, circle, voice=voice)
        assert f'data-word="{word}"' in shown
        assert name not in shown
    moss.joins(circle, ines)
    for voice in (Voice.HOSTS, "somebody", ""):
        assert "Choose who is speaking." in previewed(moss, circle, voice=voice)


def test_a_preview_shows_all_that_is_sent(ines, moss, circle, topic):
    moss.joins(circle, ines)
    said = {"note": "moths", "title": "Wool", "tags": "linen", "more_tags": "Wool hats, ,wool-hats"}
    said |= {
        "poll_options": "Red\nBlue",
        "poll_hours": "24",
        "reply_to": topic.posts.get().public_id,
    }
    photos = [
        Picture.objects.create(
            persona=who.here(circle), community=circle, width=40, height=30, bytes=1
        )
        for who in (ines, moss)
    ]
    ids = [photo.public_id for photo in photos]
    said |= {"photo": ids, f"alt.{ids[0]}": "A <hat>", "in": topic.public_id}
    shown = previewed(ines, circle, **said)
    assert '<summary data-word="note" dir="auto">moths</summary>' in shown
    assert "<bdi>Wool</bdi>" in shown
    assert [f"#<bdi>{word}</bdi>" in shown for word in ("linen", "wool-hats")] == [True, True]
    assert shown.count("/tags/") == 2
    assert "<bdi>Red</bdi>" in shown
    assert 'data-word="until"' in shown
    assert "post__quote" in shown
    assert f"/m/{ids[0]}/" in shown
    assert "A &lt;hat&gt;" in shown
    assert ids[1] not in shown, "another's"
    assert "field__wrong" in previewed(ines, circle, poll_options="only one")
    assert (Post.objects.count(), Poll.objects.count()) == (1, 0)


def test_a_preview_is_drawn_as_the_post_is(ines, circle, topic):
    shown = previewed(ines, circle, source="**Bold** #wool", note="moths", poll_options="a\nb")
    post = ines.replies(topic, "**Bold** #wool", note="moths", asked=Asked(("a", "b")))
    told = ines.browser().get(topic.path).text
    article = re.search(rf'<article class="post" id="p-{post.public_id}".*?</article>', told, re.S)
    mine = re.search(r'<article class="post" id="p-preview".*?</article>', shown, re.S)

    def plainly(html):
        html = re.sub(r'datetime="[^"]*"|[\d-]{10} \d\d:\d\d|href="[^"]*"|data-seq="\d+"', "", html)
        html = re.sub(r'data-poll="[^"]*"|id="[^"]*"', "", html)
        return re.sub(r"\s+>", ">", html)

    assert plainly(mine[0]) == plainly(article[0])


def test_in_a_room_a_preview_is_a_bubble(ines, circle):
    Community.objects.filter(pk=circle.pk).update(chat=True)
    room = Conversation.objects.create(
        community=circle, kind=Kind.ROOM, title="Hall", see=circle.seen_by
    )
    assert 'class="bubble"' in previewed(ines, circle, **{"in": room.public_id})
    assert 'class="post"' in previewed(ines, circle, **{"in": "nothing"})


def test_what_is_changed_is_shown_in_the_voice_in_which_it_was_said(ines, moss, circle, topic):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    post = ines.replies(topic, "Mine.", voice=Voice.MEMBER)
    shown = previewed(ines, circle, of=post.public_id)
    assert 'data-word="member"' in shown
    assert ines.here(circle).name not in shown
    moss.joins(circle, ines)
    assert moss.here(circle).name in previewed(moss, circle, of=post.public_id)


@pytest.mark.parametrize("source", ["", "  ", "x" * (MAX_SOURCE + 1)])
def test_what_cannot_be_said_has_no_preview_but_a_reason(ines, circle, source):
    answer = ines.browser().post(f"{circle.path}preview/", {"source": source})
    assert answer.status_code == 422
    assert 'class="field__wrong"' in answer.text


def test_a_preview_refuses_what_sending_refuses(ines, circle):
    many = {"source": "||a|| " * (MOST_SPOILERS + 1)}
    answer = ines.browser().post(f"{circle.path}preview/", many)
    assert answer.status_code == 422
    assert f"At most {MOST_SPOILERS} passages" in answer.text


def test_a_preview_takes_the_token_of_the_form(ines, circle):
    browser = ines.browser()
    browser.handler.enforce_csrf_checks = True
    assert browser.post(f"{circle.path}preview/", {"source": "Hi"}).status_code == 403


def test_whoever_asks_without_end_is_asked_to_wait(ines, circle, monkeypatch):
    monkeypatch.setattr(composing, "PREVIEWS", 2)
    monkeypatch.setattr(composing, "COMPLETIONS", 2)
    browser = ines.browser()
    for _ in range(2):
        assert browser.post(f"{circle.path}preview/", {"source": "Hi"}).status_code == 200
        assert browser.get(f"{circle.path}completions/", {"at": ""}).status_code == 200
    assert browser.post(f"{circle.path}preview/", {"source": "Hi"}).status_code == 429
    assert browser.get(f"{circle.path}completions/", {"at": ""}).status_code == 429


def test_a_post_is_quoted_from_its_own_page_into_an_answer_to_it(ines, moss, circle, topic):
    moss.joins(circle, ines)
    post = moss.replies(topic, "Linen, or **cotton**?\n\nOr wool.")
    browser = ines.browser()
    way = f"{topic.path}?quote={post.public_id}"
    assert f'href="{way}#say"' in browser.get(post.path).text
    browser.post(f"{topic.path}draft/", {"source": "I think:"})
    page = browser.get(way).text
    words = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    assert html.unescape(words) == "I think:\n\n> Linen, or cotton?\n> Or wool.\n\n"
    assert f'name="reply_to" value="{post.public_id}"' in page


def test_a_quote_stands_there_once_however_often_the_page_is_opened():
    once = with_quote("", "Linen?")
    assert once == "> Linen?\n\n"
    assert with_quote(once, "Linen?") == once


def test_what_somebody_across_a_block_said_is_not_quoted(ines, moss, juno, circle, topic):
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    post = juno.replies(topic, "Nothing for moss.")
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    assert "Nothing for moss" not in moss.browser().get(f"{topic.path}?quote={post.public_id}").text
