"""What `render` keeps of Markdown, what it makes plainer, and how long it may take."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coterie.pure.markup import MAX_SOURCE, TooLong, excerpt, plain, render, rendering

REL = 'rel="nofollow noopener ugc noreferrer"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "First *fronds* **today**",
            '<p dir="auto">First <em>fronds</em> <strong>today</strong></p>',
        ),
        ("~~no~~ `a < b`", '<p dir="auto"><s>no</s> <code>a &lt; b</code></p>'),
        ("one\ntwo", '<p dir="auto">one<br>\ntwo</p>'),
        ("> quoted", '<blockquote dir="auto">\n<p>quoted</p>\n</blockquote>'),
        ("3. c", '<ol start="3" dir="auto">\n<li>c</li>\n</ol>'),
        ("```python evil\nx\n```", '<pre dir="auto" tabindex="0"><code>x\n</code></pre>'),
        ("<b>bold</b>", '<p dir="auto">&lt;b&gt;bold&lt;/b&gt;</p>'),
        ("    not code", '<p dir="auto">not code</p>'),
        ("a\n---", '<p dir="auto">a</p>\n<hr>'),
    ],
)
def test_markdown_becomes_html(source: str, html: str) -> None:
    assert render(source) == html


def test_headings_stand_below_those_of_the_page() -> None:
    levels = "\n".join("#" * depth + f" {depth}" for depth in range(1, 7))
    found = [line[:3] for line in render(levels).splitlines()]
    assert found == ["<h3", "<h4", "<h5", "<h6", "<h6", "<h6"]


def test_a_table_keeps_its_cells_and_loses_its_style() -> None:
    html = render("|a|b|\n|:-|-:|\n|1|2|")
    assert '<table dir="auto" tabindex="0">' in html
    assert "<td>2</td>" in html
    assert "style" not in html


def test_links_tell_nobody_and_vouch_for_nobody() -> None:
    html = render("[a](https://a.example/x_y_z 'title') b.org http://c.example/d_e_f")
    assert html.count(REL) == 3
    assert "title" not in html
    assert "d_e_f</a>" in html


def test_an_address_is_shown_as_it_was_written() -> None:
    assert ">https://xn--pple-43d.com/%41</a>" in render("https://xn--pple-43d.com/%41")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "/here",
        "//evil.example",
        "data:text/html,x",
        "ftp://a.example",
        "http:",
        "vbscript:x",
    ],
)
def test_other_addresses_are_no_links(address: str) -> None:
    for source in (f"[a]({address})", f"<{address}>", f"![a]({address})", f"[a]\n\n[a]: {address}"):
        assert "<a" not in render(source), source


def test_an_image_becomes_a_link_to_it() -> None:
    html = render("![a *leaf*](https://a.example/leaf.png)")
    assert html == f'<p dir="auto"><a href="https://a.example/leaf.png" {REL}>a leaf</a></p>'
    assert render("![](https://a.example/b.png)").count("https://a.example/b.png") == 2


def test_an_image_inside_a_link_gives_its_words_to_the_link() -> None:
    html = render("[![leaf](https://a.example/i.png)](https://b.example/)")
    assert html == f'<p dir="auto"><a href="https://b.example/" {REL}>leaf</a></p>'


def test_too_long_a_text_is_refused_with_a_sentence() -> None:
    assert render("a" * MAX_SOURCE)
    with pytest.raises(TooLong, match="at most 50,000"):
        render("a" * 1_000_000)


def repeated(text: str) -> str:
    return (text * MAX_SOURCE)[:MAX_SOURCE]


@pytest.mark.parametrize(
    "source",
    [
        ">" * 10_000,
        repeated("> "),
        repeated("- > "),
        *map(
            repeated,
            ["[", "![", "[a](", "[a](<b", "*a **a ", "*_", "`", "<!--", "&", "<a ", "|", "(", "\\"],
        ),
        *map(
            repeated,
            ["://", "a://", "http://", "http://a.b/", "www.a.co ", "a@b.co ", "mailto:", "//a"],
        ),
        "\n".join("  " * depth + "- a" for depth in range(210)),
        "".join("e" + "`" * width for width in range(300)),
        "|a|b|\n|-|-|\n" + "|\n" * 20_000,
        "\n".join(f"[{number}]: http://x.example/{number}" for number in range(1_400)),
        "http://a.example/" + "(" * 49_000,
    ],
    ids=lambda source: source[:12],
)
def test_hostile_input_is_rendered_in_bounded_time(source: str) -> None:
    started = time.process_time()
    render(source[:MAX_SOURCE])
    assert time.process_time() - started < 10


def test_quotes_nest_only_so_deep() -> None:
    assert render(">" * 10_000).count("<blockquote") <= 20


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_renders(source: str) -> None:
    assert isinstance(plain(render(source)), str)


WORDS = st.sampled_from([*"ab é9 ,.;:!?'-…\n_*[]<&#+|/@", "http", "www", ". ", "com", "xn--", " "])


@settings(deadline=None, max_examples=400)
@given(st.lists(WORDS, max_size=14).map("".join))
def test_words_without_markup_take_a_shorter_way_to_the_same_html(source: str) -> None:
    slow = rendering.CLEANER.clean(rendering.MARKDOWN.render(source)).strip()
    assert render(source) == slow


def test_there_are_words_that_take_the_shorter_way() -> None:
    short = "Who has a cutting? It's pale-green, really… I don't.\nTake it"
    assert rendering.PLAIN.fullmatch(short)
    assert not rendering.PLAIN.fullmatch("see example.com")


def test_plain_gives_the_words() -> None:
    html = render("# Hi\n\nfirst\nsecond & *third*\n\n- a\n- b\n\n|c|d|\n|-|-|\n|e|f|")
    assert plain(html) == "Hi\nfirst\nsecond & third\na\nb\nc d\ne f"
    assert plain(render("1 < 2 > 0 &amp;amp;")) == "1 < 2 > 0 &amp;"


def test_an_excerpt_ends_at_a_word() -> None:
    html = render("The fern unrolls its\nfirst frond today.")
    assert excerpt(html, 30) == "The fern unrolls its first…"
    assert excerpt(html, 100) == "The fern unrolls its first frond today."
    assert excerpt(render("a" * 50), 10) == "a" * 9 + "…"
    assert len(plain(html, 12)) <= 12


@pytest.mark.parametrize("unit", ["xn--a.", "//a.b/(", "http://a.b/(", "a.com/(", "a@b.c("])
def test_what_only_looks_like_addresses_is_words_and_soon_read(unit):
    assert "<a " not in render((unit * MAX_SOURCE)[:MAX_SOURCE])
    assert "<a " in render(f"See https://example.org/ and {unit} there.")
