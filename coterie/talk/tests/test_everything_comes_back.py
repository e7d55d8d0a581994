"""On a phone: a topic with all that goes with one is left, found elsewhere, sent, and gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.media.tests import photos
from coterie.media.tests.test_looks import arrived
from coterie.talk.actions import tagging
from coterie.talk.models import Draft, Planned, Post
from coterie.talk.tests.speaking import fresh
from coterie.talk.tests.test_losing_nothing import saved, signed_in, stored  # noqa: F401
from coterie.talk.tests.test_planning import plans, the_time_comes
from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOXES = ("[name=source]", ".tray__photo")


@pytest.fixture
def tagged(ines, circle):
    """Tags are offered here, and members bring others."""
    tagging.offer(circle, by=ines.here(circle), words=["wool", "silk"], tagged_by="members")
    return fresh(circle)


def field(page, name):
    return page.locator(f"main [name={name}]")


def opens(page, summary):
    page.locator("summary").filter(has_text=summary).click()


def writes_everything(page, day):
    """All that a topic can have; the last of it is saved when this returns."""
    field(page, "title").fill("Moths in the cupboard")
    field(page, "source").fill("They are back. What do you do?")
    page.get_by_label("#wool").check()
    field(page, "more_tags").fill("moth holes")
    page.get_by_role("button", name="Add a content note").click()
    field(page, "note").fill("insects")
    page.get_by_role("button", name="Add a poll").click()
    field(page, "poll_options").fill("Cedar\nLavender")
    with page.expect_file_chooser() as picking:
        page.get_by_role("button", name="Add photos").click()
    picked = {"name": photos.CALLED, "mimeType": "image/jpeg", "buffer": photos.photo("jpg")}
    picking.value.set_files([picked])
    arrived(page, 1)
    words, photo = (page.locator(f"main {each}").bounding_box() for each in BOXES)
    assert words["y"] + words["height"] <= photo["y"], "it is shown where it was asked for"
    page.locator(".tray__photo [name^=alt]").fill("A jumper with holes")
    opens(page, "Post later")
    field(page, "later_day").fill(day)
    with saved(page):
        field(page, "later_time").fill("09:30")


def holds_everything(page, day):
    assert field(page, "title").input_value() == "Moths in the cupboard"
    assert field(page, "source").input_value() == "They are back. What do you do?"
    assert page.get_by_label("#wool").is_checked()
    assert not page.get_by_label("#silk").is_checked()
    assert field(page, "more_tags").input_value() == "moth-holes"
    assert field(page, "note").input_value() == "insects"
    assert field(page, "poll_options").input_value() == "Cedar\nLavender"
    assert page.locator(".tray__photo").count() == 1
    assert page.locator(".tray__photo [name^=alt]").input_value() == "A jumper with holes"
    assert field(page, "later_day").input_value() == day
    assert field(page, "later_time").input_value() == "09:30"
    for part in ("poll_options", "note", "later_day"):
        assert field(page, part).is_visible(), part


def test_a_topic_with_everything_is_found_on_another_device_and_gone_once_it_is_sent(
    signed_in,  # noqa: F811
    ines,
    tagged,
):
    day = f"{timezone.now() + timedelta(days=3):%Y-%m-%d}"
    device = signed_in(ines, phone=True, timezone_id="Europe/Berlin")
    other = signed_in(ines, phone=True, timezone_id="Asia/Tokyo")
    new = f"{tagged.path}topics/new/"
    page = device.new_page()
    page.goto(new)
    writes_everything(page, day)
    page.goto(tagged.path)
    second = other.new_page()
    second.goto(new)
    holds_everything(second, day)
    assert field(second, "later_zone").input_value() == "Europe/Berlin"
    assert axe(second) == []
    second.get_by_role("button", name="Start it").click()
    second.wait_for_url("**/planned/")
    planned = Planned.objects.with_due().get()
    assert (planned.tags, planned.note) == (["wool", "moth-holes"], "insects")
    assert len(planned.photos) == 1
    assert planned.said.asked.options == ("Cedar", "Lavender")
    # The first device has its page yet: what it saves, shows and keeps is nothing.
    page.goto(new)
    assert field(page, "source").input_value() == ""
    assert field(page, "later_day").input_value() == ""
    assert stored(page) == stored(second) == []
    assert not Draft.objects.exists()


def test_a_plan_that_went_out_while_it_was_changed_keeps_every_word(
    signed_in,  # noqa: F811
    ines,
    tagged,
):
    planned = plans(ines, tagged, tags=["silk"])
    page = signed_in(ines, phone=True).new_page()
    page.goto(planned.path)
    field(page, "title").fill("Moths, once more")
    page.get_by_label("#wool").check()
    page.get_by_role("button", name="Add a poll").click()
    field(page, "poll_options").fill("Cedar\nLavender")
    the_time_comes()
    post = Post.objects.get(conversation__kind="topic")
    field(page, "source").fill("They are back, all of them.")
    page.get_by_role("button", name="Let it wait").click()
    page.wait_for_url(f"**{post.path}words/")
    main = page.locator("main")
    for told in ("Moths, once more", "silk, wool", "Cedar, Lavender"):
        assert told in main.inner_text()
    assert field(page, "source").input_value() == "They are back, all of them."
    assert axe(page) == []
    page.get_by_role("button", name="Save the change").click()
    page.wait_for_url("**/t/**")
    assert fresh(post).source == "They are back, all of them."
    page.goto(f"{post.path}words/")
    assert "Moths, once more" not in main.inner_text()
    assert stored(page) == []
    assert not Draft.objects.exists()


def test_a_plan_that_was_changed_is_as_it_was_sent_on_both_devices(
    signed_in,  # noqa: F811
    ines,
    tagged,
):
    planned = plans(ines, tagged)
    page, second = (signed_in(ines, phone=True).new_page() for _device in range(2))
    page.goto(planned.path)
    field(page, "source").fill("Other holes.")
    with saved(page):
        field(page, "later_time").fill("07:15")
    second.goto(planned.path)
    assert field(second, "source").input_value() == "Other holes."
    assert field(second, "later_time").input_value() == "07:15"
    page.get_by_role("button", name="Let it wait").click()
    page.wait_for_url("**/planned/")
    assert fresh(planned).source == "Other holes."
    assert not Draft.objects.exists()
    assert stored(page) == []
