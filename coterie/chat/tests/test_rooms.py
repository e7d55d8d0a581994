"""Rooms: who finds them, who reads and writes in them, and what a page shows."""

import json

import pytest

from coterie.chat import reads
from coterie.chat.actions import opening
from coterie.communities.actions import hosting, leaving, shaping
from coterie.communities.models import Circle, Community
from coterie.core.verdict import Refused
from coterie.media.models import Picture
from coterie.talk.actions import drafting, keeping_order, posting
from coterie.talk.models import Conversation, Kind, Post, Voice
from coterie.talk.tests.speaking import fresh
from coterie.talk.topics import ConversationTopic

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def listens(person, room):
    return ConversationTopic().grant(person.viewer, room.public_id) is not None


def say(person, room, words, key, voice=Voice.OWN, **more):
    said = {"source": words, "client_key": key, "voice": voice}
    return person.browser().post(f"{room.path}posts/", said, **more)


def test_a_group_with_chat_begins_with_one_room_and_a_forum_with_none(ines, circle, room):
    assert room.title == "General"
    forum = ines.founds("Forum", preset="forum")
    assert not Conversation.objects.filter(community=forum).exists()
    shaping.reshape(fresh(forum), by=ines.here(forum), chat=True)
    shaping.reshape(fresh(forum), by=ines.here(forum), shows_size=True)
    assert Conversation.objects.filter(community=forum, kind=Kind.ROOM).count() == 1


def test_members_read_an_empty_room_and_outsiders_nothing(ines, juno, wren, circle, room):
    juno.joins(circle, ines)
    assert juno.sees(room)
    assert listens(juno, room)
    for outsider in (wren,):
        assert not outsider.sees(room)
        assert not listens(outsider, room)
        assert outsider.browser().get(room.path).status_code == 404
        assert outsider.browser().get(f"{circle.path}rooms/").status_code == 404
        assert say(outsider, room, "Hello", "k1").status_code == 404


def test_what_is_said_is_out_at_once_and_lands_once(ines, juno, circle, room):
    juno.joins(circle, ines)
    answers = [say(juno, room, "Kettle is **on**", "k1", **JSON) for _ in range(3)]
    told = [json.loads(answer.content) for answer in answers]
    assert told[0] == told[1] == told[2]
    assert told[0]["seq"] == 1
    assert "<strong>on</strong>" in told[0]["html"]
    assert Post.objects.filter(conversation=room).count() == 1
    page = ines.browser().get(room.path).content.decode()
    assert "<strong>on</strong>" in page
    plain = say(juno, room, "And hot", "k2")
    assert plain.status_code == 302
    assert plain.url.startswith(f"{room.path}?newest#p-")


def test_a_refusal_is_a_sentence_and_keeps_the_words(ines, juno, circle, room):
    juno.joins(circle, ines)
    keeping_order.lock(fresh(room), by=ines.here(circle))
    told = say(juno, room, "Too late", "k1", **JSON)
    assert told.status_code == 422
    assert "locked" in json.loads(told.content)["sentence"]
    assert "Too late" in say(juno, room, "Too late", "k1").content.decode()
    assert say(ines, room, "A host goes on", "k2", **JSON).status_code == 200


def test_with_rooms_switched_off_they_can_only_be_read(ines, juno, circle, room):
    juno.joins(circle, ines)
    juno.replies(room, "Still here")
    shaping.reshape(fresh(circle), by=ines.here(circle), chat=False)
    assert "Still here" in juno.browser().get(room.path).content.decode()
    with pytest.raises(Refused, match="switched off"):
        juno.replies(room, "More")
    assert "rooms/" not in juno.browser().get(circle.path).content.decode()


def test_hosts_open_rooms_and_members_do_not(ines, juno, circle):
    juno.joins(circle, ines)
    path = f"{circle.path}rooms/"
    assert juno.browser().post(path, {"name": "Ours"}).status_code == 422
    opened = ines.browser().post(path, {"name": "  Saturday   table "})
    assert opened.status_code == 302
    assert Conversation.objects.get(title="Saturday table").kind == Kind.ROOM
    again = ines.browser().post(path, {"name": "saturday table"})
    assert again.status_code == 422
    assert "already" in again.content.decode()


def test_a_hosts_room_is_the_hosts_alone(ines, juno, moss, wren, circle, hosts_room):
    for member in (juno, moss):
        member.joins(circle, ines)
    ines.replies(hosts_room, "Between us")
    for outsider in (juno, moss, wren):
        assert not outsider.sees(hosts_room)
        assert not listens(outsider, hosts_room)
        assert outsider.browser().get(hosts_room.path).status_code == 404
        assert outsider.browser().get(f"/t/{hosts_room.public_id}/").status_code == 404
    listed = [room["title"] for room in reads.rooms(juno.viewer, circle)]
    assert listed == ["General"]
    assert "Between us" not in juno.browser().get("/talk/").content.decode()


def test_who_gets_or_loses_the_duty_comes_into_and_falls_out_of_the_hosts_room(
    ines, juno, circle, hosts_room
):
    juno.joins(circle, ines)
    version = Circle.objects.get().access_version
    hosting.make_moderator(juno.seat(circle), by=ines.here(circle), duties=["talk"])
    assert juno.sees(hosts_room)
    assert listens(juno, hosts_room)
    assert Circle.objects.get().access_version == version
    hosting.make_moderator(juno.seat(circle), by=ines.here(circle), duties=["door"])
    assert not juno.sees(hosts_room)
    assert Circle.objects.get().access_version == version + 1
    hosting.hand_over(juno.seat(circle), by=ines.here(circle))
    assert juno.sees(hosts_room)
    assert not ines.sees(hosts_room)


def test_who_left_as_a_host_and_comes_back_as_a_member_stays_out(ines, juno, circle, hosts_room):
    juno.joins(circle, ines)
    hosting.make_host(juno.seat(circle), by=ines.here(circle))
    assert juno.sees(hosts_room)
    leaving.leave(juno.seat(circle), by=juno.here(circle))
    juno.joins(circle, ines)
    assert not juno.sees(hosts_room)
    assert not listens(juno, hosts_room)


def test_who_is_banned_reads_no_room(ines, juno, circle, room):
    juno.joins(circle, ines)
    juno.replies(room, "Buy now")
    hosting.ban(juno.seat(circle), by=ines.here(circle), sentence="No.")
    assert not juno.sees(room)
    assert not listens(juno, room)
    assert juno.browser().get(room.path).status_code == 404


def test_a_room_keeps_its_name_when_the_host_who_opened_it_goes(ines, juno, circle):
    juno.joins(circle, ines)
    hosting.make_host(juno.seat(circle), by=ines.here(circle))
    made = opening.open_room(fresh(circle), by=juno.here(circle), name="Swaps")
    leaving.leave_and_take_posts(juno.seat(circle), by=juno.here(circle))
    assert Conversation.objects.get(pk=made.pk).title == "Swaps"


def test_rooms_are_no_topics_but_count_as_news(ines, juno, circle, room):
    juno.joins(circle, ines)
    ines.replies(room, "Who is there?")
    home = juno.browser().get(circle.path).content.decode()
    assert "General" not in home[home.index('id="topic-list"') : home.index("</main>")]
    news = juno.browser().get("/talk/").content.decode()
    assert f'href="{room.path}"' in news
    assert reads.rooms(juno.viewer, circle)[0]["unread"] == 1
    juno.browser().get(room.path)
    assert reads.rooms(juno.viewer, circle)[0]["unread"] == 0


def test_narrowing_a_community_narrows_its_rooms(ines, wren):
    forum = ines.founds("Forum", preset="forum", chat=True)
    room = Conversation.objects.get(community=forum)
    ines.replies(room, "In the open")
    assert wren.sees(room)
    shaping.reshape(fresh(forum), by=ines.here(forum), seen_by="members")
    assert not wren.sees(room)


def lines(page):
    return [(post["public_id"], post["same"]) for post in page.posts]


def shown(person, room, **more):
    found = Conversation.objects.visible_to(person.viewer).with_seen(person.viewer)
    return reads.room(
        person.viewer, found.select_related("community__parent").get(pk=room.pk), **more
    )


def test_words_of_one_mouth_are_drawn_together_but_never_those_of_nobody(ines, juno, circle, room):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    juno.joins(circle, ines)
    said = [
        ines.replies(room, "One"),
        ines.replies(room, "Two"),
        juno.replies(room, "Three"),
        juno.replies(room, "Four", voice="member"),
        juno.replies(room, "Five", voice="member"),
    ]
    same = [False, True, False, False, False]
    assert lines(shown(ines, room)) == list(
        zip([post.public_id for post in said], same, strict=True)
    )


def test_a_page_begins_at_the_seam_and_goes_on_both_ways(ines, juno, circle, room):
    juno.joins(circle, ines)
    juno.replies(room, "I was here")
    for number in range(120):
        ines.replies(room, f"Word {number}")
    page = shown(juno, room)
    assert page.first_new == page.posts[1]["public_id"]
    assert page.before == ""
    assert page.after
    later = shown(juno, room, after=page.after)
    assert later.before == later.posts[0]["public_id"]
    newest = shown(juno, room, newest=True)
    assert newest.posts[-1]["seq"] == 121
    assert (newest.after, newest.read_seq) == ("", 121)
    earlier = shown(juno, room, before=newest.before)
    assert earlier.posts[-1]["seq"] == newest.posts[0]["seq"] - 1


def test_what_was_sent_can_be_taken_back_at_once(ines, juno, circle, room):
    juno.joins(circle, ines)
    post = juno.replies(room, "Oops")
    posting.retract(fresh(post), by=juno.here(circle))
    page = ines.browser().get(room.path).content.decode()
    assert "Oops" not in page
    assert 'data-word="retracted"' in page


def test_a_photo_can_be_sent_without_words(ines, circle, room):
    photo = Picture.objects.create(
        persona=ines.here(circle), community=circle, width=40, height=30, alt="A seam", bytes=1
    )
    alt = {f"alt.{photo.public_id}": "A seam"}
    sent = {"source": "", "client_key": "k1", "photo": photo.public_id} | alt
    assert ines.browser().post(f"{room.path}posts/", sent).status_code == 302
    assert 'alt="A seam"' in ines.browser().get(room.path).content.decode()
    assert say(ines, room, "", "k2", **JSON).status_code == 422


def test_a_room_never_swaps_the_anonymous_voice_for_a_name(ines, juno, circle, room):
    juno.joins(circle, ines)
    for person in (ines, juno):
        Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
        by = person.here(circle)
        drafting.keep(room, by=by, source="Between us", voice=Voice.MEMBER)
        Community.objects.filter(pk=circle.pk).update(anonymous_voice=False)
        page = person.browser().get(room.path).content.decode()
        assert "Choose who is speaking before you send it" in page
        assert '<option value="" selected>' in page
        told = say(person, room, "Between us", "k1", voice=Voice.MEMBER, **JSON)
        assert told.status_code == 422
        assert "Choose who is speaking" in json.loads(told.content)["sentence"]
    assert not Post.objects.filter(conversation=room).exists()


def test_a_host_slows_a_room_down_on_its_page(ines, moss, circle, room):
    moss.joins(circle, ines)
    browser, page = ines.browser(), f"/t/{room.public_id}/title/"
    assert "Slow mode" in browser.get(page).content.decode()
    assert "Other tags" not in browser.get(page).content.decode()
    browser.post(f"/t/{room.public_id}/pace/", {"seconds": 300})
    own, sent = moss.browser(), {"source": "One.", "client_key": "a"}
    as_script = {"accept": "application/json"}
    assert own.post(f"{room.path}posts/", sent, headers=as_script).status_code == 200
    again = sent | {"client_key": "b", "source": "Two."}
    told = own.post(f"{room.path}posts/", again, headers=as_script)
    assert "everybody waits a little" in json.loads(told.content)["sentence"]
    assert "Slow mode" in own.get(room.path).content.decode()
    assert own.get(page).status_code == 404
    browser.post(page, {"title": "The long table"})
    assert fresh(room).title == "The long table"
