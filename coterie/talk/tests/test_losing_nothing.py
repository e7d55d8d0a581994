"""In a real browser: whatever takes the page away, the words are there; and second thoughts."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from coterie.config import wiring
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.talk.actions import drafting
from coterie.talk.models import Draft, Post
from coterie.talk.tests.test_planning import plans, the_time_comes
from tests.browser import axe, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = "#say textarea"


@pytest.fixture
def signed_in(chromium, live_server):
    """A browser of its own in which somebody is signed in."""
    host = live_server.url.replace("127.0.0.1", "localhost")
    contexts = []

    def opened(who, **more):
        context = person(chromium, base_url=host, **more)
        contexts.append(context)
        cookie = who.browser().cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
        )
        return context

    yield opened
    for context in contexts:
        context.close()


def stored(page):
    """What lies of drafts on this device."""
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))")


def saved(page):
    return page.expect_response(lambda answer: answer.url.endswith("/draft/"))


def test_the_words_outlive_a_killed_tab_and_go_to_another_device(signed_in, moss, ines, topic):
    moss.joins(topic.community, ines)
    device, other = signed_in(moss), signed_in(moss, phone=True)
    page = device.new_page()
    page.goto(topic.path)
    page.type(BOX, "Half a thought")
    page.close()  # before the second in which it would have been saved
    page = device.new_page()
    with saved(page):
        page.goto(topic.path)
    assert page.input_value(BOX) == "Half a thought"
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('draft:'))")
    second = other.new_page()
    second.goto(topic.path)
    assert second.input_value(BOX) == "Half a thought"
    page.click("#say button[type=submit]")
    page.wait_for_url(re.compile("at="))
    assert page.input_value(BOX) == ""
    assert stored(page) == []
    assert not Draft.objects.exists()
    second.reload()
    assert second.input_value(BOX) == ""


def test_without_a_network_nothing_is_lost(signed_in, ines, topic):
    device = signed_in(ines)
    page = device.new_page()
    page.goto(topic.path)
    device.set_offline(True)
    page.type(BOX, "In a tunnel")
    page.click("#say button[type=submit]")
    device.set_offline(False)
    page.goto(topic.path)
    assert page.input_value(BOX) == "In a tunnel"
    assert Post.objects.count() == 1


def test_what_was_sent_from_a_page_that_died_does_not_come_back(signed_in, ines, topic):
    device = signed_in(ines)
    page = device.new_page()
    page.goto(topic.path)
    page.type(BOX, "Said once")
    held = page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])")
    page.click("#say button[type=submit]")
    page.wait_for_url(re.compile("at="))
    page.evaluate(
        "kept => localStorage.setItem('draft:' + document.forms.say.dataset.draft, kept)", held
    )
    with saved(page) as answer:
        page.goto(topic.path)
    assert answer.value.status == 205
    page.wait_for_function(f"document.querySelector('{BOX}').value === ''")
    assert stored(page) == []


def test_signing_out_takes_every_unsent_word_off_the_device(signed_in, ines, topic):
    device = signed_in(ines)
    page = device.new_page()
    page.goto(topic.path)
    page.type(BOX, "Nobody else's")
    assert stored(page)
    page.goto("/sign-out/")
    page.evaluate("localStorage.setItem('draft:of-a-tab-without-network', '{}')")
    page.click("form[data-leave] button[type=submit]")
    page.wait_for_url("**/")
    assert stored(page) == []


def test_a_draft_of_a_persona_is_not_another_s(signed_in, ines, circle, topic):
    other_place = ines.founds("Natural dyeing")
    there = ines.starts(other_place, "Madder", "Red.")
    drafting.keep(topic, by=ines.here(circle), source="For the circle")
    page = signed_in(ines).new_page()
    page.goto(there.path)
    assert page.input_value(BOX) == ""
    page.goto(topic.path)
    assert page.input_value(BOX) == "For the circle"


def due_now():
    Intention.objects.update(due_at=timezone.now())
    assert intending.carry_out_due(wiring.INTENTIONS)


def test_undone_within_seven_seconds_the_words_are_in_the_box_and_one_writes_on(
    signed_in, ines, topic
):
    page = signed_in(ines, phone=True).new_page()
    page.goto(topic.path)
    page.type(BOX, "Too early")
    page.click("#say button[type=submit]")
    page.wait_for_url(re.compile("at="))
    undo = page.locator("form.undo")
    assert "Nobody else sees it yet." in undo.inner_text()
    first = int(undo.locator("[data-seconds]").inner_text())
    page.wait_for_selector(f"[data-seconds]:text-is('{first - 1}')")
    undo.locator("button").click()
    page.wait_for_url(re.compile("#say"))
    assert page.input_value(BOX) == "Too early"
    page.wait_for_selector(f"{BOX}:focus")
    assert Post.objects.count() == 1
    page.keyboard.type(", no")
    assert page.input_value(BOX) == "Too early, no"


def test_who_closes_the_tab_has_said_it_and_who_stays_sees_it_go_out(signed_in, ines, moss, topic):
    moss.joins(topic.community, ines)
    page, other = signed_in(ines).new_page(), signed_in(moss).new_page()
    page.goto(topic.path)
    page.type(BOX, "Said and gone")
    page.click("#say button[type=submit]")
    page.wait_for_url(re.compile("at="))
    other.goto(topic.path)
    assert "Said and gone" not in other.content()
    page.close()
    due_now()
    other.reload()
    assert "Said and gone" in other.content()


def test_the_row_of_what_was_sent_becomes_like_any_other_once_it_is_out(signed_in, ines, topic):
    page = signed_in(ines).new_page()
    page.clock.install()
    page.goto(topic.path)
    page.type(BOX, "Here I stay")
    page.click("#say button[type=submit]")
    page.wait_for_url(re.compile("at="))
    page.focus("form.undo button")
    due_now()
    page.clock.run_for(7_500)
    page.wait_for_selector("form.undo", state="detached")
    page.clock.run_for(1_000)
    page.wait_for_selector(".talk-post:has-text('Here I stay') .talk-controls")
    assert "Here I stay" in page.evaluate("document.activeElement.textContent")
    assert page.locator("text=Here I stay").count() == 1
    assert page.locator(".talk-post--lit:has-text('Here I stay')").count() == 0
    assert page.locator(".talk-post:has-text('Here I stay') time").inner_text() == "now"


def test_a_topic_says_that_it_is_out_as_soon_as_it_is(signed_in, ines, circle):
    page = signed_in(ines, phone=True).new_page()
    page.clock.install()
    page.goto(f"{circle.path}topics/new/")
    page.fill("input[name=title]", "Zips")
    page.fill("textarea[name=source]", "Which?")
    page.click(".sticky button")
    page.wait_for_selector(".head__row:has-text('Not out yet')")
    due_now()
    page.clock.run_for(7_500)
    page.wait_for_selector("form.undo", state="detached")
    page.clock.run_for(1_000)
    page.wait_for_selector(".talk-post .talk-controls")
    assert "Not out yet" not in page.inner_text("main")


def test_leaving_can_be_undone_from_the_next_page(signed_in, moss, ines, circle):
    moss.joins(circle, ines)
    page = signed_in(moss, phone=True).new_page()
    page.goto(f"{circle.path}leaving/")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/")
    page.click(".said form.undo button")
    page.wait_for_url(f"**{circle.path}")
    assert not Intention.objects.exists()
    assert moss.seat(circle)


def test_what_waits_is_changed_without_losing_a_word_though_it_goes_out(signed_in, ines, circle):
    planned, device = plans(ines, circle), signed_in(ines)
    page = device.new_page()
    page.goto(planned.path)
    page.type("textarea[name=source]", "And silk. ")
    page.close()  # before the second in which it would have been saved
    page = device.new_page()
    with saved(page):
        page.goto(planned.path)
    assert "And silk." in page.input_value("textarea[name=source]")
    with saved(page):
        page.type("textarea[name=source]", "And wool. ")
    page.reload()
    assert "And wool." in page.input_value("textarea[name=source]")
    the_time_comes()
    page.type("textarea[name=source]", "And linen. ")
    page.click("[type=submit]:not([name])")
    page.wait_for_url("**/words/")
    assert "This went out on" in page.inner_text("[role=status]")
    said = page.input_value("textarea[name=source]")
    assert "And wool." in said
    assert "And linen." in said
    assert axe(page) == []
    assert stored(page) == []
    page.click("[type=submit]:not([name])")
    page.wait_for_url(re.compile("/t/"))
    assert "And linen." in Post.objects.get(conversation__kind="topic").source
