"""What is begun and not sent waits for whoever began it, and for nobody else."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.actions import hosting, leaving
from coterie.communities.models import Community
from coterie.core.keeping import register
from coterie.core.verdict import Refused
from coterie.media.actions import using
from coterie.media.models import Picture
from coterie.talk.actions import drafting, erasing, planning
from coterie.talk.models import Draft, Post, Said, Voice
from coterie.talk.tests.speaking import fresh, seven_seconds_pass
from coterie.talk.tests.test_pages import changes, hidden_key, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


def save(browser, path, **words):
    return browser.post(f"{path}draft/", words).status_code


def test_what_is_begun_is_found_again_wherever_its_writer_signs_in(ines, member, circle, topic):
    browser, other_device = member.browser(), member.browser()
    answered = topic.posts.get()
    assert save(browser, topic.path, source="Half a", reply_to=answered.public_id) == 204
    assert save(browser, topic.path, source="Half a thought", reply_to=answered.public_id) == 204
    new = f"{circle.path}topics/new/"
    assert save(browser, new, title="Moths", source="Holes") == 204
    page = text(other_device.get(topic.path))
    assert "Half a thought</textarea>" in page
    assert f'name="reply_to" value="{answered.public_id}"' in page
    assert "Holes" in text(other_device.get(new))
    assert 'value="Moths"' in text(other_device.get(new))
    assert Draft.objects.count() == 2
    for path in (topic.path, new, circle.path):
        assert "Half a thought" not in text(ines.browser().get(path))
        assert "Holes" not in text(ines.browser().get(path))


def test_a_draft_is_gone_once_it_is_sent_and_a_late_save_brings_nothing_back(member, circle, topic):
    browser = member.browser()
    page = text(browser.get(topic.path))
    sent = {"source": "Cedar.", "client_key": hidden_key(page)}
    assert save(browser, topic.path, **sent) == 204
    assert browser.post(f"{topic.path}posts/", sent).status_code == 302
    assert save(browser, topic.path, **sent) == 205
    new = f"{circle.path}topics/new/"
    sent = {"title": "Moths", "source": "Holes", "client_key": hidden_key(text(browser.get(new)))}
    assert save(browser, new, **sent) == 204
    assert browser.post(new, sent).status_code == 302
    assert save(browser, new, **sent) == 205
    assert not Draft.objects.exists()


def test_a_draft_of_other_words_waits_beside_its_post(ines, topic):
    browser, post = ines.browser(), topic.posts.get()
    words = f"{post.path}words/"
    assert save(browser, words, source="Four evenings.") == 204
    assert "Four evenings." in text(browser.get(words))
    assert "Three evenings." in text(browser.get(post.path))
    assert changes(browser, post, source="Four evenings.").status_code == 302
    assert not Draft.objects.exists()


def test_whoever_deletes_the_last_letter_has_no_draft(member, topic):
    browser = member.browser()
    save(browser, topic.path, source="Half a thought")
    assert save(browser, topic.path, source=" ") == 204
    assert not Draft.objects.exists()


def test_the_address_says_whom_one_answers_and_the_draft_keeps_the_words(member, topic):
    browser, answered = member.browser(), topic.posts.get()
    save(browser, topic.path, source="Half a thought", reply_to=answered.public_id)
    page = text(browser.get(f"{topic.path}?reply="))
    assert "Half a thought</textarea>" in page
    assert f'value="{answered.public_id}"' not in page


def test_the_anonymous_voice_is_never_swapped_for_a_name_in_silence(ines, member, circle, topic):
    browser = member.browser()
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    save(browser, topic.path, source="Between us", voice=Voice.MEMBER)
    assert '<option value="member" selected>' in text(browser.get(topic.path))
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=False)
    for page in (topic.path, f"{circle.path}topics/new/"):
        save(browser, page, source="Between us", voice=Voice.MEMBER)
        shown = text(browser.get(page))
        assert "Choose who is speaking before you send it" in shown
        assert '<option value="" selected>' in shown
        assert 'value="own" selected' not in shown


@pytest.mark.parametrize("voice", [Voice.MEMBER, ""])
def test_without_a_voice_that_is_to_be_had_nothing_is_said(member, circle, topic, voice):
    browser, sent = member.browser(), {"source": "Between us", "voice": voice, "client_key": "k1"}
    new = f"{circle.path}topics/new/"
    for path, words in ((f"{topic.path}posts/", sent), (new, sent | {"title": "Quiet"})):
        answer = browser.post(path, words)
        assert answer.status_code == 422
        page = text(answer)
        assert "Between us</textarea>" in page
        assert "Choose who is speaking." in page
        assert '<option value="">' in page or '<option value="" selected>' in page
        assert 'value="own" selected' not in page
    assert not Post.objects.filter(client_key="k1").exists()
    assert browser.post(f"{topic.path}posts/", sent | {"voice": Voice.OWN}).status_code == 302


def test_what_is_saved_before_a_voice_is_chosen_waits_without_one(member, topic):
    browser = member.browser()
    assert save(browser, topic.path, source="Between us", voice="") == 204
    assert Draft.objects.get().voice == ""
    assert '<option value="" selected>' in text(browser.get(topic.path))


def test_words_for_two_voices_come_back_without_one(ines, member, circle, topic):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    by = member.here(circle)
    drafting.keep(topic, by=by, source="Nobody's", voice=Voice.MEMBER)
    drafting.bring_back(fresh(topic), by=by, source="Mine", voice=Voice.OWN, photos=[])
    draft = Draft.objects.get()
    assert (draft.voice, draft.source) == ("", "Mine\n\nNobody's")


def test_nobody_keeps_a_draft_where_they_do_not_sit(wren, juno, member, circle, topic):
    words = {"source": "Let me in"}
    for browser in (wren.browser(), juno.browser()):
        assert save(browser, topic.path, **words) == 404
        assert save(browser, f"{circle.path}topics/new/", **words) == 404
    with pytest.raises(Refused):
        drafting.keep(topic, by=wren.persona(), **words)
    assert save(member.browser(), f"{topic.posts.get().path}words/", **words) == 404
    assert not Draft.objects.exists()


def test_a_draft_lies_under_a_key_that_tells_neither_who_nor_where(member, circle, topic):
    browser, here = member.browser(), member.here(circle)
    pages = [text(browser.get(path)) for path in (topic.path, f"{circle.path}topics/new/")]
    key, other = (re.search(r'data-draft="([^"]+)"', page)[1] for page in pages)
    assert key != other
    for told in (str(here.pk), here.public_id, topic.public_id, circle.public_id):
        assert told not in key


def test_drafts_are_the_persona_s_own_to_take_and_go_with_it(ines, member, circle, topic):
    by = member.here(circle)
    drafting.keep(topic, by=by, source="MARKER words")
    assert "MARKER" in json.dumps(register[Draft].export(by.pk), default=str)
    assert register[Draft].export(ines.here(circle).pk) == []
    assert register[Draft].erase(by.pk) == 1
    drafting.keep(topic, by=by, source="MARKER words")
    drafting.keep(topic, by=ines.here(circle), source="Hers")
    erasing.erase_words(by.pk, community_id=circle.pk)
    assert Draft.objects.get().source == "Hers"


@pytest.mark.parametrize("end", [hosting.remove, hosting.ban])
def test_who_has_to_go_leaves_no_draft_behind(ines, member, circle, topic, end):
    by = member.here(circle)
    member.starts_to_say(topic, "Just saying")
    drafting.keep(topic, by=by, source="Half a thought")
    end(member.seat(circle), by=ines.here(circle))
    seven_seconds_pass()
    assert not Draft.objects.exists()
    assert fresh(topic).last_seq == 1


def test_who_leaves_leaves_no_draft_behind(member, circle, topic):
    drafting.keep(topic, by=member.here(circle), source="Half a thought")
    leaving.leave(member.seat(circle), by=member.here(circle))
    assert not Draft.objects.exists()


def test_a_draft_knows_the_day_and_is_forgotten_after_half_a_year(member, circle, topic):
    by = member.here(circle)
    drafting.keep(topic, by=by, source="Half a thought")
    assert Draft.objects.get().kept_on == timezone.now().date()
    assert drafting.forget_old() == 0
    Draft.objects.update(kept_on=timezone.now().date() - timedelta(days=181))
    assert drafting.forget_old() == 1
    assert fresh(topic).last_seq == 1


def test_a_draft_of_what_went_with_its_topic_is_forgotten(ines, circle, topic):
    by, at = ines.here(circle), timezone.now() + timedelta(days=1)
    planned = planning.plan_answer(topic, Said("Later."), by=by, at=at, client_key="k")
    for place in (circle, topic, topic.posts.get(), planned):
        drafting.keep(place, by=by, source="Half a thought")
    assert drafting.forget_old() == 0
    planned.delete()
    assert drafting.forget_old() == 1
    assert not Draft.objects.filter(place=planned.public_id).exists()


def test_photos_wait_for_as_long_as_their_draft(member, circle, topic):
    by, old = member.here(circle), timezone.now() - timedelta(days=9)
    made = {"persona": by, "community": circle, "width": 4, "height": 3, "bytes": 1}
    mine, forgotten = (Picture.objects.create(**made, made_at=old) for _photo in range(2))
    drafting.keep(topic, by=by, source="Look", photos=[mine.public_id])
    using.sweep()
    assert list(Picture.objects.all()) == [mine]
    assert forgotten not in Picture.objects.all()
    drafting.keep(topic, by=by, source="Look, without")
    using.sweep()
    assert not Picture.objects.exists()


def test_what_was_typed_before_a_change_was_saved_does_not_come_back(ines, topic):
    """The page kept the words once more; that arrives after they were saved."""
    browser, post = ines.browser(), topic.posts.get()
    words = f"{post.path}words/"
    page = text(browser.get(words))
    drawn = re.search(r'name="as_drawn" value="([^"]+)"', page)[1]
    typed = {"client_key": hidden_key(page), "as_drawn": drawn, "source": "Second words"}
    assert save(browser, words, **typed) == 204
    assert browser.post(words, typed).status_code == 302
    assert save(browser, words, **typed | {"source": "Second wor"}) == 205
    assert not Draft.objects.exists()
    again = text(browser.get(words))
    assert "Second words</textarea>" in again
    typed |= {"client_key": hidden_key(again), "source": "Third"}
    assert save(browser, words, **typed) == 204
