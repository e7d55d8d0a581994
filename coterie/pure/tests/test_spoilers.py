"""What is hidden, until somebody opens it, and everywhere that nobody can."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coterie.pure.markup import (
    MAX_SOURCE,
    Note,
    count_spoilers,
    excerpt,
    fold,
    plain,
    render,
    tidy_note,
    unfold,
    veiled,
)

OPENS = '<details class="spoiler"><summary data-word="spoiler">…</summary>'
BLOCK = (
    '<details class="spoiler spoiler--block" dir="auto"><summary data-word="spoiler">…</summary>\n'
)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("it is ||the *butler*||", f"it is {OPENS}the <em>butler</em></details>"),
        ("it is >!the butler!<.", f"it is {OPENS}the butler</details>."),
        (">!the butler!< did it", f"{OPENS}the butler</details> did it"),
        ("- a ||b||", f"<li>a {OPENS}b</details></li>"),
        ("**so ||b||**", f"<strong>so {OPENS}b</details></strong>"),
        (">! the butler", f"{BLOCK}<p>the butler</p>\n</details>"),
        (">!the butler\n>! - did\n>! - it", "<ul>\n<li>did</li>\n<li>it</li>\n</ul>\n</details>"),
        ("> quoted\n>! with a mark further down", f"{BLOCK}<p>quoted<br>\nwith a mark"),
        (">! marked\nand carried on", f"{BLOCK}<p>marked<br>\nand carried on</p>"),
        ("> so\n>> >! deep", '<summary data-word="spoiler">…</summary>\n<p>deep</p>'),
        ("1. >! in a list", "<p>in a list</p>\n</details>"),
    ],
)
def test_what_is_marked_is_hidden(source: str, html: str) -> None:
    assert html in render(source)


@pytest.mark.parametrize(
    "source",
    [
        "one || two",
        "a row of bars: |||||| ||||",
        "`||code||`",
        r"\||said||",
        "> !important",
        "```\n>! code\n```",
        "wow!<3 and a >!b",
        "|a|b|\n|-|-|\n|c||",
    ],
)
def test_what_is_not_marked_is_not(source: str) -> None:
    assert "<details" not in render(source)


def test_no_paragraph_holds_what_opens() -> None:
    html = render("a ||b||")
    assert html == f'<div dir="auto">a {OPENS}b</details></div>'


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("It is ||the butler||, sorry", "It is […], sorry"),
        ("So:\n\n>! the butler\n>! ||again||\n\nSorry", "So: […] Sorry"),
        ("![a leaf, ||poisonous||](https://a.example/x.png)", "a leaf,"),
    ],
)
def test_where_nothing_opens_a_sign_stands(source: str, words: str) -> None:
    assert excerpt(render(source)) == words
    assert " ".join(plain(render(source)).split()) == words


SECRET = "Zqx"
PIECES = st.sampled_from(
    [
        "a ",
        "**",
        "*",
        "`",
        "~~",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "#b ",
        "@c ",
        "[d](http://e.f)",
        "|",
        "<",
    ]
)
AROUND = st.lists(PIECES, max_size=8).map("".join)


@settings(deadline=None, max_examples=200)
@given(AROUND, st.sampled_from([f"\n\n>! {SECRET} ||x||\n\n", f"||{SECRET}||"]), AROUND)
def test_nothing_that_is_hidden_is_quoted_wherever_it_is_cut(
    before: str, hidden: str, after: str
) -> None:
    html = render(before + hidden + after)
    at = html.find(SECRET)
    if html.rfind("<details", 0, at) <= html.rfind("</details>", 0, at):
        return  # the rest of the text took its marks apart: then it is there to be seen
    for end in (*range(at, at + 60), len(html)):
        cut = html[:end]
        whole = cut[: cut.rfind("<")] if cut.rfind("<") > cut.rfind(">") else cut
        assert SECRET not in excerpt(whole, 1_000)
        assert SECRET not in veiled(whole)


def test_most_secrets_of_that_test_are_hidden() -> None:
    assert SECRET not in excerpt(render(f"**a** `b`\n\n>! {SECRET} ||x||\n\n- #b"))


@pytest.mark.parametrize(
    "marks", ["||", "||a||", "||a ", "|", ">!", "!<", ">!a!< ", ">! a\n", ">! a\n\n", "- >! a\n"]
)
def test_ten_thousand_marks_are_read_in_bounded_time(marks: str) -> None:
    started = time.process_time()
    html = render((marks * 10_000)[:MAX_SOURCE])
    plain(html)
    assert time.process_time() - started < 5


def test_passages_are_counted_as_they_are_shown() -> None:
    assert count_spoilers(render("||a|| b ||c||\n\n>! d\n\n`||e||`")) == 3


NOTE = Note("spiders & <b>heights</b>")


def test_behind_a_note_everything_is_folded() -> None:
    html = render("one ||two||\n\nthree")
    folded = fold(html, NOTE)
    assert folded.startswith('<details class="note"><summary data-word="note" dir="auto">spiders &')
    assert "<b>" not in folded
    assert unfold(folded) == (NOTE, html)
    assert excerpt(folded) == "⚠ spiders & <b>heights</b>"
    assert "three" not in veiled(folded)
    assert fold(html, None) == html == fold(html, Note(""))


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80), st.booleans(), st.text(max_size=60))
def test_any_note_comes_back_and_hides_any_text(said: str, by_hosts: bool, source: str) -> None:
    words, html = tidy_note(said), render(source)
    assert len(words) <= 80
    assert "\n" not in words
    found, inside = unfold(fold(html, Note(words, by_hosts)))
    assert inside == html
    assert found == (Note(words, by_hosts) if words else None)


def test_nobody_folds_by_writing_html() -> None:
    folded = fold("<p>a</p>", NOTE)
    assert unfold(render(folded)) == (None, render(folded))
    assert not re.search(r"<details|<summary", render(folded))
