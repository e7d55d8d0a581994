"""Talk in a real browser: said by hand, with and without scripts."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from coterie.communities.models import Community
from coterie.config import wiring
from coterie.personas.actions import intending
from coterie.personas.models import Intention
from coterie.talk.actions import keeping_order, posting, reacting
from coterie.talk.models import Conversation, Post, Voice
from coterie.talk.tests.speaking import fresh
from tests.browser import person
from tests.lively import LONG, RICH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(chromium, live_server):
    """Open pages as somebody."""
    host = live_server.url.replace("127.0.0.1", "localhost")
    contexts = []

    def opened(who, **more):
        context = person(chromium, base_url=host, **more)
        contexts.append(context)
        if who is not None:
            cookie = who.browser().cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
            )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def lived(ines, moss, juno, circle):
    """A topic in which everything happened that can."""
    moss.joins(circle, ines)
    juno.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    topic = ines.starts(circle, "Sashiko over the elbow, finally done", RICH)
    keeping_order.pin(ines.starts(circle, "How we talk", voice=Voice.HOSTS), by=ines.here(circle))
    named = moss.replies(topic, "Linen or cotton?", reply_to=topic.posts.get(seq=1))
    posting.edit(named, by=moss.here(circle), source="Linen, or cotton?")
    moss.replies(topic, LONG, voice=Voice.MEMBER, reply_to=named)
    ines.replies(topic, "We decided.", voice=Voice.HOSTS)
    posting.retract(juno.replies(topic), by=juno.here(circle))
    rule = circle.rules.create(place=1, text="No selling.")
    keeping_order.remove_post(juno.replies(topic), by=ines.here(circle), rule=rule)
    for sign in ("💛", "👀", "🎉", "😄", "🌿"):
        reacting.react(fresh(named), by=ines.here(circle), emoji=sign)
    ines.starts(circle, LONG[:120], "Words.")
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    moss.replies(topic, "May I?")
    moss.starts(circle, "May I, too?")
    return topic


def seven_seconds_pass():
    """What was sent goes out; the worker would do it."""
    Intention.objects.update(due_at=timezone.now())
    assert intending.carry_out_due(wiring.INTENTIONS)


def begun(page, circle):
    """The topic that was started by hand."""
    page.goto(circle.path)
    page.get_by_role("link", name="Start a topic as").click()
    page.get_by_label("Title").fill("Moths")
    page.get_by_label("Your words").fill("Eleven holes.\n\n*All* along the hem.")
    page.get_by_role("button", name="Start it").click()
    page.get_by_role("heading", name="Moths").wait_for()
    seven_seconds_pass()
    return Conversation.objects.get(title="Moths")


def answered(page, topic):
    """The answer that was given by hand."""
    page.goto("/talk/")
    page.get_by_role("link", name="Moths").click()
    page.get_by_role("link", name="Answer").click()
    assert "Answer to ines" in page.locator("#say").inner_text()
    page.get_by_label("Reply as moss").fill("Cedar, and patience.")
    page.get_by_role("button", name="Post").click()
    page.wait_for_url(re.compile(r"\?at="))
    seven_seconds_pass()
    answer = Post.objects.get(conversation=topic, seq=2)
    assert answer.reply_to.seq == 1
    assert page.locator(f"#p-{answer.public_id}").is_visible()
    return answer


def applauded(page, topic, answer):
    """What stands below the answer once somebody has clapped by hand."""
    page.goto(topic.path)
    assert page.get_by_text("New since you were here").is_visible()
    post = page.locator("li").filter(has=page.locator(f"#p-{answer.public_id}"))
    post.get_by_role("link", name="React").click()
    page.get_by_role("button", name="👏").click()
    page.get_by_role("button", name="👏", pressed=True).wait_for()
    page.go_back()
    page.goto(topic.path)
    return page.locator(f"#p-{answer.public_id} .reaction")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_conversation_by_hand(open_page, ines, moss, circle, scripts):
    moss.joins(circle, ines)
    page, other = (open_page(who, phone=True, java_script_enabled=scripts) for who in (ines, moss))
    topic = begun(page, circle)
    answer = answered(other, topic)
    pill = applauded(page, topic, answer)
    assert pill.inner_text().split() == ["👏", "1"]
    if scripts:
        assert "is-mine" in pill.get_attribute("class")

    other.goto(answer.path)
    other.get_by_role("link", name="Change it").click()
    other.get_by_label("Your words").fill("Cedar.")
    other.get_by_role("button", name="Save the change").click()
    other.wait_for_url(re.compile(r"\?at="))
    assert fresh(answer).source == "Cedar."


def test_the_words_of_a_post_are_painted_by_the_page(open_page, lived, juno):
    """Nothing translated is in the bytes of a post, and still it can be read."""
    page = open_page(juno, phone=True)
    page.goto(f"{lived.path}?start")
    anonymous = page.locator('[data-word="member"]').first
    said = anonymous.evaluate("it => getComputedStyle(it, '::before').content")
    assert said == '"A member"'
    assert page.get_by_role("article").nth(2).aria_snapshot().count("A member") >= 1


def test_the_foot_of_a_short_form_stands_at_the_foot_of_a_phone(open_page, ines, circle):
    page = open_page(ines, phone=True)
    page.goto(f"{circle.path}settings/tags/")
    box = page.locator(".sticky").bounding_box()
    assert box["y"] + box["height"] == page.viewport_size["height"]
    assert page.evaluate("document.documentElement.scrollHeight") == page.viewport_size["height"]


def test_every_tab_is_within_reach_and_says_that_there_are_more(open_page, ines, circle):
    page = open_page(ines)
    page.goto(f"{circle.path}settings/tags/")
    row = page.locator(".tabs")
    assert row.evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth")
    page = open_page(ines, phone=True)
    page.goto(f"{circle.path}settings/tags/")
    box = page.locator(".tab[aria-current]").bounding_box()
    assert 100 < box["x"] < 200


def test_a_question_stands_in_its_card(open_page, ines, circle):
    page = open_page(ines)
    page.goto(f"{circle.path}settings/questions/")
    card = page.locator("fieldset.card").first.bounding_box()
    title = page.locator("fieldset.card legend").first.bounding_box()
    assert title["y"] > card["y"] + 12
