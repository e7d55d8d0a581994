"""Whoever goes back stands where they stood."""

import pytest

from coterie.talk.actions import posting
from coterie.talk.models import Said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_back_from_a_topic_leads_to_the_same_place_of_the_same_choice(desk, ines, moss):
    circle = ines.founds("Mending circle")
    moss.joins(circle, ines)
    for n in range(11):
        posting.start_topic(
            circle, Said("Words."), by=moss.here(circle), title=f"Topic {n}", client_key=f"{n}"
        )
    desk.goto("/?show=topics", wait_until="load")
    assert desk.locator(".chip[aria-current]").inner_text() == "Topics"
    link = desk.get_by_role("link", name="Topic 5", exact=True)
    link.evaluate("el => el.scrollIntoView({block: 'center'})")
    stood = desk.evaluate("scrollY")
    assert stood > 300
    with desk.expect_navigation():
        link.click()
    desk.go_back(wait_until="load")
    desk.wait_for_timeout(200)
    assert desk.url.endswith("/?show=topics")
    assert abs(desk.evaluate("scrollY") - stood) <= 2


def test_colours_of_the_system_still_tell_what_is_chosen(desk, ines):
    """Grounds are gone then; a choice that is only a ground would be."""
    desk.emulate_media(forced_colors="active")
    desk.goto("/account/keys/")
    ground = "el => getComputedStyle(el).backgroundColor"
    on, off = (desk.locator(f".segment:has([value={each}])") for each in ("on", "off"))
    assert on.evaluate(ground) != off.evaluate(ground)
    here, there = desk.locator(".place--me"), desk.locator(".place--home")
    assert here.evaluate(ground) != there.evaluate(ground)
