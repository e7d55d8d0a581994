"""The pages at the door, without a line of JavaScript."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coterie.accounts.models import OutgoingMail
from coterie.communities.actions import agreeing, hosting, inviting, joining
from coterie.communities.models import Community, Invitation, JoinRequest, Membership, Question
from coterie.communities.tests.people import Person, fresh

pytestmark = pytest.mark.django_db


def ticket(page):
    """A flower that the page offers."""
    return re.search(r'name="flower" value="([^"]+)"', page).group(1)


@pytest.fixture
def asking(ines, circle):
    """A circle with rules and one question of each kind."""
    host = ines.here(circle)
    agreeing.set_rules(circle, ["Kind first.", "No selling."], by=host)
    asked = [
        agreeing.Asked("What did you last mend?"),
        agreeing.Asked("How?", Question.Kind.ONE, ("By hand", "By machine")),
        agreeing.Asked("What else?", Question.Kind.SEVERAL, ("Socks", "Sails"), required=False),
    ]
    agreeing.ask_at_the_door(circle, asked, by=host)
    return fresh(circle)


def filled(page, **changes):
    return {
        "who": "new", "name": "thistledown", "flower": ticket(page), "answer-1": "A cuff.",
        "answer-2": "By hand", "answer-3": ["Socks", "Sails"], "agreed": "on", "version": "1",
    } | changes  # fmt: skip


def test_a_secret_community_above_is_named_to_nobody_who_may_not_find_it(ines, moss, wren):
    above = ines.founds("Hush", preset="private_group", found_by="nobody")
    micro = ines.founds("Knots", parent=above, found_by="everyone", seen_by="parent")
    hosting.make_host(moss.joins(micro, ines), by=ines.here(micro))
    pages = [browser.get(f"{micro.path}about/") for browser in (Client(), wren.browser)]
    inside = ("", "about/", "topics/new/", "settings/privacy/", "settings/place/")
    pages += [moss.browser.get(f"{micro.path}{page}") for page in inside]
    for page in pages:
        assert page.status_code == 200
        assert "Hush" not in page.content.decode()
    assert "Members of Hush" in ines.browser.get(f"{micro.path}about/").content.decode()


def test_a_secret_community_that_is_required_is_not_named_to_another_host(ines, moss):
    secret = ines.founds("Hush", preset="private_group", found_by="nobody")
    circle = ines.founds("Knots")
    hosting.make_host(moss.joins(circle, ines), by=ines.here(circle))
    Community.objects.filter(pk=circle.pk).update(join_requires=secret)
    page = moss.browser.get(f"{circle.path}settings/privacy/").content.decode()
    assert "another community" in page
    assert "Hush" not in page


def test_a_stranger_looks_around_before_signing_up(asking):
    page = Client().get(f"{asking.path}about/").content.decode()
    for words in ("Mending circle", "ines of Mending", "Kind first.", "Fewer than 10 people"):
        assert words in page
    assert "Not end-to-end encrypted" in page
    assert f'href="{asking.path}join/"' in page


def test_joining_asks_to_sign_in_and_comes_back(asking):
    answer = Client().get(f"{asking.path}join/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next={asking.path}join/"


def test_the_whole_way_in(ines, moss, asking):
    browser = moss.browser
    page = browser.get(f"{asking.path}join/").content.decode()
    answer = browser.post(f"{asking.path}join/", filled(page))
    asked = JoinRequest.objects.get()
    assert answer["Location"] == asked.path
    assert [each.text for each in asked.answers.all()] == ["A cuff.", "By hand", "Socks, Sails"]
    assert "with the hosts" in browser.get(asked.path).content.decode()
    assert browser.get(f"{asking.path}join/")["Location"] == asked.path
    queue = ines.browser.get(f"{asking.path}join-requests/").content.decode()
    assert "thistledown" in queue
    assert "A cuff." in queue
    base = f"{asking.path}join-requests/{asked.public_id}/"
    assert "By hand" in ines.browser.get(base).content.decode()
    ines.browser.post(f"{base}admission/")
    assert browser.get(asked.path)["Location"] == asking.path


def test_other_flowers_lose_nothing(moss, asking):
    browser = moss.browser
    page = browser.get(f"{asking.path}join/").content.decode()
    picked = ticket(page)
    again = browser.post(f"{asking.path}join/", filled(page, roll="1")).content.decode()
    for kept in ("thistledown", "A cuff.", f'value="{picked}" checked'):
        assert kept in again
    assert len(set(re.findall(r'name="flower" value="([^"]+)"', again))) == 4
    assert set(re.findall(r'name="flower" value="([^"]+)"', again)) != set(
        re.findall(r'name="flower" value="([^"]+)"', page)
    )
    assert not JoinRequest.objects.exists()


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(moss, asking):
    browser = moss.browser
    page = browser.get(f"{asking.path}join/").content.decode()
    broken = filled(page, name=" ", **{"answer-2": ""})
    del broken["agreed"]
    answer = browser.post(f"{asking.path}join/", broken)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Choose a name" in words
    assert "The hosts would like an answer" in words
    assert "Please accept the rules" in words
    assert "A cuff." in words


def test_rules_that_changed_meanwhile_are_read_again(ines, moss, asking):
    browser = moss.browser
    page = browser.get(f"{asking.path}join/").content.decode()
    agreeing.set_rules(asking, ["Kind first."], by=ines.here(asking))
    answer = browser.post(f"{asking.path}join/", filled(page))
    assert "changed meanwhile" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()


def test_a_persona_known_elsewhere_says_so(ines, moss, asking):
    other = ines.founds("Houseplants", preset="forum")
    seat = moss.asks(other, name="saltmarsh")
    page = moss.browser.get(f"{asking.path}join/").content.decode()
    assert "Known in Houseplants. People there would recognise you." in page
    data = filled(page, who=seat.persona.public_id, name="")
    moss.browser.post(f"{asking.path}join/", data)
    assert JoinRequest.objects.get().persona == seat.persona


def test_nobody_joins_as_somebody_else(moss, wren, asking):
    page = moss.browser.get(f"{asking.path}join/").content.decode()
    theirs = wren.persona().public_id
    answer = moss.browser.post(f"{asking.path}join/", filled(page, who=theirs))
    assert answer.status_code == 422
    assert not JoinRequest.objects.exists()


def test_a_request_is_taken_back_by_its_asker_only(moss, wren, asking):
    asked = moss.asks(asking, answers={1: "A cuff.", 2: "By hand"})
    assert wren.browser.get(asked.path).status_code == 404
    assert wren.browser.post(f"{asked.path}withdrawal/").status_code == 404
    moss.browser.post(f"{asked.path}withdrawal/")
    assert fresh(asked).state == "withdrawn"


def test_the_declined_read_the_sentence_and_may_ask_again(ines, moss, circle):
    asked = moss.asks(circle)
    base = f"{circle.path}join-requests/{asked.public_id}/"
    ines.browser.post(f"{base}refusal/", {"sentence": "Full until March."})
    page = moss.browser.get(asked.path).content.decode()
    assert "Full until March." in page
    assert f'href="{circle.path}join/"' in page
    late = ines.browser.post(f"{base}admission/", follow=True).content.decode()
    assert "answered this request already" in late


def test_several_are_answered_at_once(ines, moss, wren, circle):
    chosen = [moss.asks(circle).public_id, wren.asks(circle).public_id]
    path = f"{circle.path}join-requests/answers/"
    page = ines.browser.post(
        path, {"chosen": chosen, "answer": "admit", "sentence": ""}, follow=True
    )
    assert "2 people are in." in page.content.decode()
    assert fresh(circle).size == 3


def test_kind_words_to_begin_with_stand_in_the_answer(ines, moss, circle):
    path = f"{circle.path}join-requests/{moss.asks(circle).public_id}/"
    assert (
        "keeping this small for now and open"
        in ines.browser.get(path, {"words": "full"}).content.decode().split("<textarea")[-1]
    )


def test_the_queue_is_searched_and_filtered(ines, moss, wren, circle):
    joining.turn_away(moss.asks(circle, name="pebble"), by=ines.here(circle))
    wren.asks(circle, name="oxeye")
    browser, path = ines.browser, f"{circle.path}join-requests/"
    assert "oxeye" in browser.get(path, {"search": "OXE"}).content.decode()
    assert "oxeye" not in browser.get(path, {"search": "pebble"}).content.decode()
    assert "pebble" in browser.get(path, {"state": "declined"}).content.decode()


def test_the_queue_is_for_the_door_only(ines, moss, wren, circle):
    asked = wren.asks(circle)
    moss.joins(circle, ines)
    base = f"{circle.path}join-requests/"
    for path in (base, f"{base}{asked.public_id}/"):
        assert moss.browser.get(path).status_code == 403
        assert wren.browser.get(path).status_code == 404
        assert Client().get(path).status_code == 404
    assert moss.browser.post(f"{base}{asked.public_id}/admission/").status_code == 403
    assert fresh(asked).state == "pending"


def test_an_invitation_explains_itself_to_anybody_who_holds_it(ines, circle):
    secret = ines.founds("Quilters", preset="close_circle")
    link = inviting.invite(secret, by=ines.here(secret))
    page = Client().get(link.path).content.decode()
    assert "Quilters" in page
    assert "invites you" in page
    assert Client().get(f"{secret.path}about/").status_code == 404
    assert Client().get(f"{link.path}join/")["Location"] == f"/sign-in/?next={link.path}join/"


def test_by_a_trusted_link_one_is_in(ines, moss):
    secret = ines.founds("Quilters", preset="close_circle")
    trusted = Invitation.Policy.TRUSTED
    link = inviting.invite(secret, by=ines.here(secret), policy=trusted)
    page = moss.browser.get(f"{link.path}join/").content.decode()
    data = {"who": "new", "name": "thistledown", "flower": ticket(page)}
    assert moss.browser.post(f"{link.path}join/", data)["Location"] == f"{secret.path}welcome/"
    assert moss.seat(secret).persona.name == "thistledown"
    assert moss.browser.get(link.path)["Location"] == secret.path


def test_a_dead_link_says_so_and_names_nothing_secret(ines, circle):
    secret = ines.founds("Quilters", preset="close_circle")
    for place, named in ((secret, False), (circle, True)):
        link = inviting.invite(place, by=ines.here(place))
        inviting.revoke(link, by=ines.here(place))
        answer = Client().get(link.path)
        assert answer.status_code == 410
        assert "run out" in answer.content.decode()
        assert (place.name in answer.content.decode()) == named
    assert Client().get("/j/nothing-of-ours/").status_code == 404


def test_a_host_makes_shows_and_ends_a_link(ines, circle):
    base = f"{circle.path}invitations/"
    made = ines.browser.post(
        base, {"policy": "trusted", "name": "Aunt Jo", "days": "7", "use_limit": "3"}
    )
    link = Invitation.objects.get()
    assert made["Location"] == f"{base}{link.public_id}/"
    page = ines.browser.get(made["Location"]).content.decode()
    assert f"http://testserver{link.path}" in page
    assert "<svg" in page
    assert "0 of 3 used" in page
    ines.browser.post(f"{base}{link.public_id}/revocation/")
    assert not Invitation.objects.usable().exists()


def test_a_letter_goes_out_and_its_address_is_kept_nowhere(ines, circle):
    base = f"{circle.path}invitations/letters/"
    data = {"address": "jo@outside.example", "policy": "trusted"}
    assert ines.browser.post(base, data).status_code == 422
    ines.browser.post(base, data | {"may": "on"})
    link = Invitation.objects.get()
    assert link.mailed
    assert link.use_limit == 1
    row = str(Invitation.objects.filter(pk=link.pk).values().get())
    assert "outside.example" not in row
    assert len(mail.outbox) + OutgoingMail.objects.count() == 1


def test_what_is_secret_answers_as_what_is_not_there(ines, moss):
    secret = ines.founds("Quilters", preset="close_circle")
    for browser in (Client(), moss.browser):
        for tail in ("", "about/", "join/", "join-requests/", "invitations/"):
            hidden = browser.get(f"{secret.path}{tail}")
            nothing = browser.get(f"/c/{'x' * 18}/{tail}")
            assert (hidden.status_code, nothing.status_code) == (404, 404)
            assert hidden.content.replace(secret.public_id.encode(), b"x" * 18) == nothing.content


def test_an_open_door_asks_no_questions(ines, moss):
    forum = ines.founds("Houseplants", preset="forum")
    asked = [agreeing.Asked("Why?")]
    agreeing.ask_at_the_door(forum, asked, by=ines.here(forum))
    page = moss.browser.get(f"{forum.path}join/").content.decode()
    assert "Why?" not in page
    data = {"who": "new", "name": "moss", "flower": ticket(page)}
    assert moss.browser.post(f"{forum.path}join/", data)["Location"] == f"{forum.path}welcome/"
    assert Membership.objects.living().of(moss.viewer).exists()


def cost(browser, path):
    """How many queries a page takes, the second time it is asked for."""
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_a_page_costs_the_same_however_many_knock_or_are_invited(ines, moss, circle):
    host, browser = ines.here(circle), ines.browser
    ask = [agreeing.Asked("Why?")]
    agreeing.ask_at_the_door(circle, ask, by=host)
    inviting.invite(circle, by=host)
    moss.asks(circle, answers={1: "Because."})
    ines.founds("Below", parent=circle, found_by="everyone")
    paths = [f"{circle.path}{page}/" for page in ("join-requests", "invitations", "about")]
    few = [cost(browser, path) for path in paths]
    for number in range(6):
        Person(f"p{number}").asks(circle, answers={1: "Because."})
        inviting.invite(circle, by=host)
        ines.founds(f"Below {number}", parent=circle, found_by="everyone", persona=host)
    assert [cost(browser, path) for path in paths] == few
