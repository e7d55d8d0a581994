"""A week of a community, as host and as member: talk, polls, gatherings, search, what calls whom.

Ines keeps the Mending circle from a desk; Juno reads and writes on a phone; Marta is there too,
as wildfern; Wren belongs to nothing; a stranger has not even signed in.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from coterie.demo.people import PASSWORD
from tests.browser import complaints, person
from tests.somebody import Somebody

pytestmark = [pytest.mark.browser, pytest.mark.house, pytest.mark.xdist_group("talk")]


@pytest.fixture(scope="module")
def known(chromium, lively):
    """Somebody of the cast, signed in."""

    def come(name: str, *, phone: bool = True) -> Somebody:
        somebody = Somebody(chromium, lively, f"{name}@example.org", phone=phone)
        somebody.signs_in(PASSWORD)
        return somebody

    return come


@pytest.fixture(scope="module")
def ines(known) -> Somebody:
    return known("ines", phone=False)


@pytest.fixture(scope="module")
def juno(known) -> Somebody:
    return known("juno")


@pytest.fixture(scope="module")
def circle(ines) -> str:
    """The way to the Mending circle."""
    ines.opens("/")
    ines.page.get_by_role("navigation", name="Your communities").get_by_text("Mending").click()
    ines.page.wait_for_url("**/c/**")
    return ines.path()


def starts(who: Somebody, place: str, title: str, words: str) -> str:
    """A topic of these words; the way to it."""
    who.opens(f"{place}topics/new/")
    who.page.get_by_label("Title").fill(title)
    who.page.fill("[name=source]", words)
    who.presses("Start it")
    who.waits_until_it_is_out()
    return who.path()


def comes_to(who: Somebody, page: str, what: Locator) -> None:
    """It stands there, at the latest when the worker has come round."""
    for _ in range(20):
        who.opens(page)
        if what.count():
            return
        who.page.wait_for_timeout(500)
    raise AssertionError(f"{what} did not come to {page}")


def answers(who: Somebody, topic: str, words: str) -> None:
    who.opens(topic)
    who.page.fill("[name=source]", words)
    who.presses("Post")
    who.waits_until_it_is_out()


def test_a_poll_is_asked_on_a_phone_and_answered_at_a_desk(ines, juno, circle):
    juno.opens(f"{circle}topics/new/")
    juno.page.get_by_label("Title").fill("Which colour for the banner?")
    juno.page.fill("[name=source]", "We sew it on Saturday.")
    juno.page.get_by_role("button", name="Add a poll").first.click()
    juno.page.fill("[name=poll_options]", "Indigo\nMadder\nWeld")
    juno.presses("Start it")
    juno.waits_until_it_is_out()
    topic = juno.path()
    ines.opens(topic)
    ines.page.get_by_label("Madder").check()
    ines.page.get_by_role("button", name="Vote").click()
    expect(ines.page.locator(".ballot .is-mine, .poll .is-mine")).to_contain_text("Madder")
    assert complaints(ines.page) == []
    ines.opens(circle)
    ines.follows("Which colour for the banner?")
    ines.page.go_back()
    assert ines.path() == circle


def test_what_one_writes_appears_where_another_reads(ines, juno, circle):
    topic = starts(ines, circle, "Buttons to give away", "A jar of them, mostly *mother of pearl*.")
    juno.opens(topic)
    ines.page.fill("[name=source]", "Come on Tuesday, @Juno.")
    ines.presses("Post")
    expect(juno.page.locator("#talk-posts")).to_contain_text("Come on Tuesday", timeout=30_000)
    told = juno.page.get_by_role("link", name=re.compile("mentioned you in “Buttons"))
    comes_to(juno, "/alerts/", told)
    told.first.click()
    juno.page.wait_for_url("**/t/**")
    assert "Come on Tuesday" in juno.looks()
    assert complaints(juno.page) == []


def test_a_draft_waits_on_the_other_device(juno, known, circle):
    juno.opens(circle)
    juno.page.locator(".topic-row__title a").first.click()
    juno.page.wait_for_url("**/t/**")
    topic = juno.path()
    with juno.page.expect_response("**/draft/"):
        juno.page.fill("[name=source]", "Half a thou")
    desk = known("juno", phone=False)
    desk.opens(topic)
    assert desk.page.input_value("[name=source]") == "Half a thou"
    with desk.page.expect_response("**/draft/"):
        desk.page.fill("[name=source]", "")


def test_the_last_place_goes_to_whoever_waits(ines, juno, known, circle):
    ines.opens(f"{circle}gatherings/new/")
    ines.page.get_by_label("What is it?").fill("Darning by lamplight")
    ines.page.fill("[name=source]", "One chair is free.")
    ines.page.fill("[name=day]", (date.today() + timedelta(days=20)).isoformat())
    ines.page.fill("[name=begins]", "18:00")
    ines.page.fill("[name=ends]", "20:00")
    ines.page.fill("[name=place]", "The long table")
    ines.page.get_by_text("Places and guests").click()
    ines.page.fill("[name=capacity]", "1")
    ines.presses("Call it")
    ines.waits_until_it_is_out()
    way = ines.path()
    juno.opens(way)
    juno.presses("Going", exact=True)
    expect(juno.page.get_by_role("button", name="Going", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    marta = known("marta")
    marta.opens(way)
    assert "first in line" in marta.presses("Wait for a place")
    juno.presses("Not going")
    marta.opens(way)
    expect(marta.page.get_by_role("button", name="Going", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    with marta.page.expect_download() as file:
        marta.page.get_by_role("link", name="Into my calendar").click()
    assert "BEGIN:VEVENT" in file.value.path().read_text()
    assert complaints(marta.page) == []


def test_a_host_keeps_order_and_old_ways_lead_on(ines, juno, circle):
    kept = starts(ines, circle, "Needles for denim", "Which size?")
    doubled = starts(juno, circle, "Needle for jeans", "Which number?")
    ines.opens(doubled)
    ines.opens(f"{doubled}merging/")
    ines.page.get_by_text("Needles for denim").first.click()
    ines.presses("Put them together")
    said = juno.opens(doubled)
    assert juno.path() == kept
    assert "Which size?" in said
    assert "Which number?" in said
    ines.opens(kept)
    ines.page.locator("summary", has_text="Keep this topic in order").click()
    ines.presses(re.compile("^Lock"))
    assert "Locked" in juno.opens(kept)
    assert juno.page.locator("#say").count() == 0


def test_search_finds_while_one_types_and_nothing_that_is_hidden(juno, known, circle):
    juno.opens("/search/")
    juno.page.locator("main [name=q]").press_sequentially("cashmer", delay=30)
    first = juno.page.locator("main [role=option]").first
    expect(first).to_contain_text("cashmere")
    juno.page.keyboard.press("ArrowDown")
    juno.page.keyboard.press("Enter")
    juno.page.wait_for_url("**/t/**")
    assert "Moth holes in cashmere" in juno.looks()
    juno.page.go_back()
    assert juno.page.locator("main [name=q]").input_value() == "cashmer"
    wren = known("wren")
    assert "Moth holes" not in wren.opens("/search/?q=cashmere")


def test_a_post_is_kept_and_found_in_its_place(juno, circle):
    juno.opens(circle)
    juno.page.get_by_role("link", name=re.compile("Moth holes in cashmere")).click()
    juno.page.wait_for_url("**/t/**")
    juno.page.locator(".talk-more").nth(1).click()
    juno.page.wait_for_url("**/p/**")
    juno.presses(re.compile("^Save|Keep"))
    assert "fine weave" in juno.opens(f"{circle}saved/")
    juno.page.locator("main .topic-row a").first.click()
    juno.page.wait_for_url("**/t/**")
    assert "fine weave" in juno.looks()
    expect(juno.page.locator(".talk-post--lit")).to_contain_text("fine weave")


def test_each_says_how_much_may_call_them(juno):
    juno.opens("/attention/")
    assert complaints(juno.page) == []
    juno.page.get_by_text("3", exact=True).first.click()
    juno.presses(re.compile("^Save$|^Save my|^Keep"))
    juno.opens("/attention/")
    assert juno.page.locator("[name=a_day]:checked").input_value() == "3"


def test_what_is_planned_waits_unseen_and_goes_out(ines, juno, circle):
    ines.opens(f"{circle}topics/new/")
    ines.follows("Question")
    ines.page.get_by_label("Title").fill("Who keeps the key in May?")
    ines.page.fill("[name=source]", "Two of us would do.")
    ines.page.locator("summary", has_text="Post later").click()
    ines.page.fill("[name=later_day]", (date.today() + timedelta(days=2)).isoformat())
    ines.page.fill("[name=later_time]", "09:30")
    ines.presses("Start it")
    assert "Who keeps the key in May?" in ines.opens(f"{circle}planned/")
    assert complaints(ines.page) == []
    assert "Who keeps the key" not in juno.opens(circle)
    assert "Who keeps the key" not in juno.opens("/search/?q=keeps")
    ines.page.locator(".topic-row", has_text="Who keeps").get_by_role(
        "button", name="Post now"
    ).click()
    comes_to(juno, circle, juno.page.get_by_role("link", name="Who keeps the key in May?"))


def test_whoever_comes_is_welcomed(juno, circle):
    said = juno.opens(f"{circle}welcome/")
    assert "Welcome to Mending circle" in said
    assert complaints(juno.page) == []
    juno.follows("Go in")
    assert juno.path() == circle


def test_keys_do_what_a_finger_does(ines, circle):
    page = ines.page
    ines.opens(circle)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keys")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator(".pinned")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/t/**")
    page.keyboard.press("r")
    expect(page.locator("[name=source]")).to_be_focused()
    page.keyboard.type("g h ?")
    assert page.input_value("[name=source]") == "g h ?"
    with page.expect_response("**/draft/"):
        page.fill("[name=source]", "")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/")


def test_a_member_is_helped_to_write(juno, circle):
    page = juno.page
    juno.opens(f"{circle}topics/new/")
    box = page.locator("[name=source]")
    box.press_sequentially("Ask @In", delay=60)
    page.get_by_role("option", name=re.compile("Ines")).click()
    assert box.input_value().startswith("Ask @Ines")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_contain_text("Ask @Ines")
    page.get_by_role("button", name="Preview").click()
    box.fill("")


def test_home_ends_and_shows_what_one_asks_for(juno):
    juno.opens("/")
    juno.follows("Gatherings")
    assert "kind=" in juno.page.url or "?" in juno.page.url
    assert "Saturday table at the library" in juno.says()
    juno.page.go_back()
    assert juno.path() == "/"


def test_the_public_face_needs_no_script_and_shows_nothing_private(chromium, lively):
    profile = person(chromium, phone=True, base_url=lively.url, java_script_enabled=False)
    page = profile.new_page()
    page.goto("/c/houseplants/")
    page.get_by_role("link", name="Which of you took the monstera cutting?").click()
    assert "/t/" in page.url
    assert profile.cookies() == []
    feed = page.locator("link[type='application/atom+xml']").first.get_attribute("href")
    for address in (feed, "/sitemap.xml", "/robots.txt"):
        answer = profile.request.get(address)
        assert answer.ok, address
        assert "Mending" not in answer.text()
    profile.close()


WORDS_SEEN = """el => {
    const shut = node => {
        const fold = node.parentElement?.closest("details:not([open])");
        const label = fold?.querySelector(":scope > summary");
        return fold && (!label?.contains(node) || shut(fold));
    };
    const words = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    let seen = "";
    while (words.nextNode())
        if (!shut(words.currentNode) && words.currentNode.parentElement.checkVisibility())
            seen += words.currentNode.data;
    return seen;
}"""


def test_what_may_hurt_or_spoil_is_read_by_whoever_opens_it(ines, juno, circle):
    ines.opens(f"{circle}topics/new/")
    ines.page.get_by_label("Title").fill("What lives in the button jar")
    ines.page.fill("[name=source]", "It was ||a wolf spider|| after all.")
    ines.page.get_by_role("button", name="Add a content note").click()
    ines.page.fill("[name=note]", "Spiders")
    ines.presses("Start it")
    ines.waits_until_it_is_out()
    juno.opens(ines.path())
    post = juno.page.locator(".talk-post").first
    folds = {word: post.locator(f"details.{word}") for word in ("note", "spoiler")}

    def looks() -> tuple[list[bool], list[str]]:
        seen = post.evaluate(WORDS_SEEN)
        words = [each for each in ("Spiders", "It was", "a wolf spider") if each in seen]
        return [fold.evaluate("el => el.open") for fold in folds.values()], words

    assert looks() == ([False, False], ["Spiders"])
    folds["note"].locator("> summary").click()
    assert looks() == ([True, False], ["Spiders", "It was"])
    folds["spoiler"].locator("> summary").click()
    assert looks() == ([True, True], ["Spiders", "It was", "a wolf spider"])
    assert "wolf" not in juno.opens(circle)
    assert "wolf" not in juno.opens("/search/?q=spider")


def test_a_named_poll_takes_several_answers_and_one_more(ines, juno, circle):
    ines.opens(f"{circle}topics/new/")
    ines.page.get_by_label("Title").fill("Which evenings?")
    ines.page.fill("[name=source]", "For the next month.")
    ines.page.get_by_role("button", name="Add a poll").first.click()
    ines.page.fill("[name=poll_options]", "Monday\nTuesday\nFriday")
    ines.page.select_option("[name=poll_kind]", "several")
    ines.page.select_option("[name=poll_named]", index=1)
    ines.page.select_option("[name=poll_grows]", index=1)
    ines.presses("Start it")
    ines.waits_until_it_is_out()
    topic = ines.path()
    juno.opens(topic)
    assert "Votes are named." in juno.says()
    juno.page.locator("details:has(.ballot__add) > summary").click()
    juno.page.get_by_label("One more option").fill("Sunday")
    juno.page.locator(".ballot__add button").click()
    expect(juno.page.locator(".ballot")).to_contain_text("Sunday")
    juno.page.get_by_label("Sunday").check()
    juno.page.get_by_label("Monday").check()
    juno.page.get_by_role("button", name="Vote").click()
    expect(juno.page.locator(".ballot .is-mine")).to_have_count(2)
    assert complaints(juno.page) == []
