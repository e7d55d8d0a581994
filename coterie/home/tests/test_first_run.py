"""From nothing to a community with a link: four screens, seven fields, nothing lost."""

import re
from html.parser import HTMLParser

import pytest

from coterie.communities.models import Community, FoundBy, Invitation, JoinedBy, Membership, SeenBy
from coterie.core.boxes import unseal
from coterie.personas.models import Persona
from coterie.talk.models import Conversation

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a page asks for: names of the fields that a person fills in, its frame left out."""

    def __init__(self, html):
        super().__init__()
        self.names = []
        self.inside = False
        self.feed(html)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "main"

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or tag == "main"
        if not self.inside:
            return
        given = dict(attrs)
        asked = tag in ("textarea", "select") or (tag == "input" and given.get("type") != "hidden")
        if asked and "readonly" not in given and given.get("name") not in (None, *self.names):
            self.names.append(given["name"])


def fields(answer):
    return Fields(answer.content.decode()).names


def flowers(answer):
    return re.findall(r'name="flower" value="([^"]+)"', answer.content.decode())


def walk(browser, shape="private_group", start="/new/", **look):
    """All steps one after the other; the pages that were shown."""
    pages = [browser.get(start)]
    typed = {"name": "Mending circle", "purpose": "Visible mending."}
    pages.append(browser.post(start, typed, follow=True))
    pages.append(browser.post(here(pages[-1]), {"shape": shape}, follow=True))
    look = {
        "hue": 4,
        "who": "new",
        "persona_name": "saltmarsh",
        "flower": flowers(pages[-1])[0],
    } | look
    pages.append(browser.post(here(pages[-1]), look, follow=True))
    assert [page.status_code for page in pages] == [200] * 4
    return pages


def here(answer):
    """The address that a page was shown at."""
    request = answer.wsgi_request
    return request.get_full_path()


def test_four_screens_and_seven_fields_lead_to_a_link(at_home, ines):
    ines.persona("another self")
    pages = walk(at_home(ines))
    assert [fields(page) for page in pages] == [
        ["name", "purpose"],
        ["shape"],
        ["hue", "who", "flower", "persona_name"],
        [],
    ]
    assert sum(len(fields(page)) for page in pages) <= 7
    community = Community.objects.get()
    invitation = Invitation.objects.usable().get(community=community)
    link = f"http://testserver{invitation.path}"
    last = pages[-1].content.decode()
    assert f'value="{link}"' in last
    assert "<svg" in last
    assert (community.name, community.purpose, community.hue) == (
        "Mending circle",
        "Visible mending.",
        4,
    )
    seat = Membership.objects.get(community=community)
    assert (seat.persona.name, seat.is_host) == ("saltmarsh", True)


def test_from_an_empty_database_one_question_less(at_home, ines):
    assert not Persona.objects.exists()
    assert sum(len(fields(page)) for page in walk(at_home(ines))) == 6


def test_the_link_opens_what_it_promises(at_home, client, ines):
    walk(at_home(ines), shape="close_circle")
    path = Invitation.objects.get().path
    assert "Mending circle" in client.get(path, follow=True).content.decode()


def test_strangers_sign_up_first_and_come_back(client):
    answer = client.get("/new/?parent=somewhere")
    assert answer["Location"] == "/sign-up/?next=/new/%3Fparent%3Dsomewhere"


def test_a_reload_or_back_at_any_step_loses_nothing(at_home, ines):
    browser = at_home(ines)
    browser.post("/new/", {"name": "Mending circle", "purpose": "Visible mending."})
    browser.post("/new/shape/", {"shape": "forum"})
    look = browser.get("/new/look/")
    offered = flowers(look)
    browser.post("/new/draft/", {"hue": 7, "persona_name": "saltm", "flower": offered[2]})
    assert 'value="Mending circle"' in browser.get("/new/").content.decode()
    assert re.search(r'value="forum"[^>]* checked', browser.get("/new/shape/").content.decode())
    again = browser.get("/new/look/").content.decode()
    assert 'value="saltm"' in again
    assert f'value="{offered[2]}" checked' in again
    assert re.search(r'value="7"[^>]* checked', again)


def test_half_typed_words_are_kept(at_home, ines):
    browser = at_home(ines)
    answer = browser.post("/new/draft/", {"name": "Mend", "purpose": "Vis"})
    assert (answer.status_code, answer.content) == (204, b"")
    html = browser.get("/new/").content.decode()
    assert 'value="Mend"' in html
    assert 'value="Vis"' in html


def test_another_browser_finds_nothing_of_it(at_home, ines, moss):
    at_home(ines).post("/new/draft/", {"name": "Mend"})
    assert "Mend<" not in at_home(moss).get("/new/").content.decode()
    assert 'value="Mend"' not in at_home(ines).get("/new/").content.decode()


def test_what_is_missing_is_said_beside_the_field(at_home, ines):
    browser = at_home(ines)
    empty = browser.post("/new/", {"name": " \u200b ", "purpose": "Kept words."}, follow=True)
    html = empty.content.decode()
    assert "field__wrong" in html
    assert 'value="Kept words."' in html
    browser.post("/new/", {"name": "Mending circle"})
    look = {"hue": 4, "persona_name": "", "flower": flowers(browser.get("/new/look/"))[0]}
    nameless = browser.post("/new/look/", look, follow=True).content.decode()
    assert "Choose a name that people here will call you by." in nameless
    assert not Community.objects.exists()
    assert not Persona.objects.exists()


def test_other_flowers_keep_what_was_typed(at_home, ines):
    browser = at_home(ines)
    browser.post("/new/", {"name": "Mending circle"})
    before = flowers(browser.get("/new/look/"))
    rolled = browser.post(
        "/new/look/", {"roll": "1", "hue": 3, "persona_name": "saltmarsh"}, follow=True
    )
    assert 'value="saltmarsh"' in rolled.content.decode()
    assert not set(flowers(rolled)) & set(before)
    assert not Community.objects.exists()


def test_a_flower_that_was_not_offered_is_refused(at_home, ines):
    browser = at_home(ines)
    browser.post("/new/", {"name": "Mending circle"})
    look = {"hue": 4, "persona_name": "saltmarsh", "flower": "77"}
    browser.post("/new/look/", look)
    assert not Community.objects.exists()


def test_sent_twice_it_stands_once(at_home, ines):
    browser = at_home(ines)
    last = walk(browser)[-1]
    again = browser.post("/new/look/", {"hue": 4, "persona_name": "saltmarsh", "flower": "x"})
    assert again["Location"] == here(last)
    assert browser.get("/new/shape/")["Location"] == here(last)
    assert Community.objects.count() == 1


def test_a_second_community_starts_from_an_empty_page(at_home, ines):
    browser = at_home(ines)
    walk(browser)
    assert "Visible mending." not in browser.get("/new/").content.decode()
    walk(browser)
    assert Community.objects.count() == 2


def test_a_step_cannot_be_begun_in_the_middle(at_home, ines):
    browser = at_home(ines)
    for path in ("/new/shape/", "/new/look/"):
        assert browser.get(path)["Location"] == "/new/"
        assert browser.post(path, {"shape": "forum"})["Location"] == "/new/"


def test_one_of_my_personas_can_host_it(at_home, ines, moss):
    rue, other = ines.persona("rue"), moss.persona("not mine")
    browser = at_home(ines)
    stolen = browser.post("/new/", {"name": "Mending circle"}) and browser.post(
        "/new/look/",
        {"hue": 1, "who": other.public_id, "persona_name": "", "flower": ""},
        follow=True,
    )
    assert not Community.objects.exists()
    assert "not mine" not in stolen.content.decode()
    walk(browser, who=rue.public_id, persona_name="", flower="")
    assert Membership.objects.get().persona == rue


def test_a_micro_community_stands_inside_its_parent(at_home, ines):
    parent = ines.founds("Thread and leaf", preset="forum")
    pages = walk(at_home(ines), shape="forum", start=f"/new/?parent={parent.handle}")
    assert "members of the parent" in pages[1].content.decode()
    made = Community.objects.get(parent=parent)
    assert (made.found_by, made.seen_by, made.joined_by) == (
        FoundBy.PARENT,
        SeenBy.PARENT,
        JoinedBy.PARENT,
    )


def test_the_parent_is_never_lost_on_the_way(at_home, ines):
    """Another tab may write over the draft; the address of each step holds the parent."""
    parent = ines.founds("Thread and leaf", preset="forum")
    browser, start = at_home(ines), f"/new/?parent={parent.public_id}"
    shape = browser.post(start, {"name": "Quiet corner"}, follow=True)
    browser.post("/new/", {"name": "Another tab"})
    browser.post("/new/draft/", {"name": "Another tab"})
    look = browser.post(here(shape), {"shape": "private_group"}, follow=True)
    who = {"hue": 1, "who": "new", "persona_name": "rue", "flower": flowers(look)[0]}
    browser.post(here(look), who)
    assert Community.objects.exclude(pk=parent.pk).get().parent == parent


def test_my_communities_offer_themselves_as_parents(at_home, ines, moss):
    parent = ines.founds("Thread and leaf", preset="forum")
    moss.joins(parent, ines)
    link = f'href="/new/?parent={parent.public_id}"'
    assert link in at_home(ines).get("/new/").content.decode()
    assert link not in at_home(moss).get("/new/").content.decode()
    Community.objects.filter(pk=parent.pk).update(micro_by="members")
    assert link in at_home(moss).get("/new/").content.decode()


def test_only_those_who_may_start_one_there(at_home, ines, moss):
    parent = ines.founds("Thread and leaf", preset="forum")
    moss.joins(parent, ines)
    secret = ines.founds("Hush", preset="close_circle")
    browser = at_home(moss)
    assert browser.get(f"/new/?parent={parent.handle}").status_code == 403
    for handle in (secret.public_id, "nosuchplace"):
        assert browser.get(f"/new/?parent={handle}").status_code == 404
        assert browser.post(f"/new/?parent={handle}", {"name": "x"}).status_code == 404


def test_the_link_is_for_hosts(at_home, client, ines, moss):
    circle = ines.founds("Mending circle")
    moss.joins(circle, ines)
    hush = ines.founds("Hush", preset="close_circle")
    path = f"/new/link/{circle.public_id}/"
    assert at_home(moss).get(path).status_code == 403
    assert at_home(moss).get(f"/new/link/{hush.public_id}/").status_code == 404
    assert client.get(path)["Location"].startswith("/sign-up/")


def test_without_an_open_link_the_hosts_make_one(at_home, ines):
    circle = ines.founds("Mending circle")
    answer = at_home(ines).get(f"/new/link/{circle.public_id}/")
    assert answer["Location"] == f"{circle.path}invitations/"


def test_the_draft_lies_in_the_database_for_nobody_to_read(at_home, ines):
    from coterie.accounts.models import Session

    browser = at_home(ines)
    browser.post("/new/", {"name": "Mending circle"})
    browser.post("/new/draft/", {"persona_name": "saltmarsh"})
    rows = str(list(Session.objects.values()))
    assert "saltmarsh" not in rows
    assert any("saltmarsh" in unseal(row.box, "session") for row in Session.objects.all())


def test_nothing_is_written_before_the_last_step(at_home, ines):
    browser = at_home(ines)
    browser.post("/new/", {"name": "Mending circle"})
    browser.post("/new/shape/", {"shape": "forum"})
    for model in (Community, Persona, Conversation, Invitation):
        assert not model.objects.exists()
