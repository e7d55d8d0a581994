"""My selves, for my eyes only: look, words, flowers, and putting one away."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coterie.communities.actions import leaving
from coterie.communities.tests.people import fresh
from coterie.core.verdict import Refused
from coterie.home.actions import retiring
from coterie.personas.models import Persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(moss):
    return moss.founds("Mending circle")


def look(browser, path="/me/"):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def mine(persona):
    return f"/me/{persona.public_id}/"


def test_each_self_stands_with_the_places_that_know_it(at_home, ines, moss, circle):
    assert "Nobody yet" in look(at_home(ines))
    ines.joins(circle, moss, name="wildfern")
    ines.asks(moss.founds("Quiet quilters"), name="night heron")
    ines.persona("saltmarsh")
    html = look(at_home(ines))
    wildfern, heron, salt = (
        html.index(f">{name}</a>") for name in ("wildfern", "night heron", "saltmarsh")
    )
    assert wildfern < html.index("Mending circle", wildfern) < heron
    assert heron < html.index("Quiet quilters", heron) < html.index("waiting", heron) < salt
    assert salt < html.index("Not used anywhere yet")
    assert "whoever is in both can connect the two" not in html


def test_a_self_known_in_two_places_is_marked(at_home, ines, moss, circle):
    ines.joins(circle, moss, name="wildfern")
    other = moss.founds("Swap shop", preset="forum")
    ines.joins(other, moss, persona=ines.here(circle))
    assert "whoever is in both can connect the two" in look(at_home(ines))


def test_nobody_else_finds_a_self(at_home, client, ines, moss):
    persona = ines.persona("wildfern")
    moss.persona("moss")
    assert "wildfern" not in look(at_home(moss))
    for path in (mine(persona), "/me/bcdfghjkmnpqrstvwx/"):
        assert at_home(moss).get(path).status_code == 404
        assert at_home(moss).post(path, {"name": "stolen"}).status_code == 404
        assert at_home(moss).post(f"{path}retirement/").status_code == 404
        assert client.get(path)["Location"].startswith("/sign-in/")
    assert fresh(persona).name == "wildfern"


def test_the_page_of_one_self_shows_no_other(at_home, ines, moss, circle):
    ines.joins(circle, moss, name="wildfern")
    other = ines.joins(moss.founds("Quiet quilters"), moss, name="night heron").persona
    html = look(at_home(ines), mine(ines.here(circle)))
    assert "wildfern" in html
    for trace in ("night heron", other.public_id, f"/flower/{other.seed}.svg"):
        assert trace not in html


def test_name_words_and_flower_can_change(at_home, ines):
    persona, browser = ines.persona("wildfern"), at_home(ines)
    html = look(browser, mine(persona))
    tickets = re.findall(r'name="flower" value="([^"]+)"', html)
    assert len(tickets) == 5
    answer = browser.post(
        mine(persona), {"name": "wild fern", "bio": "Darns.\r\nDyes.", "flower": tickets[3]}
    )
    assert answer["Location"] == "/me/"
    now = fresh(persona)
    assert (now.name, now.bio, now.seed) == (
        "wild fern",
        "Darns.\nDyes.",
        int(tickets[3].split(":")[0]),
    )


def test_nothing_is_lost_when_something_is_missing(at_home, ines):
    persona, browser = ines.persona("wildfern"), at_home(ines)
    tickets = re.findall(r'name="flower" value="([^"]+)"', look(browser, mine(persona)))
    answer = browser.post(mine(persona), {"name": " ", "bio": "Kept.", "flower": tickets[2]})
    html = answer.content.decode()
    assert "Kept." in html
    assert f'value="{tickets[2]}" checked' in html
    rolled = browser.post(mine(persona), {"name": "new name", "bio": "Kept.", "roll": "1"})
    assert 'value="new name"' in rolled.content.decode()
    assert fresh(persona).name == "wildfern"


@pytest.mark.parametrize("same", [{"name": "NIGHT heron"}, {"bio": "darns  on tuesdays."}])
def test_two_selves_that_say_the_same_are_warned_of_once(at_home, ines, same):
    persona, heron = ines.persona("wildfern"), ines.persona("night heron")
    Persona.objects.filter(pk=heron.pk).update(bio="Darns on Tuesdays.")
    typed = {"name": "wildfern", "bio": "", "flower": ""} | same
    html = at_home(ines).post(mine(persona), typed).content.decode()
    assert "can tell that they are one person" in html
    assert fresh(persona).name == "wildfern"
    at_home(ines).post(mine(persona), typed | {"anyway": "on"})
    assert (fresh(persona).name, fresh(persona).bio) == (typed["name"], typed["bio"])


def test_empty_words_are_not_the_same_words(at_home, ines):
    persona, _other = ines.persona("wildfern"), ines.persona("night heron")
    assert at_home(ines).post(mine(persona), {"name": "rue", "bio": ""}).status_code == 302


def test_a_self_that_sits_nowhere_is_put_away(at_home, ines):
    persona, browser = ines.persona("wildfern"), at_home(ines)
    assert "Put away for good" in look(browser, mine(persona))
    assert browser.post(f"{mine(persona)}retirement/")["Location"] == "/me/"
    assert fresh(persona).gone
    assert "wildfern" not in look(browser).replace("Put away", "")
    assert browser.get(mine(persona)).status_code == 404


def test_a_self_that_sits_or_waits_somewhere_cannot_be_put_away(at_home, ines, moss, circle):
    asked = ines.asks(circle, name="wildfern").persona
    assert "Put away for good" not in look(at_home(ines), mine(asked))
    with pytest.raises(Refused, match="Take back its request"):
        retiring.retire(asked, by=ines.viewer)
    seated = ines.joins(moss.founds("Swap shop", preset="forum"), moss, name="rue").persona
    with pytest.raises(Refused, match="Leave its communities first"):
        retiring.retire(seated, by=ines.viewer)
    assert at_home(ines).post(f"{mine(seated)}retirement/").status_code == 403
    leaving.leave(seated.memberships.get(), by=seated)
    retiring.retire(seated, by=ines.viewer)
    assert fresh(seated).gone


def test_my_page_costs_the_same_with_many_selves(at_home, ines, moss):
    def cost():
        browser = at_home(ines)
        with CaptureQueriesContext(connection) as queries:
            look(browser)
        return len(queries)

    def grow(number):
        ines.joins(moss.founds(f"Forum {number}", preset="forum"), moss, name=f"self {number}")
        ines.asks(moss.founds(f"Group {number}"), name=f"other {number}")

    for number in range(2):
        grow(number)
    few = cost()
    for number in range(2, 7):
        grow(number)
    assert cost() == few


def test_light_or_dark_is_kept_in_this_browser_without_a_script(at_home, ines):
    browser = at_home(ines)
    browser.post("/me/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in look(browser)
    browser.post("/me/theme/", {"theme": "purple"})
    assert 'data-theme="dark"' in look(browser)
    browser.post("/me/theme/", {"theme": ""})
    assert "data-theme=" not in look(browser)


def test_my_page_leads_to_account_and_out(at_home, ines):
    html = look(at_home(ines))
    for target in ('href="/account/"', 'href="/about/privacy/"', 'action="/sign-out/"'):
        assert target in html
    assert 'href="/operator/"' not in html
