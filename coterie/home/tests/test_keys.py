"""The keyboard: what each key does, when none does anything, and how it is turned off."""

import pytest

from coterie.accounts.models import Account
from coterie.talk.actions import posting
from coterie.talk.models import Said
from tests.browser import axe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def circle(ines):
    return ines.founds("Mending circle")


@pytest.fixture
def topic(ines, circle):
    topic = posting.start_topic(
        circle, Said("First words."), by=ines.here(circle), title="Elbows", client_key="one"
    )
    for n in range(8):
        posting.reply(topic, Said(f"Words {n}. " * 60), by=ines.here(circle), client_key=f"{n}")
    return topic


def focus(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def opened(page, path):
    page.goto(path, wait_until="load")
    page.wait_for_load_state("networkidle")


def closed(page):
    """Escape; a dialog is told that it closed only in a later task, and leaves the page then."""
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_help_opens_over_any_page_and_closes_where_one_stood(desk, circle):
    opened(desk, circle.path)
    desk.focus(".start-topic")
    desk.keyboard.press("?")
    desk.wait_for_selector("dialog[open] #keys-title")
    assert axe(desk) == []
    desk.keyboard.press("j")
    assert desk.evaluate("document.activeElement.closest('dialog') !== null")
    closed(desk)
    assert focus(desk) == "start-topic"


def test_g_and_a_letter_lead_on(desk, circle):
    opened(desk, "/")
    for letter, path in (("t", "/talk/"), ("a", "/alerts/"), ("d", "/find/"), ("h", "/")):
        desk.keyboard.press("g")
        with desk.expect_navigation():
            desk.keyboard.press(letter)
        assert desk.url.endswith(path)
    opened(desk, f"{circle.path}about/")
    desk.keyboard.press("g")
    with desk.expect_navigation():
        desk.keyboard.press("c")
    assert desk.url.endswith(circle.path)


def test_j_and_k_walk_over_posts_in_sight_and_r_answers(desk, topic):
    opened(desk, topic.path)
    desk.evaluate("scrollTo(0, 0)")
    for n in range(1, 5):
        desk.keyboard.press("j")
        assert desk.evaluate("document.activeElement.dataset.seq") == str(n)
        top, bottom = desk.evaluate(
            "(box => [box.top, box.top])(document.activeElement.getBoundingClientRect())"
        )
        assert top >= 0
        assert bottom < 800
    outline = desk.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    desk.keyboard.press("k")
    assert desk.evaluate("document.activeElement.dataset.seq") == "3"
    desk.keyboard.press("r")
    assert focus(desk) == "id_source"
    assert desk.input_value("input[name=reply_to]") == topic.posts.get(seq=3).public_id


def test_rows_of_a_list_are_walked_and_opened(desk, topic, circle):
    opened(desk, circle.path)
    desk.keyboard.press("j")
    assert desk.evaluate("document.activeElement.getAttribute('href')") == topic.path
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert topic.path in desk.url


def test_nothing_fires_while_somebody_writes_or_holds_another_key(desk, topic):
    opened(desk, topic.path)
    desk.focus("#id_source")
    desk.keyboard.type("g h? jkr/ ")
    assert desk.input_value("#id_source") == "g h? jkr/ "
    desk.evaluate("document.activeElement.blur()")
    for key in ("Control+j", "Alt+r", "Meta+j"):
        desk.keyboard.press(key)
        assert desk.evaluate("document.activeElement === document.body"), key
    composed = "new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true})"
    desk.evaluate(f"document.body.dispatchEvent({composed})")
    assert desk.evaluate("document.activeElement === document.body")
    assert desk.locator("dialog").count() == 0


def test_the_palette_leads_to_my_places_and_finds_words(desk, topic, circle):
    opened(desk, "/me/")
    desk.keyboard.press("Control+k")
    desk.wait_for_selector("dialog[open] [data-hit]")
    assert focus(desk) == "palette-q"
    assert axe(desk) == []
    assert desk.locator("dialog [data-hit]", has_text="Mending circle").count() == 1
    desk.keyboard.type("elbo")
    desk.wait_for_selector(f"dialog [data-hit][href*='{topic.public_id}']")
    desk.keyboard.press("ArrowDown")
    chosen = desk.get_attribute("#palette-q", "aria-activedescendant")
    assert desk.get_attribute(f"#{chosen}", "aria-selected") == "true"
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert topic.path in desk.url


def test_escape_closes_the_palette_whatever_is_typed_in_it(desk, topic):
    opened(desk, "/me/")
    desk.keyboard.press("Control+k")
    desk.wait_for_selector("dialog[open] [data-hit]")
    desk.keyboard.type("elbo")
    closed(desk)


def test_a_slash_goes_to_the_box_in_sight_or_opens_one(desk, circle):
    opened(desk, circle.path)
    desk.keyboard.press("/")
    assert focus(desk) == "rail-q"
    assert desk.input_value("#rail-q") == ""
    desk.set_viewport_size({"width": 800, "height": 600})
    opened(desk, circle.path)
    desk.keyboard.press("/")
    desk.wait_for_selector("dialog[open] #palette-q")


def test_single_keys_are_turned_off_at_once_and_for_good(desk, ines, circle):
    opened(desk, circle.path)
    desk.keyboard.press("?")
    desk.wait_for_selector("dialog[open]")
    desk.check("dialog input[value=off]", force=True)
    desk.wait_for_selector("body:not([data-single-keys])")
    closed(desk)
    for _ in range(2):
        desk.keyboard.press("?")
        desk.keyboard.press("/")
        assert desk.locator("dialog").count() == 0
        assert focus(desk) != "rail-q"
        desk.keyboard.press("Control+k")
        desk.wait_for_selector("dialog[open] #palette-q")
        opened(desk, circle.path)
    assert not Account.objects.get(pk=ines.owner.account_id).single_keys


def test_without_scripts_it_is_a_page_with_a_form(ines):
    assert "<kbd>j</kbd>" in ines.browser.get("/account/keys/").content.decode()
    ines.browser.post("/account/keys/", {"single": "off"})
    assert 'data-single-keys="on"' not in ines.browser.get("/me/").content.decode()
    ines.browser.post("/account/keys/", {"single": "on"})
    assert 'data-single-keys="on"' in ines.browser.get("/me/").content.decode()
    assert ines.browser.post("/account/keys/", {"single": "?"}).status_code == 422


def test_a_stranger_has_no_single_keys(client):
    assert "data-single-keys" not in client.get("/").content.decode()
    assert client.get("/account/keys/").status_code == 302
