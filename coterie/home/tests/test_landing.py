"""A stranger finds what everyone may find, and no trace of anything else."""

from itertools import product

import pytest
from django.test.utils import CaptureQueriesContext

from coterie.communities.actions import founding
from coterie.communities.models import Community, FoundBy, Interest, SeenBy
from coterie.communities.models.community import JoinedBy
from coterie.home.reads import landing
from coterie.talk.actions import posting
from coterie.talk.models import Said

pytestmark = pytest.mark.django_db


def page(client, path="/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_place_says_what_it_is_and_how_to_begin(client):
    html = page(client)
    assert "freshly dug" in html
    assert 'href="/new/"' in html
    assert "What are you into?" not in html


def test_public_patches_and_those_happy_to_be_found(client, ines):
    ines.founds("Houseplants", preset="forum", purpose="Leggy stems.")
    ines.founds("Mending circle", preset="private_group")
    html = page(client)
    assert "Houseplants" in html
    assert "Leggy stems." in html
    assert "Recently planted" in html
    assert html.index("Open to read") < html.index("Houseplants")
    assert html.index("Happy to be found") < html.index("Mending circle")
    assert "fewer than 10 people" in html.casefold()


def test_what_not_everyone_may_find_is_nowhere(client, ines):
    """All combinations of the settings that hide, by page, list and search."""
    over = ines.founds("Overground", preset="forum")
    hidden, shown = [], []
    ways = product(FoundBy, SeenBy, [JoinedBy.OPEN, JoinedBy.INVITATION])
    for number, (found_by, seen_by, joined_by) in enumerate(ways):
        name = f"Burrow{number}x"
        settings = {"found_by": found_by, "seen_by": seen_by, "joined_by": joined_by}
        founding.found(
            name,
            by=ines.viewer,
            persona_name=f"p{number}",
            parent=over,
            purpose="Tunnels.",
            **settings,
        )
        (shown if found_by == FoundBy.EVERYONE else hidden).append(name)
    assert hidden
    assert shown
    everywhere = page(client) + page(client, "/find/") + page(client, "/?q=tunnels")
    everywhere += page(client, "/find/?q=burrow")
    assert not [name for name in hidden if name in everywhere]
    assert all(name in page(client, "/find/") for name in shown)


def test_closed_and_orphaned_communities_are_not_offered(client, ines):
    closed, orphaned = ines.founds("Closed door"), ines.founds("Nobody home", preset="forum")
    founding.close(closed, by=ines.here(closed))
    Community.objects.filter(pk=orphaned.pk).update(orphaned_at=closed.created_at)
    assert "freshly dug" in page(client)


@pytest.mark.parametrize(
    "words",
    [
        "darning",
        "DARNING",
        "Straße",
        "strasse",
        "STRASSE",
        "ÄRMEL",
        "indigo",
        "ﬁsh",
        "darning ärmel",
    ],
)
def test_words_are_found_however_they_are_written(client, ines, words):
    wanted = ines.founds("Flickstraße", purpose="Darning for Ärmel and fishing nets.")
    ines.founds("Something else", purpose="Nothing of the kind.")
    wanted.interests.add(Interest.objects.create(word="indigo"))
    found = landing.sought(words)
    assert [each["name"] for each in found] == ["Flickstraße"]


def test_what_matches_nothing_invites_to_begin(client, ines):
    ines.founds("Houseplants", preset="forum")
    html = page(client, "/?q=submarines")
    assert "Nobody here says so yet" in html
    assert 'value="submarines"' in html
    assert landing.sought("   ") == []


def test_a_question_is_shown_as_text(client, ines):
    ines.founds("Houseplants", preset="forum")
    html = page(client, "/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_liveliness_is_told_in_words_only(client, ines):
    forum = ines.founds("Houseplants", preset="forum")
    for number in range(8):
        posting.start_topic(
            forum,
            Said("Hello."),
            by=ines.here(forum),
            title=f"Topic {number}",
            client_key=str(number),
        )
    shown = landing.front()["quilt"][0]
    assert str(shown["pace"]) == "Something new every day"
    assert "Something new every day" in page(client)


def test_private_communities_tell_nothing_of_their_liveliness(ines):
    private = ines.founds("Mending circle")
    posting.start_topic(private, Said("S"), by=ines.here(private), title="T", client_key="k")
    assert landing.front()["happy"][0]["pace"] == ""


def test_a_list_goes_on_where_it_ended(client, ines, monkeypatch):
    monkeypatch.setattr(landing, "FOUND", 2)
    names = ["Alder", "Birch", "Birch", "Cedar", "Damson"]
    for name in names:
        ines.founds(name, preset="forum")
    seen, after = [], ""
    for _ in range(3):
        rows, after = landing.listed(after)
        seen += [row["name"] for row in rows]
    assert seen == names
    assert after == ""


def test_interests_come_from_what_can_be_found(ines):
    open_one, secret = ines.founds("Open"), ines.founds("Hush", preset="close_circle")
    for community, word in ((open_one, "mending"), (secret, "conspiracy")):
        community.interests.add(Interest.objects.create(word=word))
    assert landing.interests() == ["mending"]


def test_the_page_costs_the_same_with_many(client, ines, django_assert_num_queries):
    from django.db import connection

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            page(client, path)
        return len(queries)

    for number in range(2):
        ines.founds(f"Forum {number}", preset="forum")
        ines.founds(f"Group {number}")
    few = [cost(path) for path in ("/", "/?q=forum", "/find/", "/find/?q=group")]
    for number in range(2, 9):
        made = ines.founds(f"Forum {number}", preset="forum")
        describing_interest(made, f"word{number}")
        ines.founds(f"Group {number}")
    assert [cost(path) for path in ("/", "/?q=forum", "/find/", "/find/?q=group")] == few


def describing_interest(community, word):
    community.interests.add(Interest.objects.create(word=word))


def test_whoever_is_signed_in_searches_on_a_page_of_its_own(at_home, ines):
    answer = at_home(ines).get("/?q=darning")
    assert answer.status_code == 302
    assert answer["Location"] == "/find/?q=darning"


def test_strangers_are_told_what_the_server_knows(client):
    about, privacy = page(client, "/about/"), page(client, "/about/privacy/")
    assert "GNU Affero General Public License" in about
    assert "not end-to-end encrypted" in privacy
    assert "could read it" in privacy


def test_who_runs_the_place_is_said_when_it_is_known(client, settings):
    assert "Run by" not in page(client)
    settings.RUN_BY, settings.SOURCE_URL = "Ana, in Porto", "https://example.org/source"
    assert "Run by Ana, in Porto" in page(client)
    assert 'href="https://example.org/source"' in page(client, "/about/")
