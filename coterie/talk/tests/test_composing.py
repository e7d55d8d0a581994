"""In a real browser: what stands beside the box helps to write, and stays out of the way."""

import re

import pytest
from playwright.sync_api import expect

from coterie.chat.tests.conftest import room  # noqa: F401
from coterie.talk.models import Draft, Post
from coterie.talk.tests.test_looks import open_page  # noqa: F401
from tests.browser import axe, sticking_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "textarea[name=source]"
SHOWN = "[role=listbox]:visible [role=option]"


@pytest.fixture
def members(ines, moss, juno, circle):
    moss.joins(circle, ines, name="Moss")
    juno.joins(circle, ines, name="salt & thistle")


@pytest.fixture
def page(open_page, ines, members, topic):  # noqa: F811
    page = open_page(ines)
    page.goto(topic.path)
    page.click(BOX)
    return page


def typed(page, words):
    page.fill(BOX, words)
    page.eval_on_selector(BOX, "it => it.setSelectionRange(it.value.length, it.value.length)")


def mark(page, words):
    script = "(it, w) => it.setSelectionRange(it.value.indexOf(w), it.value.indexOf(w) + w.length)"
    page.eval_on_selector(BOX, script, words)


def press(page, tool):
    page.click(f"[data-tool={tool}]")
    return page.input_value(BOX)


@pytest.mark.parametrize(
    ("tool", "words", "marked", "becomes"),
    [
        ("bold", "all of it", " of ", "all **of** it"),
        ("bold", "one\n\ntwo", "one\n\ntwo", "**one**\n\n**two**"),
        ("italic", "it", "it", "_it_"),
        ("spoiler", "who did it", "who did it", "||who did it||"),
        ("code", "a b", "b", "a `b`"),
        ("code", "say\na\nb", "a\nb", "say\n```\na\nb\n```"),
        ("link", "see this", "this", "see [this](https://)"),
        ("link", "https://a.org/", "https://a.org/", "[](https://a.org/)"),
        ("quote", "one\ntwo", "one\ntwo", "> one\n> two"),
        ("list", "one\ntwo\nthree", "two\nthree", "one\n- two\n- three"),
    ],
)
def test_a_tool_marks_the_words(page, tool, words, marked, becomes):
    typed(page, words)
    mark(page, marked)
    assert press(page, tool) == becomes
    if tool not in ("link", "code"):
        assert press(page, tool) == words  # and takes it back
    expect(page.locator(BOX)).to_be_focused()


def test_another_voice_is_chosen_while_one_writes(page):
    voice = page.locator("[name=voice]")
    page.keyboard.type("We open at ten.")
    voice.select_option("hosts")
    page.locator("h1").click()
    expect(voice).to_be_visible()
    voice.select_option("own")
    page.locator("h1").click()
    expect(voice).to_be_hidden()
    page.click(BOX)
    voice.select_option("hosts")
    page.click("[data-send]")
    page.wait_for_url(re.compile("at="))
    assert Post.objects.get(source="We open at ten.").voice == "hosts"


def test_keys_do_the_same_and_undo_knows_each_step(page):
    page.keyboard.type("one two")
    page.keyboard.press("Control+b")
    assert page.input_value(BOX) == "one **two**"
    page.keyboard.press("Control+z")
    assert page.input_value(BOX) == "one two"
    page.keyboard.press("Control+k")
    assert page.input_value(BOX) == "one [two](https://)"


def test_the_toolbar_is_one_stop_and_the_arrows_walk_along(page):
    assert page.locator(".tools button[tabindex='0']").count() == 1
    page.focus("[data-tool=bold]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-tool=italic]")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("[data-tool=preview]")).to_be_focused()
    page.evaluate("document.dir = 'rtl'")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-tool=spoiler]")).to_be_focused()
    assert page.locator(".tools button[tabindex='0']").count() == 1
    page.focus("[data-tool=poll]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=poll_options]")).to_be_focused()


@pytest.mark.parametrize("where", ["topic", "new"])
def test_a_content_note_is_one_press_away_and_stands_closed(page, ines, circle, topic, where):
    if where == "new":
        page.goto(f"{circle.path}topics/new/")
    expect(page.locator("[name=note]")).to_be_hidden()
    page.click(BOX)
    page.focus("[data-tool=note]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=note]")).to_be_focused()
    expect(page.locator("[name=poll_options]")).to_be_hidden()
    page.keyboard.type("moths")
    page.fill(BOX, "Holes.")
    if where == "new":
        page.fill("[name=title]", "Wool")
    page.click("form[data-draft] [type=submit]")
    page.wait_for_url(re.compile("at=|/t/"))
    assert Post.objects.get(source="Holes.").note == "moths"


def test_a_note_that_is_too_long_is_told_where_it_stands(page, circle, topic):
    for path in (topic.path, f"{circle.path}topics/new/"):
        page.goto(path)
        page.evaluate("document.querySelector('[name=note]').removeAttribute('maxlength')")
        page.click(BOX)
        page.click("[data-tool=note]")
        page.fill("[name=note]", "x" * 81)
        page.fill(BOX, "Holes.")
        if page.locator("[name=title]").count():
            page.fill("[name=title]", "Wool")
        page.click("form[data-draft] [type=submit]")
        expect(page.locator("#id_note_error")).to_contain_text("80")
        assert page.input_value("[name=note]") == "x" * 81
        assert page.input_value(BOX) == "Holes."
        assert axe(page) == []


def test_a_preview_follows_what_is_written_and_drops_late_answers(page):
    held = []
    page.route("**/preview/", lambda route: held.append(route))
    typed(page, "**first**")
    press(page, "preview")
    page.wait_for_timeout(100)
    page.keyboard.type(" and second")
    page.wait_for_timeout(500)
    assert len(held) == 2
    held[1].continue_()
    expect(page.locator(".preview .post__body strong")).to_have_text("first")
    expect(page.locator(".preview")).to_contain_text("and second")
    assert axe(page) == []
    press(page, "preview")
    expect(page.locator(".preview")).to_be_hidden()
    assert Post.objects.count() == 1


def test_a_name_is_chosen_by_keys_and_by_a_tap(page):
    page.keyboard.type("Ask @th")
    expect(page.locator(SHOWN)).to_have_text(["salt & thistle"])
    assert page.get_attribute(BOX, "aria-activedescendant") == page.get_attribute(SHOWN, "id")
    assert axe(page) == []
    page.keyboard.press("Enter")
    assert page.input_value(BOX) == 'Ask @"salt & thistle" '
    page.keyboard.type("or @")
    expect(page.locator(SHOWN)).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(SHOWN)).to_have_count(0)
    page.keyboard.type("m")
    page.wait_for_timeout(300)
    expect(page.locator(SHOWN)).to_have_count(0)
    page.keyboard.type("oss @m")
    page.locator(SHOWN).first.click()
    assert page.input_value(BOX).endswith("@moss @Moss ")


def test_an_emoji_is_found_by_its_name_in_english_and_german(page):
    for typed_word, sign in ((":needle", "🪡"), (":daumen hoch"[:7], "👍️")):
        page.keyboard.type(typed_word)
        expect(page.locator(SHOWN).first).to_be_visible()
        assert sign in page.locator(SHOWN).evaluate_all("all => all.map(it => it.dataset.put)")
        page.keyboard.press("Escape")
        page.fill(BOX, "")
    page.keyboard.type("at 12:30, well :-)")
    page.wait_for_timeout(200)
    expect(page.locator(SHOWN)).to_have_count(0)


def test_words_that_are_marked_are_quoted_into_an_answer(page, topic, moss):
    post = topic.posts.get()
    page.evaluate(
        "id => getSelection().selectAllChildren(document.querySelector(`#p-${id} .post__body p`))",
        post.public_id,
    )
    button = page.locator(".quoting")
    button.click()
    assert page.input_value(BOX) == "> Three evenings.\n\n"
    assert page.input_value("[name=reply_to]") == post.public_id
    expect(page.locator("[data-answering]")).to_contain_text("ines of Mending circle")
    expect(page.locator(BOX)).to_be_focused()
    expect(button).to_be_hidden()
    page.keyboard.type("So long?")
    page.click("[data-send]")
    page.wait_for_url(re.compile("at="))
    said = Post.objects.get(conversation=topic, source__contains="So long")
    assert said.reply_to == post
    assert said.source.splitlines() == ["> Three evenings.", "", "So long?"]


def test_on_a_phone_the_tools_come_with_the_writing_and_fill_no_screen(
    open_page,  # noqa: F811
    ines,
    members,
    circle,
    topic,
):
    page = open_page(ines, phone=True, dark=True)
    page.goto(topic.path)
    expect(page.locator(".tools")).to_be_hidden()
    page.tap(BOX)
    expect(page.locator(".tools")).to_be_visible()
    assert page.locator(".composer").bounding_box()["height"] < 200
    small = "all => all.filter(it => it.offsetWidth < 44 || it.offsetHeight < 44).length"
    assert page.locator(".tools button:visible").evaluate_all(small) == 0
    page.keyboard.type("*Look* @")
    expect(page.locator(SHOWN)).to_have_count(2)
    assert sticking_out(page) == []
    page.keyboard.press("Escape")
    page.tap("[data-tool=preview]")
    expect(page.locator(".preview em")).to_have_text("Look")
    expect(page.locator(BOX)).to_be_hidden()
    page.get_by_role("button", name="Write on").tap()
    expect(page.locator(BOX)).to_be_focused()
    expect(page.get_by_role("button", name="Write on")).to_be_hidden()
    page.goto(f"{circle.path}topics/new/")
    page.evaluate("document.dir = 'rtl'")
    page.tap("[data-tool=preview]")
    expect(page.locator(BOX)).to_be_hidden()
    expect(page.locator(".preview")).to_be_in_viewport()
    assert page.locator(".tools button:visible").count() == 2
    assert sticking_out(page) == []
    assert axe(page) == []


def test_in_a_room_enter_takes_the_choice_and_then_sends(
    open_page,  # noqa: F811
    ines,
    members,
    room,  # noqa: F811
):
    page = open_page(ines)
    page.goto(room.path)
    page.click(BOX)
    page.keyboard.type("Ask @mo")
    expect(page.locator(SHOWN)).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.input_value(BOX) == "Ask @Moss "
    page.keyboard.press("Enter")
    expect(page.locator(".chat-line[data-state=sent]")).to_have_count(1)
    assert Post.objects.get(conversation=room).source == "Ask @Moss"


def test_what_a_tool_wrote_is_in_the_draft_of_the_other_device(
    open_page,  # noqa: F811
    page,
    ines,
    topic,
):
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.keyboard.type("cedar")
        press(page, "bold")
    assert Draft.objects.get().source == "**cedar**"
    other = open_page(ines, phone=True)
    other.goto(topic.path)
    assert other.input_value(BOX) == "**cedar**"


def test_without_scripts_nothing_of_it_is_there(open_page, ines, topic):  # noqa: F811
    page = open_page(ines, java_script_enabled=False)
    page.goto(topic.path)
    expect(page.locator(".tools")).to_have_count(0)
    assert page.locator(BOX).is_visible()
