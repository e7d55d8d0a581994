"""A form is opened, saved, and sent once: what is saved late from the same opening is no draft."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.talk.actions import drafting
from coterie.talk.models import Draft, Planned
from coterie.talk.tests.speaking import fresh
from coterie.talk.tests.test_pages import hidden_key, text
from coterie.talk.tests.test_planning import plans, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(ines, moss, circle):
    moss.joins(circle, ines)
    return moss


def test_a_save_that_comes_after_the_change_of_a_plan_brings_nothing_back(member, circle):
    browser, planned = member.browser(), plans(member, circle)
    form = sent(client_key=hidden_key(text(browser.get(planned.path))), source="Other words.")
    assert browser.post(f"{planned.path}draft/", form).status_code == 204
    assert browser.post(planned.path, form).status_code == 302
    assert browser.post(f"{planned.path}draft/", form).status_code == 205
    assert not Draft.objects.exists()
    again = form | {"client_key": hidden_key(text(browser.get(planned.path))), "source": "More."}
    assert again["client_key"] != form["client_key"]
    assert browser.post(f"{planned.path}draft/", again).status_code == 204
    assert "More.</textarea>" in text(browser.get(planned.path))


def says(member, circle, topic, where):
    """Something is sent from the opening `k`; where its draft would be, and the page."""
    new = f"{circle.path}topics/new/"
    if where == "answer":
        member.replies(topic, "Cedar.", client_key="k")
        return fresh(topic), topic.path
    if where == "topic":
        member.starts(circle, "Moths", "Cedar.", client_key="k")
        return circle, new
    planned = plans(member, circle, client_key="k" if where == "plan" else "l")
    if where == "plan":
        return circle, new
    at = timezone.now() + timedelta(days=2)
    browser = member.browser()
    browser.post(planned.path, sent(client_key="k", later_day=f"{at:%Y-%m-%d}"))
    return planned, planned.path


@pytest.mark.parametrize("where", ["answer", "topic", "plan", "change"])
def test_a_save_that_its_sending_overtakes_brings_nothing_back(member, circle, topic, where):
    by, browser = member.here(circle), member.browser()
    place, page = says(member, circle, topic, where)
    assert not drafting.keep(place, by=by, source="Too late.", opening="k")
    # Both transactions were under way: the save had asked before the sending was there.
    drafting.put(place, by=by, source="Too late.", opening="k")
    assert "Too late." not in text(browser.get(page))
    drafting.bring_back(place, by=by, source="Undone.", voice="own", photos=[])
    assert Draft.objects.get().source == "Undone."
    assert drafting.keep(place, by=by, source="Since then.", opening="another")
    assert "Since then.</textarea>" in text(browser.get(page))


def test_another_s_key_and_no_key_are_no_opening_of_one_s_own(ines, member, circle, topic):
    ines.replies(topic, "Cedar.", client_key="k")
    plans(member, circle)
    for opening in ("k", ""):
        assert drafting.keep(topic, by=member.here(circle), source="Mine.", opening=opening)
        assert "Mine.</textarea>" in text(member.browser().get(topic.path))


def test_the_day_and_the_time_that_were_typed_are_kept(member, circle):
    browser, new = member.browser(), f"{circle.path}topics/new/"
    typed = {"later_day": "2031-02-03", "later_time": "09:30", "later_zone": "Europe/Berlin"}
    assert browser.post(f"{new}draft/", {"source": "Holes.", **typed}).status_code == 204
    planned = plans(member, circle, client_key="other")
    Draft.objects.exclude(place=circle.public_id).delete()
    for path in (new, planned.path):
        browser.post(f"{path}draft/", {"source": "Holes.", **typed})
        page = text(browser.get(path))
        for name, word in typed.items():
            assert f'name="{name}" value="{word}"' in page, (path, name)
        # They speak by the clock on which they were typed, not by that of this device.
        assert "data-own-zone" not in page
        browser.post(f"{path}draft/", {"source": "Holes.", "later_zone": "Europe/Berlin"})
        page = text(browser.get(path))
        assert "data-own-zone" in page
        assert Draft.objects.get(place=(planned if path != new else circle).public_id).later == {}


def test_the_time_of_a_plan_that_is_gone_waits_with_its_words(member, circle):
    browser, planned = member.browser(), plans(member, circle)
    form = sent(source="Other words.", later_day="2031-02-03")
    browser.post(f"{planned.path}disposal/")
    assert not Planned.objects.exists()
    page = text(browser.post(planned.path, form, follow=True))
    assert "Other words.</textarea>" in page
    assert 'value="2031-02-03"' in page
