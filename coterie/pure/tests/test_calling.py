"""`#words` and `@names`: what counts as one, and where it leads."""

import time
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coterie.pure.markup import MAX_SOURCE, called, has_links, plain, render
from coterie.pure.markup.calling import MOST_LINKS
from coterie.pure.tests.test_markup_payloads import faults

AT = "/p/abc/"
PEOPLE = {"moss": "M1", "salt & thistle": "S2", "d'arcy": "D3"}


def tags(source: str) -> list[str]:
    return addresses(source, f"{AT}tags/")


def people(source: str) -> list[str]:
    return addresses(source, f"{AT}members/")


def addresses(source: str, start: str) -> list[str]:
    parts = render(source, at=AT, people=PEOPLE).split(f'href="{start}')[1:]
    return [unquote(part.split('/"')[0]) for part in parts]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("#fern, (#Pale-Green) and #2025goals.", ["fern", "pale-green", "2025goals"]),
        ("**#bold** *#it*", ["bold", "it"]),
        ("#修理 #हिन्दी #ÉTÉ", ["修理", "हिन्दी", "été"]),
        ("#a-b- and #c_", ["a-b", "c"]),
        ("||#hidden||", ["hidden"]),
    ],
)
def test_a_word_behind_a_hash_leads_to_its_tag(source: str, words: list[str]) -> None:
    assert tags(source) == words


@pytest.mark.parametrize(
    "source",
    [
        "#1, #2025, C#, a#b, ##a, #, # title, #-a",
        "https://a.example/#frag www.a.example/#frag a.example?q=#x",
        "`#code` and\n\n```\n#code\n```",
        "&#39; &#x27; &#amp;",
        r"\#escaped",
        "[#label](https://a.example)",
        "#" + "a" * 31,
    ],
)
def test_other_hashes_lead_nowhere(source: str) -> None:
    assert tags(source) == []


def test_a_name_leads_to_whom_it_means_and_shows_no_quotes() -> None:
    html = render('@moss, @"salt & thistle", @d\'arcy. @nobody', at=AT, people=PEOPLE)
    link = '<a class="mention" dir="auto" rel="nofollow" href="/p/abc/members/S2/">'
    assert f"{link}@salt &amp; thistle</a>" in html
    assert people("@moss, @d'arcy's and @D'Arcy.") == ["M1", "D3"]
    assert html.endswith("@nobody</p>")


@pytest.mark.parametrize(
    "source",
    ["a@moss", "/@moss", "@@moss", "`@moss`", r"\@moss", "[@moss](https://a.example)"],
)
def test_other_signs_call_nobody(source: str) -> None:
    assert people(source) == []
    assert called(source) == ()


def test_without_an_address_words_stay_words() -> None:
    assert render("#fern @moss") == '<p dir="auto">#fern @moss</p>'


def test_only_what_leads_out_counts_as_a_link() -> None:
    assert not has_links(render("#fern @moss", at=AT, people=PEOPLE))
    assert has_links(render("#fern HTTPS://a.example", at=AT))


@pytest.mark.parametrize("forged", ["\ufdd00\ufdd1", "&#xfdd0;0&#xfdd1;", "&#64976;0&#64977;"])
def test_nobody_writes_the_places_in_which_links_are_put(forged: str) -> None:
    html = render(f"#fern [{forged}](https://a.example/{forged}) {forged}", at=AT)
    assert html.count('class="hashtag"') == 1


def test_so_many_are_links_and_the_rest_are_words() -> None:
    assert len(tags("#a " * 500)) == MOST_LINKS
    assert len(people("@moss " * 500)) == MOST_LINKS


SIGNS = st.sampled_from(
    [
        *"#@\"|>!<&;:/\\`*[]() ab1-_.'\n",
        "moss",
        "||",
        ">!",
        "http://a.b/",
        "[x](",
        "é",
        "ि",
        "\ufdd0",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(SIGNS, max_size=24).map("".join), st.text(max_size=8), st.text(max_size=8))
def test_any_row_of_signs_is_safe_and_loses_no_word(source: str, name: str, seat: str) -> None:
    html = render(source, at=AT, people={"moss": "M1", name.casefold(): seat})
    assert not faults(html), source
    assert not set(html) & {"\ufdd0", "\ufdd1"}
    said = plain(html).replace("@", "").replace('"', "")
    assert said == plain(render(source)).replace("@", "").replace('"', "")


@pytest.mark.parametrize("signs", ["#", "#a", "#a ", "@", "@a ", '@"', '@"a" ', "#" + "ि" * 30])
def test_long_rows_of_signs_are_read_in_bounded_time(signs: str) -> None:
    source = (signs * MAX_SOURCE)[:MAX_SOURCE]
    started = time.process_time()
    render(source, at=AT, people={"a": "A"})
    called(source)
    assert time.process_time() - started < 5
