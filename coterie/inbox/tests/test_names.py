"""Who may not find a community any more learns no name that it took since."""

import pytest

from coterie.communities.actions import describing, hosting, joining, shaping
from coterie.communities.reads import own_past
from coterie.communities.tests.people import Person, fresh
from coterie.home.reads.beings import beings
from coterie.inbox.tests.people import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(db):
    return Person("ines")


@pytest.fixture
def moss(db):
    return Person("moss")


@pytest.fixture
def circle(ines):
    return ines.founds("Mending circle", found_by="everyone", seen_by="members")


def rename(circle, ines, *, secret):
    host = ines.here(circle)
    describing.describe(fresh(circle), by=host, name="Safe house", purpose="", welcome="", hue=3)
    if secret:
        shaping.reshape(fresh(circle), by=host, found_by="nobody", joined_by="invitation")


def everything(moss, *paths):
    return "".join(moss.browser.get(path).content.decode() for path in paths)


def test_a_declined_asker_knows_the_name_they_asked_under(
    ines, moss, circle, django_capture_on_commit_callbacks
):
    asked = moss.asks(circle)
    rename(circle, ines, secret=True)
    waits = everything(moss, asked.path, "/", "/me/", "/alerts/")
    with django_capture_on_commit_callbacks(execute=True):
        joining.turn_away(asked, by=ines.here(circle), sentence="Not now.")
    after = everything(moss, asked.path, "/", "/me/", "/alerts/")
    for shown in (waits, after):
        assert "Mending circle" in shown
        assert "Safe house" not in shown
        assert circle.public_id not in shown
    told = letters()[-1]
    assert "Mending circle" in told["text"]
    assert "Safe house" not in told["subject"] + told["text"]
    assert own_past(moss.viewer)[asked.persona_id] == ["Mending circle"]


def test_who_may_still_find_it_sees_its_name_of_today(ines, moss, circle):
    asked = moss.asks(circle)
    rename(circle, ines, secret=False)
    assert "Safe house" in everything(moss, asked.path)
    assert [place["name"] for place in beings(moss.viewer)[0]["waits"]] == ["Safe house"]


def test_who_was_sent_away_learns_no_newer_name_either(
    ines, moss, circle, django_capture_on_commit_callbacks
):
    seat = moss.joins(circle, ines)
    with django_capture_on_commit_callbacks(execute=True):
        hosting.remove(seat, by=ines.here(circle))
    rename(circle, ines, secret=True)
    shown = everything(moss, "/alerts/", "/me/", "/")
    assert "Mending circle" in shown
    assert "Safe house" not in shown
    assert "Safe house" in ines.browser.get("/").content.decode()
    assert own_past(moss.viewer)[seat.persona_id] == ["Mending circle"]
