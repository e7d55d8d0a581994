"""A content note: all that is said stands folded behind it, wherever it is shown."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.core.verdict import Refused
from coterie.safety.reads.log import log
from coterie.talk import reads
from coterie.talk.actions import (
    drafting,
    erasing,
    holding,
    keeping_order,
    noting,
    planning,
    posting,
    sending,
)
from coterie.talk.models import Draft, Post, Said
from coterie.talk.tests.speaking import fresh
from coterie.talk.tests.test_pages import changes

pytestmark = pytest.mark.django_db

FOLD = '<details class="note"><summary data-word="note" dir="auto">spiders</summary>'
BY_HOSTS = '<summary data-word="hosts-note" dir="auto">spiders</summary>'


@pytest.fixture
def said(ines, moss, circle, topic):
    """What moss said about a spider."""
    moss.joins(circle, ines, name="Moss")
    return moss.replies(topic, "It has eight eyes.", note=" spiders \n")


def test_everything_of_it_is_folded_where_it_is_read(ines, said, topic):
    page = ines.browser().get(f"{topic.path}?at={said.public_id}").content.decode()
    start = page.index(FOLD)
    assert start < page.index("eight eyes") < page.index("</details>", start)
    assert page.count("eight eyes") == 1


def test_where_nothing_opens_the_note_alone_is_said(ines, moss, said, circle, topic):
    ines.replies(topic, "Really?", reply_to=said)
    browser = moss.browser()
    for path in (circle.path, f"{topic.path}?start", "/search/?q=eyes"):
        page = browser.get(path).content.decode()
        before = page.partition(FOLD)[0] + page.rpartition("</details>")[2]
        assert "eight eyes" not in before, path
    assert "⚠ spiders" in browser.get(f"{topic.path}?start").content.decode()
    assert "⚠ spiders" in ines.browser().get("/search/?q=eyes").content.decode()


def test_its_author_changes_note_and_words_and_both_can_be_read_back(moss, said, circle):
    posting.edit(said, by=moss.here(circle), source=said.source, note="arachnids")
    changed = fresh(said)
    assert (changed.note, changed.hosts_note) == ("arachnids", "")
    assert changed.edited_at
    assert FOLD in changed.versions.get().html
    posting.edit(changed, by=moss.here(circle), source="Only six.")
    assert fresh(said).note == "arachnids"
    answer = changes(moss.browser(), said, source="Only six.", note="")
    assert answer.status_code == 302
    assert fresh(said).note == ""
    assert fresh(said).html == '<p dir="auto">Only six.</p>'


def test_hosts_put_a_note_before_it_and_say_that_it_is_theirs(ines, moss, circle, topic):
    moss.joins(circle, ines)
    plain = moss.replies(topic, "It has eight eyes.")
    browser = ines.browser()
    assert browser.get(f"{plain.path}note/").status_code == 200
    assert browser.post(f"{plain.path}note/", {"note": "spiders"}).status_code == 302
    noted = fresh(plain)
    assert BY_HOSTS in noted.html
    assert noted.rev > plain.rev, "an open page hears of it"
    assert not noted.versions.exists()
    assert noted.edited_at is None


def test_the_log_tells_of_it(ines, moss, said, circle, topic):
    other = moss.replies(topic, "Ten.")
    noting.put(other, by=ines.here(circle), note="numbers")
    noting.take_away(fresh(other), by=ines.here(circle))
    lines = [row["words"] for row in log(ines.seat(circle)).rows]
    assert lines[:2] == [
        "The hosts took their content note from a post.",
        "The hosts put a content note before a post.",
    ]


def test_a_note_that_cannot_be_is_told_at_its_box_and_no_word_is_lost(ines, moss, said, circle):
    long = "x" * 81
    forms = {
        f"{said.conversation.path}posts/": {"source": "Ten.", "client_key": "k"},
        f"{circle.path}topics/new/": {"source": "Ten.", "title": "Legs", "client_key": "k"},
        f"{said.path}words/": {"source": "Ten."},
    }
    for path, words in forms.items():
        answer = moss.browser().post(path, words | {"note": long})
        page = answer.content.decode()
        assert answer.status_code == 422, path
        assert 'id="id_note_error"' in page
        assert f'value="{long}"' in page
        assert "Ten.</textarea>" in page
        if "words" not in path:
            assert re.search(r'<details class="asking noting"[^>]* open>', page)
    plain = moss.browser().get(f"{circle.path}topics/new/").content.decode()
    assert not re.search(r'<details class="asking noting"[^>]* open>', plain)


def test_a_host_who_was_not_the_first_keeps_the_words_of_the_note(ines, said, monkeypatch):
    def was_later(*args, **more):
        raise holding.ChangedMeanwhile

    monkeypatch.setattr(noting, "put", was_later)
    answer = ines.browser().post(f"{said.path}note/", {"note": "eyes"})
    assert answer.status_code == 422
    assert 'value="eyes"' in answer.content.decode()
    assert "Somebody else was first" in answer.content.decode()


def test_its_author_does_not_take_the_hosts_note_away(ines, moss, said, circle):
    noting.put(said, by=ines.here(circle), note="eyes")
    posting.edit(fresh(said), by=moss.here(circle), source="Only six.", note="")
    kept = fresh(said)
    assert (kept.note, kept.hosts_note) == ("spiders", "eyes")
    page = moss.browser().get(f"{said.path}words/").content.decode()
    assert 'name="note"' not in page
    assert "<bdi>eyes</bdi>" in page
    noting.take_away(kept, by=ines.here(circle))
    assert fresh(said).html.startswith(FOLD), "what its author had put before it is there again"


def test_the_form_of_the_hosts_begins_with_their_own_note_alone(ines, said, circle):
    browser = ines.browser()
    page = browser.get(f"{said.path}note/").content.decode()
    assert 'value="spiders"' not in page.replace("<option value=", "")
    browser.post(f"{said.path}note/", {"note": ""})
    assert (fresh(said).note, fresh(said).hosts_note) == ("spiders", "")
    noting.put(said, by=ines.here(circle), note="eyes")
    page = browser.get(f"{said.path}note/").content.decode()
    assert 'value="eyes"' in page.replace("<option value=", "")


def test_what_it_said_before_is_folded_behind_the_note_of_the_hosts(ines, moss, said, circle):
    posting.edit(said, by=moss.here(circle), source="Only six.", note="")
    posting.edit(fresh(said), by=moss.here(circle), source="Seven.")

    def earlier():
        page = ines.browser().get(f"{said.path}versions/").content.decode()
        shown = page.split('<section class="talk-version">')[1:]
        return [each.partition("</section>")[0] for each in shown]

    six, eight = earlier()
    assert "<details" not in six
    assert FOLD in eight
    noting.put(fresh(said), by=ines.here(circle), note="spiders")
    for each in earlier():
        assert each.index(BY_HOSTS) < each.index('<p dir="auto">')
        assert each.count("<details") == 1


def test_a_note_of_the_hosts_that_is_gone_stands_before_no_earlier_words(
    ines, moss, said, circle, topic
):
    plain = moss.replies(topic, "Ten legs.")
    for post in (plain, said):
        noting.put(fresh(post), by=ines.here(circle), note="eyes")
        posting.edit(fresh(post), by=moss.here(circle), source="Only six.")
        noting.take_away(fresh(post), by=ines.here(circle))
    page = ines.browser().get(f"{plain.path}versions/").content.decode()
    assert "Ten legs." in page
    assert "eyes" not in page
    posting.edit(fresh(said), by=moss.here(circle), source="Six.", note="")
    posting.edit(fresh(said), by=moss.here(circle), source="Five.")
    page = ines.browser().get(f"{said.path}versions/").content.decode()
    shown = page.split('<section class="talk-version">')[1:]
    assert [FOLD in each for each in shown] == [False, True, True]
    assert '<summary data-word="hosts-note"' not in page


def test_hosts_take_away_only_what_they_put_there(ines, said, circle):
    noting.take_away(said, by=ines.here(circle))
    assert fresh(said).note == "spiders"


def test_nobody_else_notes_what_another_said(ines, juno, said, circle, topic):
    juno.joins(circle, ines)
    with pytest.raises(Refused):
        noting.put(said, by=juno.here(circle), note="x")
    own = ines.replies(topic, "Mine.")
    with pytest.raises(Refused):
        noting.put(own, by=ines.here(circle), note="x")
    assert juno.browser().post(f"{said.path}note/", {"note": "x"}).status_code == 403


def test_two_who_change_it_at_once_do_not_lose_a_word(ines, moss, said, circle):
    held = fresh(said)
    posting.edit(fresh(said), by=moss.here(circle), source="Only six.")
    with pytest.raises(holding.ChangedMeanwhile):
        noting.put(held, by=ines.here(circle), note="eyes")
    held = fresh(said)
    noting.put(fresh(said), by=ines.here(circle), note="eyes")
    with pytest.raises(holding.ChangedMeanwhile):
        posting.edit(held, by=moss.here(circle), source="Seven.")


def test_notes_that_were_used_are_offered_to_those_who_read_them(ines, moss, said, circle, topic):
    ines.starts(circle, "Food", "Words.", note="Diet talk")
    ines.replies(topic, "More.", note="SPIDERS")
    plain = moss.replies(topic, "Plain.")
    noting.put(plain, by=ines.here(circle), note="numbers")
    assert reads.notes(moss.viewer, circle) == ["numbers", "SPIDERS", "Diet talk"]
    elsewhere = ines.founds(name="Elsewhere")
    ines.starts(elsewhere, "Apart", "Words.", note="secret talk")
    offered = moss.browser().get(f"{circle.path}notes/").content.decode()
    assert '<option value="Diet talk">' in offered
    assert "secret" not in offered
    assert moss.browser().get(f"{elsewhere.path}notes/").status_code == 404


def test_it_waits_in_a_draft_and_comes_back_with_words_that_did_not_go(moss, said, circle, topic):
    drafting.keep(fresh(topic), by=moss.here(circle), source="Or", note="moths")
    page = moss.browser().get(topic.path).content.decode()
    assert 'value="moths"' in page
    Draft.objects.all().delete()
    unsent = moss.starts_to_say(topic, "Nine.", note="numbers")
    sending.undo(unsent, by=moss.here(circle))
    assert Draft.objects.get().note == "numbers"


def test_it_waits_with_what_goes_out_later(moss, said, circle):
    at = timezone.now() + timedelta(days=1)
    waits = planning.plan_topic(
        circle,
        Said("Many.", note="moths"),
        by=moss.here(circle),
        at=at,
        client_key="k",
        title="Moths",
    )
    assert 'value="moths"' in moss.browser().get(waits.path).content.decode()
    assert planning.say_now(waits, by=moss.here(circle)).note == "moths"


def test_it_goes_with_the_words(ines, moss, said, circle, topic):
    other = moss.replies(topic, "Ten.", note="numbers")
    noting.put(other, by=ines.here(circle), note="ten")
    posting.retract(other, by=moss.here(circle))
    assert (fresh(other).note, fresh(other).hosts_note, fresh(other).html) == ("", "", "")
    keeping_order.remove_post(said, by=ines.here(circle))
    assert FOLD not in ines.browser().get(topic.path).content.decode()
    keeping_order.restore_post(fresh(said), by=ines.here(circle))
    assert (fresh(said).note, FOLD in fresh(said).html) == ("spiders", True)
    noting.put(fresh(said), by=ines.here(circle), note="eyes")
    erasing.erase_named_words(moss.here(circle).pk, community_id=circle.pk)
    assert not Post.objects.filter(persona=moss.here(circle)).exclude(note="").exists()
    assert (fresh(said).note, fresh(said).hosts_note) == ("", "")
