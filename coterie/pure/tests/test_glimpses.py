"""What a page says of itself, also a page that means no good."""

import time

from coterie.pure.glimpses import MOST_READ, MOST_TITLE, MOST_WORDS, Glimpse, glimpse, telling
from coterie.pure.markup import first_link, render

HERE = "https://a.example/ferns/"


def seen(page, charset=""):
    body = page if isinstance(page, bytes) else page.encode()
    return glimpse(body, charset=charset, address=HERE)


def test_open_graph_comes_before_twitter_and_both_before_the_plain_title():
    plain = "<title>Plain</title><meta name=description content=Few>"
    twitter = '<meta name="twitter:title" content=Tweet><meta name="twitter:image" content="t.png">'
    og = (
        '<meta property="og:title" content="Open"><meta property="og:image" content="/o.png">'
        '<meta property="og:description" content="Many">'
    )
    assert seen(plain) == Glimpse("Plain", "Few", "")
    assert seen(plain + twitter) == Glimpse("Tweet", "Few", f"{HERE}t.png")
    assert seen(plain + twitter + og) == Glimpse("Open", "Many", "https://a.example/o.png")
    assert seen("<p>Nothing") == Glimpse("", "", "")


def test_what_it_says_is_text_and_short():
    page = seen(
        '<title>&lt;b>x</title><meta property="og:title" content="&lt;script>alert(1)&lt;/script>'
        '&#10;&#x202e;a &#0;&#xd800; &quot;b">'
    )
    assert page.title == '<script>alert(1)</script> a \ufffd\ufffd "b'
    long = seen(f"<title>{'word ' * 300}</title><meta name=description content='{'x' * 3000}'>")
    assert (len(long.title) <= MOST_TITLE, len(long.words) <= MOST_WORDS) == (True, True)


def test_it_is_read_in_the_letters_it_was_written_in():
    for name in ("utf-8", "latin-1", "cp1251", "shift_jis", "gb18030", "utf-16"):
        word = {"cp1251": "Мох", "shift_jis": "苔", "gb18030": "苔"}.get(name, "Müsli")
        body = f"<title>{word}</title>".encode(name)
        assert seen(body, name).title == word
        if name != "utf-16":
            declared = f'<meta http-equiv=x content="text/html; charset={name}">'.encode()
            assert seen(declared + body).title == word
    for odd in ("zip", "idna", "punycode", "unicode_escape", "rot13", "undefined", "no such", "\0"):
        assert seen("<title>Müsli</title>", odd).title == "Müsli"


def test_what_stands_in_scripts_is_not_said():
    lie = "<script>'<meta property=og:title content=No>'</script>"
    assert seen(f"{lie}<title>Yes</title>").title == "Yes"
    assert seen("<script><title>No</title>").title == ""


def test_a_megabyte_of_anything_is_read_in_no_time():
    for piece in (
        "<", "<!--", "<a ", "<div>", "<meta ", '<meta "', '<meta x="', "&", "<title>", "<table>",
        "<title>a</title", "<script>", "<meta>", "</", "<b><p>", "<svg><title>",
        "<meta content='&#",
    ):  # fmt: skip
        began = time.process_time()
        seen(piece * (1_000_000 // len(piece)))
        assert time.process_time() - began < 2, piece


def test_of_what_a_page_tells_a_good_deal_is_read_and_no_more():
    tag = f'<meta name="x" content="{"&amp;" * 700}">'
    page = "<title>First</title>" + tag * 100 + '<meta name="description" content="Last">'
    assert len(page) > MOST_READ
    found = seen(page)
    assert (found.title, found.words) == ("First", "")
    assert sum(map(len, telling(page))) <= MOST_READ


def test_the_first_link_is_the_writers_own_and_in_the_open():
    assert first_link(render("Words.")) == ""
    assert first_link(render("mailto:a@b.example <mailto:a@b.example>")) == ""
    assert first_link(render("a https://b.example/?x=1&y=2#z c https://d.example")) == (
        "https://b.example/?x=1&y=2#z"
    )
    assert first_link(
        render("> https://b.example\n> > https://c.example\n\nhttps://d.example")
    ) == ("https://d.example")
    assert first_link(render("`https://b.example`")) == ""
