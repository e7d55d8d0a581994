"""The alerts page: mine only, unread first, as cheap with many as with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coterie.inbox import reads
from coterie.inbox.actions import notifying, reading
from coterie.inbox.models import Notification
from coterie.inbox.tests.people import person, place, seat, sign_in, viewer

pytestmark = pytest.mark.django_db


def notes(persona, community, many, start=0):
    for n in range(start, start + many):
        notifying.tell(
            persona, kind="note", community=community, facts={"sentence": f"note {n:03}"}
        )


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_strangers_are_sent_to_the_door(client):
    assert client.get("/alerts/").status_code == 302


def test_an_empty_page_says_so(client):
    sign_in(client, person("ines"))
    assert "Nothing new" in client.get("/alerts/").content.decode()


def test_all_my_personas_alerts_stand_under_their_communities(client):
    heron, moth = (person(name, address="ada@example.org") for name in ("heron", "moth"))
    notifying.tell(
        heron,
        kind="note",
        community=place("Mending circle"),
        facts={"sentence": "Hello <b>you</b>"},
    )
    notifying.tell(moth, kind="note", community=place("Natural dye"), facts={"sentence": "Second"})
    sign_in(client, heron)
    page = client.get("/alerts/").content.decode()
    for words in (
        "Mending circle",
        "Natural dye",
        "as heron",
        "as moth",
        "The hosts",
        "Hello &lt;b&gt;",
    ):
        assert words in page


def test_nobody_reads_anothers(client):
    host, stranger = person("ines"), person("wren")
    notes(host, place(), 1)
    row = Notification.objects.get()
    sign_in(client, stranger)
    assert "note 000" not in client.get("/alerts/").content.decode()
    assert client.get(f"/alerts/{row.public_id}/").status_code == 404
    client.post("/alerts/readings/")
    row.refresh_from_db()
    assert row.is_unread


def test_following_an_alert_reads_it(client):
    host, circle = person("ines"), place()
    notifying.tell(host, kind="admitted", community=circle, path=circle.path)
    sign_in(client, host)
    row = Notification.objects.get()
    assert client.get(f"/alerts/{row.public_id}/").url == circle.path
    assert reads.unread_count(viewer(host)) == 0


def test_pages_follow_each_other_without_gap_or_repeat():
    host, circle = person("ines"), place()
    notes(host, circle, 40)
    reading.read_all(by=viewer(host))
    notes(host, circle, 35, start=40)
    seen, after = [], ""
    while True:
        page = reads.page(viewer(host), after)
        seen += [(row["is_unread"], row["sentence"]) for row in page.rows]
        after = page.after
        if not after:
            break
    assert [sentence for _, sentence in seen] == [
        f"note {n:03}" for n in [*range(74, 39, -1), *range(39, -1, -1)]
    ]
    assert [new for new, _ in seen] == [True] * 35 + [False] * 40


def test_a_foreign_cursor_shows_my_first_page():
    host, stranger = person("ines"), person("wren")
    notes(host, place(), 2)
    notes(stranger, place("Other"), 1)
    foreign = Notification.objects.get(persona=stranger).public_id
    assert len(reads.page(viewer(host), f"u.{foreign}").rows) == 2


def test_many_alerts_cost_as_many_queries_as_few(client):
    host, circle = person("ines"), place()
    seat(host, circle, "host")
    sign_in(client, host)
    notes(host, circle, 2)
    few = queries(client, "/alerts/")
    notes(host, circle, 20, start=2)
    for n in range(5):
        notes(host, place(f"Place {n}"), 1)
    assert queries(client, "/alerts/") == few
