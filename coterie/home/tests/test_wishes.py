"""Home shows what is asked for, in an address that Back keeps, and no more than one may see."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coterie.chat.actions import opening
from coterie.communities.actions import hearing as hearing_of_places
from coterie.communities.models import Community
from coterie.communities.models.belonging import Level
from coterie.communities.tests.people import Person
from coterie.talk.actions import hearing, posting, reading
from coterie.talk.models import Conversation, Said

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(ines, moss):
    circle = ines.founds("Mending circle")
    moss.joins(circle, ines)
    return circle


def says(person, community, title, **more):
    return posting.start_topic(
        community,
        Said(f"Words of {title}.", **more),
        by=person.here(community),
        title=title,
        client_key=title,
    )


def shown(person, path):
    """The titles on the page, in their order, and the whole of it."""
    html = person.browser.get(path).content.decode()
    rows = re.findall(r'class="(?:news|known)__link"[^>]*>([^<]*)<', html)
    return rows, html


def test_by_kind_and_by_community(ines, moss, circle):
    dye = ines.founds("Natural dye")
    moss.joins(dye, ines)
    says(moss, circle, "Elbows")
    says(moss, dye, "Walnut")
    room = Conversation.objects.filter(community=circle, kind="room").first()
    room = room or opening.open_room(circle, by=ines.here(circle), name="The kitchen")
    posting.reply(room, Said("Tea?"), by=moss.here(circle), client_key="tea")
    assert len(shown(ines, "/")[0]) == 3
    assert shown(ines, "/?show=topics")[0] == ["Walnut", "Elbows"]
    assert shown(ines, "/?show=rooms")[0] == [room.title]
    assert shown(ines, f"/?in={circle.public_id}")[0] == [room.title, "Elbows"]
    assert shown(ines, f"/?show=topics&in={dye.public_id}")[0] == ["Walnut"]
    rows, html = shown(ines, "/?show=gatherings")
    assert rows == []
    assert "Nothing new here" in html


def test_the_way_to_a_choice_keeps_the_other(ines, moss, circle):
    _rows, html = shown(ines, f"/?show=rooms&in={circle.public_id}")
    assert f'href="/?show=topics&amp;in={circle.public_id}"' in html
    assert 'href="/?show=rooms"' in html
    assert f'href="/?show=rooms&amp;in={circle.public_id}&amp;seen=1"' in html
    assert f'href="/?show=rooms&amp;in={circle.public_id}"' in shown(ines, "/?show=rooms&in=")[1]


def test_followed_is_what_somebody_follows_by_topic_or_place(ines, moss, circle):
    dye = ines.founds("Natural dye")
    moss.joins(dye, ines)
    elbows, knees = says(moss, circle, "Elbows"), says(moss, circle, "Knees")
    walnut = says(moss, dye, "Walnut")
    says(moss, dye, "Weld")
    assert shown(ines, "/?show=followed")[0] == []
    hearing.hear(elbows, Level.FOLLOW, by=ines.here(circle))
    assert shown(ines, "/?show=followed")[0] == ["Elbows"]
    hearing_of_places.hear(ines.seat(dye), Level.FOLLOW, by=ines.here(dye))
    hearing.hear(walnut, Level.MUTE, by=ines.here(dye))
    assert shown(ines, "/?show=followed")[0] == ["Weld", "Elbows"]
    hearing.hear(knees, Level.FOLLOW, by=moss.here(circle))
    assert shown(ines, "/?show=followed")[0] == ["Weld", "Elbows"]


def test_what_cannot_be_asked_for_is_left_away(ines, moss, circle):
    hush = moss.founds("Hush", preset="close_circle")
    says(moss, hush, "A secret")
    says(moss, circle, "Elbows")
    reading.read_up_to(says(moss, circle, "Knees"), by=ines.here(circle), seq=1)
    for path, there in (
        ("/?show=nothing", "Elbows"),
        (f"/?in={hush.public_id}", "Elbows"),
        ("/?seen=1&after=zz-zz", "Knees"),
    ):
        rows, html = shown(ines, path)
        assert there in rows
        assert "A secret" not in html
        assert "Hush" not in html


def test_what_was_seen_is_a_link_away_page_by_page(ines, moss, circle, monkeypatch):
    monkeypatch.setattr("coterie.home.reads.news.SIZE", 2)
    topics = [says(moss, circle, f"Topic {n}") for n in range(5)]
    for topic in topics[:4]:
        reading.read_up_to(topic, by=ines.here(circle), seq=1)
    assert shown(ines, "/")[0] == ["Topic 4"]
    rows, html = shown(ines, "/?show=topics&seen=1")
    assert rows == ["Topic 3", "Topic 2"]
    (older,) = re.findall(r'rel="next" href="([^"]+)"', html)
    rows, html = shown(ines, older.replace("&amp;", "&"))
    assert rows == ["Topic 1", "Topic 0"]
    assert 'rel="next"' not in html


def test_what_was_said_before_a_door_was_opened_is_not_among_it(ines, moss, circle):
    says(ines, circle, "Before")
    Community.objects.filter(pk=circle.pk).update(history_from=timezone.now())
    juno = Person("juno")
    juno.joins(Community.objects.get(pk=circle.pk), ines)
    says(ines, circle, "After")
    reading.mark_all_read(circle, by=moss.here(circle))
    reading.mark_all_read(circle, by=juno.here(circle))
    assert shown(moss, "/?seen=1&show=topics")[0] == ["After", "Before"]
    assert shown(juno, "/?seen=1&show=topics")[0] == ["After"]


def test_every_way_to_look_costs_the_same_with_much(ines, moss, circle):
    paths = ("/?show=followed", "/?show=rooms&seen=1", f"/?in={circle.public_id}&seen=1", "/?in=")

    def cost(path):
        browser = ines.browser
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            browser.get(path)
        return len(queries)

    for number in range(2):
        says(moss, circle, f"One {number}")
    few = [cost(path) for path in paths]
    for number in range(5):
        other = moss.founds(f"Circle {number}")
        ines.joins(other, moss)
        says(moss, other, f"Two {number}")
        says(moss, circle, f"Three {number}")
    assert [cost(path) for path in paths] == few
    assert max(few) <= 10
