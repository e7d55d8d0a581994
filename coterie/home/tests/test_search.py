"""The search page: what each person finds there, and what nobody does."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coterie.communities.actions import keeping_away
from coterie.communities.models import Community
from coterie.home.reads import search as reads
from coterie.personas.actions import being
from coterie.talk.models import Voice
from coterie.talk.tests.speaking import Speaker
from tests.house import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_too_fast(monkeypatch):
    monkeypatch.setattr("coterie.safety.gates.MOST", 10**9)


@pytest.fixture
def ines():
    return Speaker("ines")


@pytest.fixture
def moss():
    return Speaker("moss")


@pytest.fixture
def wren():
    return Speaker("wren")


@pytest.fixture
def circle(ines, moss):
    """A private group of two."""
    made = ines.founds("Mending circle")
    moss.joins(made, ines)
    return made


def page(person, query, **more):
    browser = person.browser() if person else Client()
    answer = browser.get("/search/", {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def said(person, query, **more):
    """The words of each post that is found."""
    found = reads.search(person.viewer, query, **more)
    return ["".join(text for text, _ in row["words"]) for row in found.posts.rows]


def test_a_member_finds_it_marked_and_a_stranger_nothing_at_all(ines, moss, wren, circle):
    ines.starts(circle, "Elbows", "The zyzzyva <b>bites</b> & more")
    html = page(moss, "zyzz")
    assert "<mark>zyzzyva</mark> &lt;b&gt;bites" in html
    assert "Mending circle" in html
    for stranger in (wren, None):
        assert "zyzzyva" not in page(stranger, "zyzz")
        assert "Mending" not in page(stranger, "elb")


def test_a_stranger_gets_the_same_page_whether_it_is_there_or_not(ines, wren, circle):
    browser = wren.browser()

    def asked(query):
        answer = browser.get("/search/", {"q": query}, headers={"HX-Request": "true"})
        return answer.content

    before = [asked(query) for query in ("zyzzyva", "from:ines", "from:ines zyzzyva")]
    ines.starts(circle, "zyzzyva", "zyzzyva")
    assert [asked(q) for q in ("zyzzyva", "from:ines", "from:ines zyzzyva")] == before
    there, nowhere = asked('in:"mending circle" a'), asked('in:"no such place" a')
    assert there.replace(b"mending circle", b"no such place") == nowhere
    inside = browser.get("/search/", {"q": "zyzzyva", "in": circle.handle}).content.decode()
    nowhere = browser.get("/search/", {"q": "zyzzyva", "in": "x" * 18}).content.decode()
    assert "Only in" not in inside
    assert inside == nowhere.replace("x" * 18, circle.handle)


def test_people_topics_and_communities_are_found_by_name(ines, moss, wren, circle):
    topic = ines.starts(circle, "Walnut dye", "x")
    html = page(moss, "waln")
    assert f'href="{topic.path}"' in html
    found = reads.search(moss.viewer, "ines")
    assert ["".join(t for t, _ in row["name"]) for row in found.people] == [ines.here(circle).name]
    assert [row["name"] for row in reads.search(moss.viewer, "mend").places] == ["Mending circle"]
    stranger = reads.search(wren.viewer, "ines")
    assert not stranger.count


def people(person, query):
    found = reads.search(person.viewer, query).people
    return ["".join(text for text, _ in row["name"]) for row in found]


def test_people_are_found_by_any_word_of_their_name_however_it_is_spelt(ines, moss, circle):
    names = ("José Ångström", "山田花子", "Łukasz 100%_a")
    for name in names:
        Speaker("guest").joins(circle, ines, name=name)
    for query in ("jose", "JOSÉ", "ang", "ångström jos", "jose angst"):
        assert people(moss, query) == ["José Ångström"]
    for query in ("山田", "田花", "花子"):
        assert people(moss, query) == ["山田花子"]
    assert people(moss, "lukasz 100%_a") == ["Łukasz 100%_a"]
    for query in ("ose", "jos angstrom", "%", "_"):
        assert people(moss, query) == []


def test_who_takes_another_name_is_found_by_that_and_no_more_by_the_old(ines, moss, circle):
    being.rename(moss.here(circle), name="Fern Hill", by=moss.viewer)
    ines.starts(circle, "A", "by ines")
    moss.replies(ines.starts(circle, "B", "b"), "by fern")
    assert (people(ines, "fern"), people(ines, "hil"), people(ines, "moss")) == (
        ["Fern Hill"], ["Fern Hill"], [],
    )  # fmt: skip
    assert said(ines, "from:hill") == ["by fern"]
    assert said(ines, "from:moss") == []


def test_a_letter_that_is_typed_loads_no_more_names_than_a_few(ines, moss, circle):
    for query in ("mo", "from:mo b"):
        with CaptureQueriesContext(connection) as caught:
            reads.search(ines.viewer, query)
        named = [q["sql"] for q in caught if 'JOIN "personas_persona"' in q["sql"]]
        assert named
        assert all("LIMIT" in sql for sql in named), named


def test_whom_one_blocked_is_found_neither_by_name_nor_by_words(ines, moss, circle):
    juno = Speaker("juno")
    juno.joins(circle, ines)
    topic = ines.starts(circle)
    moss.replies(topic, "walnut")
    keeping_away.block(moss.seat(circle), by=juno.here(circle))
    assert said(juno, "walnut") == said(juno, "from:moss") == []
    assert not reads.search(juno.viewer, "moss").people
    assert reads.search(ines.viewer, "moss").people


def test_from_finds_what_was_said_under_a_name_and_nothing_nameless(ines, moss, circle):
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    topic = ines.starts(circle, "A", "by ines")
    moss.replies(topic, "by moss")
    moss.replies(topic, "by nobody", voice=Voice.MEMBER)
    ines.replies(topic, "by hosts", voice=Voice.HOSTS)
    assert said(ines, f'from:"{moss.here(circle).name}"') == ["by moss"]
    assert said(ines, f'from:"{ines.here(circle).name}"') == ["by ines"]
    assert said(ines, "from:nobodyatall") == []
    assert said(ines, f'from:"{moss.here(circle).name}" nobody') == []


def test_in_looks_in_one_community_and_has_only_where_something_hangs(ines, circle):
    other = ines.founds("Houseplants")
    ines.starts(circle, "A", "walnut https://example.org/walnut")
    ines.starts(other, "B", "walnut")
    assert len(said(ines, "walnut")) == 2
    assert said(ines, "walnut in:house") == said(ines, "walnut", handle=other.handle) == ["walnut"]
    assert len(said(ines, "has:link")) == 1
    assert said(ines, "has:photo walnut") == []
    assert said(ines, "walnut before:2020") == []
    assert len(said(ines, "walnut after:2020")) == 2
    html = page(ines, "walnut in:nowhere")
    assert "No community of this name" in html


def test_an_operator_that_is_none_is_searched_as_words_and_said_so(ines, circle):
    ines.starts(circle, "A", "colour red")
    html = page(ines, "colour:red")
    assert "“colour:red” is searched as words" in html
    assert "<mark>colour red</mark>" in html
    assert "names no day" in page(ines, "before:soon")
    assert "waits for a word" in page(ines, "from:")


def test_without_a_question_the_page_says_what_can_be_asked(ines, circle):
    assert "has:photo" in page(ines, "")
    assert "Nothing found" in page(ines, "nosuchword")
    assert "has:photo" in page(None, "")


def test_whoever_types_gets_what_was_found_and_no_frame(ines, circle):
    ines.starts(circle, "A", "walnut")
    answer = ines.browser().get("/search/", {"q": "wal"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<mark>walnut</mark>" in html
    assert "<html" not in html
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_older_results_are_a_link_away(ines, circle):
    topic = ines.starts(circle)
    for n in range(25):
        ines.replies(topic, f"walnut {n}")
    browser = ines.browser()
    first = browser.get("/search/", {"q": "walnut"}).content.decode()
    assert first.count("data-hit") == 20
    more = first.split('href="/search/?q=walnut&amp;after=')[1].split('"')[0]
    assert browser.get(f"/search/?q=walnut&after={more}").content.decode().count("data-hit") == 5
    for nonsense in ("x", "-", "f" * 70, "1e9"):
        assert browser.get("/search/", {"q": "walnut", "after": nonsense}).status_code == 200


def test_it_costs_the_same_for_many_as_for_few(ines, moss, circle):
    topic = ines.starts(circle, "walnut")
    costs = []
    for many in (2, 18):
        for n in range(many):
            moss.replies(topic, f"walnut {n}")
            ines.starts(circle, f"walnut {many} {n}")
        browser = moss.browser()
        browser.get("/search/", {"q": "walnut"})
        with CaptureQueriesContext(connection) as caught:
            browser.get("/search/", {"q": "walnut"})
        costs.append(len(caught))
    assert costs[0] == costs[1]


def test_every_naughty_string_can_be_said_and_looked_for(ines, moss, circle):
    strings = json.loads((ROOT / "tests/data/security/blns.json").read_text())
    topic = ines.starts(circle)
    browser = moss.browser()
    failed, lost = [], []
    for number, text in enumerate(strings):
        if text.strip():
            ines.replies(topic, f"q{number}q\n\n{text}")
        answer = browser.get("/search/", {"q": text}, headers={"HX-Request": "true"})
        if answer.status_code not in (200, 400):
            failed.append((text, answer.status_code))
        if text.strip() and not said(moss, f"q{number}q"):
            lost.append(text)
    assert not failed
    assert not lost
