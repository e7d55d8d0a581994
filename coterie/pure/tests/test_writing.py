"""Words in, Markdown out, HTML, words again: nothing is lost and nothing is read as markup."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coterie.pure.markup import Piece, Style, compose, escape, plain, render
from coterie.pure.markup.writing import cleaned
from coterie.pure.tests.opening import SPOILERS

SIGNS = "*_`~[]()<>#-+=|\\!&:;/.\"'@$^{}%0123456789 \t\n"
WORDS = st.text(
    alphabet=st.one_of(st.sampled_from(SIGNS + "abcxyzäß中あ🙂א"), st.characters()), max_size=40
)
STYLES = st.sampled_from([style for style in Style if style is not Style.LINK])
# fmt: off
FRAGMENTS = st.sampled_from([
    "http://", "https://xn--a", "www.", "a.b", "x.com", "**", "*", "](", "[", "![", "<", ">", "\\",
    "`", "``", "```", "_", "__", "~~", "|", "|-|", "---", "&amp;", "#", "x", "é", "中", "(", ")",
    "/", "@", "#", "||", ">!", "!<", "@a", "#a", "a@b.com",
    "mailto:", "://", "%41", "😀", "+", "===", "[a]:", "1.",
    "HTTP://", "!",
])
# fmt: on
WORDS |= st.lists(FRAGMENTS | st.sampled_from([" ", "\n", "\n\n", "    "]), max_size=8).map("".join)
PIECES = st.lists(st.builds(Piece, WORDS, STYLES), max_size=6)


def words_of(markdown: str) -> str:
    """With what is hidden, as somebody reads who opened it."""
    return "".join(plain(SPOILERS.sub("", render(markdown))).split())


def words_in(text: str) -> str:
    """Without white space and what no page can hold."""
    return "".join(cleaned(text).split())


@settings(deadline=None, max_examples=250)
@example("http://a.b/_x_ *y* &amp; 1. a")
@example("a|b\n:-:")
@example("- a\n+ b\n1) c\n> d\n# e\n```\nf")
@example("<http://a.b> [a](b) ![c](d) www.x.com/a_b_ me_@x.com")
@given(WORDS)
def test_words_come_back(text: str) -> None:
    assert words_of(escape(text)) == words_in(text)


@settings(deadline=None, max_examples=250)
@given(PIECES)
def test_words_come_back_from_any_style(pieces: list[Piece]) -> None:
    assert words_of(compose(pieces)) == words_in("".join(piece.text for piece in pieces))


@settings(deadline=None, max_examples=200)
@given(WORDS, WORDS, WORDS)
def test_words_come_back_from_a_link(before: str, label: str, after: str) -> None:
    pieces = [Piece(before), Piece(label, Style.LINK, "https://a.example/x?b=1&c=2"), Piece(after)]
    assert words_of(compose(pieces)) == words_in(before + label + after)


@pytest.mark.parametrize(
    ("piece", "html"),
    [
        (Piece("b", Style.BOLD), "<strong>b</strong>"),
        (Piece("i", Style.ITALIC), "<em>i</em>"),
        (Piece("s", Style.STRUCK), "<s>s</s>"),
        (Piece("a ` b", Style.CODE), "<code>a ` b</code>"),
        (Piece(" b ", Style.BOLD), "<strong>b</strong>"),
    ],
)
def test_styles_arrive(piece: Piece, html: str) -> None:
    assert html in render(compose([Piece("x "), piece, Piece(" y")]))
    assert html in render(compose([piece]))


def test_blocks_arrive() -> None:
    html = render(compose([Piece("see"), Piece("*a*\n\n```b", Style.BLOCK, "c++"), Piece("end")]))
    assert "<code>*a*\n\n```b\n</code>" in html
    html = render(compose([Piece("so"), Piece("a\n# b", Style.QUOTE), Piece("end")]))
    assert "<p>a<br>\n# b</p>\n</blockquote>" in html


def test_links_arrive() -> None:
    html = render(compose([Piece("x_y", Style.LINK, "https://a.example/x_y?a=1&copy=2<")]))
    assert 'href="https://a.example/x_y?a=1&amp;copy=2%3C"' in html
    assert 'href="https://a.example/_x_"' in render(escape("see https://a.example/_x_, yes"))
    assert "<a" not in render(compose([Piece("x", Style.LINK, "javascript:alert(1)")]))


def test_two_paragraphs_in_bold_are_two_paragraphs() -> None:
    assert render(compose([Piece("a\n\nb", Style.BOLD)])).count("<strong>") == 2


def test_what_was_hidden_stays_hidden() -> None:
    said = [Piece("It is | "), Piece("the | butler\n\nagain", Style.HIDDEN), Piece("|| so")]
    html = render(compose(said))
    assert plain(html) == "It is | […]\n[…]|| so"
    assert "the | butler" in html


def test_ordinary_words_stay_readable_in_the_source() -> None:
    ordinary = "Well, 3.5 snake_case (or #fern) & co: it's 50% - done! a > b"
    assert escape(ordinary) == ordinary
