"""What is begun and not sent waits for whoever began it, and for nobody else."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.actions import leaving
from coterie.communities.models import Community
from coterie.core.keeping import register
from coterie.core.verdict import Refused
from coterie.talk.actions import drafting, erasing
from coterie.talk.models import Draft, Voice
from coterie.talk.tests.speaking import fresh
from coterie.talk.tests.test_pages import hidden_key, text

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
    browser.post(words, {"source": "Four evenings."})
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
    page = text(browser.get(topic.path))
    assert "would be said under your name" in page
    assert 'name="voice" value="own"' in page


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
    assert "MARKER" in json.dumps(register[Draft].export(by.pk))
    assert register[Draft].export(ines.here(circle).pk) == []
    assert register[Draft].erase(by.pk) == 1
    drafting.keep(topic, by=by, source="MARKER words")
    drafting.keep(topic, by=ines.here(circle), source="Hers")
    erasing.erase_words(by.pk, community_id=circle.pk)
    assert Draft.objects.get().source == "Hers"


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
