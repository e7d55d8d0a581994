"""Home tells one person what is new, what waits, and where she waits; and ends."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coterie.communities.actions import hosting, joining, keeping_away
from coterie.communities.models import Community
from coterie.communities.tests.people import Person
from coterie.home.reads import home, news
from coterie.safety.actions import reporting
from coterie.talk import reads as talk
from coterie.talk.actions import posting, reading
from coterie.talk.models import Conversation, Said, Voice

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10


@pytest.fixture
def circle(ines):
    return ines.founds("Mending circle")


def says(person, community, title, **more):
    return posting.start_topic(
        community,
        Said(f"Words of {title}.", **more),
        by=person.here(community),
        title=title,
        client_key=title,
    )


def look(browser):
    return browser.get("/").content.decode()


def test_a_newcomer_is_told_how_to_begin(at_home, ines):
    html = look(at_home(ines))
    assert 'href="/find/"' in html
    assert 'href="/new/"' in html
    assert "You are up to date" not in html


def test_what_is_new_stands_first_and_the_page_ends(at_home, ines, moss, circle):
    moss.joins(circle, ines)
    for title in ("First topic", "Second topic"):
        says(moss, circle, title)
    html = look(at_home(ines))
    assert html.index("New since you were here") < html.index("Second topic")
    assert html.index("Second topic") < html.index("First topic") < html.index("You are up to date")
    assert "Words of Second topic." in html
    assert "2 new things" in html


def test_the_hosts_wear_a_crown_and_not_the_flower_of_nobody(at_home, ines, moss, circle):
    moss.joins(circle, ines)
    says(ines, circle, "First topic", voice=Voice.HOSTS)
    html = look(at_home(moss))
    assert "The hosts" in html
    assert "#crown" in html
    assert "ui/bud" not in html


def test_what_was_read_is_not_new(at_home, ines, moss, circle):
    moss.joins(circle, ines)
    topic = says(moss, circle, "First topic")
    reading.read_up_to(topic, by=ines.here(circle), seq=1)
    html = look(at_home(ines))
    assert "First topic" not in html
    assert "Nothing new" in html


def test_other_peoples_communities_are_not_there(at_home, ines, moss):
    hush = moss.founds("Hush", preset="close_circle")
    says(moss, hush, "A secret")
    html = look(at_home(ines))
    assert "Hush" not in html
    assert "A secret" not in html


def test_an_anonymous_voice_stays_anonymous(ines, moss, circle):
    moss.joins(circle, ines)
    Community.objects.filter(pk=circle.pk).update(anonymous_voice=True)
    circle.refresh_from_db()
    says(moss, circle, "A worry", voice=Voice.MEMBER)
    (row,), _ = news.newest(ines.viewer)
    assert row["face"] == {"word": "member", "name": "A member", "seed": None}
    assert moss.here(circle).name not in str(row)


def test_whom_i_do_not_meet_is_no_news(ines, moss, circle):
    wren = Person("wren")
    for each in (moss, wren):
        each.joins(circle, ines)
    says(moss, circle, "Of the blocked")
    open_topic = says(wren, circle, "Of another")
    posting.reply(open_topic, Said("Also new."), by=moss.here(circle), client_key="r")
    keeping_away.block(moss.seat(circle), by=ines.here(circle))
    rows, _ = news.newest(ines.viewer)
    assert [(row["title"], row["new"]) for row in rows] == [("Of another", 1)]
    reading.read_up_to(open_topic, by=ines.here(circle), seq=1)
    assert news.newest(ines.viewer)[0] == []


def test_hosts_see_who_waits_and_members_do_not(at_home, ines, moss, circle):
    wren = Person("wren")
    moss.joins(circle, ines)
    wren.asks(circle, name="thistledown")
    html = look(at_home(ines))
    assert "One person asks to join" in html
    assert f'href="{circle.path}join-requests/"' in html
    assert "asks to join" not in look(at_home(moss))
    hosting.make_moderator(moss.seat(circle), by=ines.here(circle), duties=["door"])
    assert "One person asks to join" in look(at_home(moss))
    hosting.make_moderator(moss.seat(circle), by=ines.here(circle), duties=["talk"])
    assert "asks to join" not in look(at_home(moss))


def test_reports_and_held_posts_wait_for_whoever_may_decide(at_home, ines, moss, circle):
    wren = Person("wren")
    for each in (moss, wren):
        each.joins(circle, ines)
    topic = says(moss, circle, "First topic")
    for title in ("one", "two"):
        post = posting.reply(topic, Said(title), by=moss.here(circle), client_key=title)
        reporting.report(post, by=wren.here(circle), reason="rule")
    Community.objects.filter(pk=circle.pk).update(posted_by="approved")
    says(wren, Community.objects.get(pk=circle.pk), "Held topic")
    html = look(at_home(ines))
    assert "2 reports wait for an answer" in html
    assert "One post waits until you have looked" in html
    for member in (moss, wren):
        html = look(at_home(member))
        assert "wait for an answer" not in html
        assert "until you have looked" not in html


def test_my_own_request_shows_that_it_waits(at_home, ines, moss, circle):
    waiting = moss.asks(circle, name="thistledown")
    html = look(at_home(moss))
    assert "Where you wait" in html
    assert "as thistledown, a host will answer" in html
    joining.turn_away(waiting, by=ines.here(circle))
    assert "Where you wait" not in look(at_home(moss))


def test_home_costs_the_same_with_much(at_home, ines, moss):
    def cost(browser):
        with CaptureQueriesContext(connection) as queries:
            look(browser)
        return len(queries)

    def grow(number):
        community = ines.founds(f"Circle {number}")
        moss.joins(community, ines)
        says(moss, community, f"Topic {number}")
        Person("asker").asks(community, name=f"asker {number}")
        moss.asks(Person("host").founds(f"Other {number}"), name=f"m{number}")
        keeping_away.mute(moss.seat(community), by=ines.here(community)) if number % 2 else None

    for number in range(2):
        grow(number)
    few = cost(at_home(ines)), cost(at_home(moss))
    for number in range(2, 40):
        grow(number)
    assert (cost(at_home(ines)), cost(at_home(moss))) == few
    assert max(few) <= MOST_QUERIES


def test_what_is_new_is_what_the_slow_way_finds(ines, moss, circle, monkeypatch):
    """By the ORM's query, for members, a host, somebody who mutes and somebody who came late."""
    wren, juno = Person("wren"), Person("juno")
    for each in (moss, wren):
        each.joins(circle, ines)
    keeping_away.mute(wren.seat(circle), by=moss.here(circle))
    topics = [says(who, circle, f"By {n}") for n, who in enumerate((ines, wren, ines, ines, ines))]
    Community.objects.filter(pk=circle.pk).update(history_from=timezone.now())
    juno.joins(Community.objects.get(pk=circle.pk), ines)
    for topic in (*topics, says(wren, circle, "Late")):
        posting.reply(topic, Said("Yes"), by=wren.here(circle), client_key=topic.public_id)
    posting.reply(topics[0], Said("Yes"), by=ines.here(circle), client_key="yes")
    reading.read_up_to(topics[3], by=moss.here(circle), seq=1)
    Conversation.objects.filter(pk=topics[2].pk).update(arriving=True)
    found = []
    for person in (ines, moss, juno):
        told = [(row["path"], row["new"]) for row in news.newest(person.viewer)[0]]
        assert [path for path, _ in told] == [
            row["path"] for row in talk.unread_topics(person.viewer).rows
        ]
        found.append(len(told))
    assert found == [5, 2, 1]
    before = [news.newest(person.viewer) for person in (ines, moss, juno)]
    monkeypatch.setattr("coterie.talk.reads.latest.NEAR", 1)
    monkeypatch.setattr("coterie.talk.reads.latest.NEAR_EACH", 0)
    assert [news.newest(person.viewer) for person in (ines, moss, juno)] == before


def test_the_frame_costs_five_queries_at_most_and_nothing_where_it_is_not_shown(
    ines, moss, circle, rf
):
    from coterie.home.context import rail

    moss.joins(circle, ines)
    says(moss, circle, "Topic")
    request = rf.get("/")
    request.viewer = ines.viewer
    with CaptureQueriesContext(connection) as queries:
        shown = rail(request)
    assert len(queries) == 0
    home.seats(request.viewer)
    with CaptureQueriesContext(connection) as queries:
        assert [(row["name"], row["unread"]) for row in shown["rail"]] == [("Mending circle", 1)]
        assert [row["name"] for row in shown["rail"]] == ["Mending circle"]
        assert shown["alerts"] == 0
    assert len(queries) <= 5
    with CaptureQueriesContext(connection) as queries:
        assert shown["waiting"] == 0
        assert [row["name"] for row in rail(request)["rail"]] == ["Mending circle"]
    assert len(queries) == 1


def test_an_error_page_before_anybody_is_known_has_a_frame(rf):
    from coterie.home.context import rail

    shown = rail(rf.get("/"))
    assert not shown["rail"]
    assert shown["waiting"] == 0
