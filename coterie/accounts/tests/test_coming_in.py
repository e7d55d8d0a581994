"""Three ways in, and where they lead."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from coterie.accounts.models import Account, Session
from coterie.accounts.tests.people import code_for, is_in, mails_to, sign_in, sign_up, somebody

pytestmark = pytest.mark.django_db
LONG = "a long enough one"


def test_an_address_and_a_code_are_enough_to_sign_up():
    client = sign_up("wren@example.org")
    assert is_in(client)
    account = Account.objects.get(email="wren@example.org")
    assert not account.has_usable_password()
    assert EmailAddress.objects.get(user=account).verified


def test_nobody_is_in_before_the_code():
    client = Client()
    client.post("/sign-up/", {"email": "wren@example.org", "password1": LONG})
    assert not is_in(client)
    client.post("/account/email/code/", {"code": "BBBB-BBBB"})
    assert not is_in(client)


def test_a_code_signs_in_again():
    sign_up("wren@example.org")
    assert is_in(sign_in("wren@example.org"))


def test_a_password_signs_in_again_and_a_wrong_one_does_not():
    sign_up("wren@example.org", password=LONG)
    assert is_in(sign_in("wren@example.org", password=LONG))
    assert not is_in(sign_in("wren@example.org", password="some other words"))


def test_a_short_password_is_refused_beside_its_field_and_the_address_is_kept():
    answer = Client().post("/sign-up/", {"email": "wren@example.org", "password1": "short"})
    page = answer.content.decode()
    assert re.search(r'name="password1"[^>]+aria-invalid="true"', page)
    assert 'value="wren@example.org"' in page
    assert not Account.objects.exists()


@pytest.mark.parametrize("way", [{}, {"password": LONG}])
def test_an_invitation_is_not_lost_on_the_way(way):
    client = Client()
    client.post("/sign-up/", {"email": "wren@example.org", "next": "/j/abc/"} | way)
    answer = client.post("/account/email/code/", {"code": code_for("wren@example.org")})
    assert answer["Location"] == "/j/abc/"


def test_an_invitation_is_not_lost_when_signing_in_with_a_code():
    somebody()
    client = Client()
    answer = client.post("/sign-in/", {"login": "wren@example.org", "next": "/j/abc/"})
    page = client.get(answer["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/j/abc/">' in page
    sent = {"code": code_for("wren@example.org"), "next": "/j/abc/"}
    assert client.post("/sign-in/code/", sent)["Location"] == "/j/abc/"


def test_an_invitation_is_not_lost_for_who_is_in_already():
    client = sign_up("wren@example.org")
    assert client.get("/sign-up/?next=/j/abc/")["Location"] == "/j/abc/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "///evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "http://testserver/",
        "\t//evil.example",
    ],
)
def test_a_way_out_of_this_site_is_not_followed(elsewhere):
    somebody(password=LONG)
    sent = {"login": "wren@example.org", "password": LONG, "next": elsewhere}
    assert Client().post("/sign-in/", sent)["Location"] == "/"


def test_a_password_set_by_a_stranger_before_the_proof_opens_nothing():
    Client().post("/sign-up/", {"email": "wren@example.org", "password1": "the strangers words"})
    cache.clear()
    assert is_in(sign_in("wren@example.org"))
    assert not is_in(sign_in("wren@example.org", password="the strangers words"))


def test_a_lost_password_is_replaced_by_a_code_and_leads_on():
    somebody(password=LONG)
    client = Client()
    answer = client.post("/sign-in/forgotten/?next=/j/abc/", {"email": "wren@example.org"})
    assert answer["Location"] == "/sign-in/forgotten/code/?next=%2Fj%2Fabc%2F"
    sent = {"code": code_for("wren@example.org"), "next": "/j/abc/"}
    client.post("/sign-in/forgotten/code/", sent)
    new = {"password1": "other long words", "password2": "other long words", "next": "/j/abc/"}
    assert client.post("/sign-in/forgotten/new/", new)["Location"] == "/j/abc/"
    assert is_in(client)
    assert is_in(sign_in("wren@example.org", password="other long words"))


def test_another_address_counts_only_once_its_code_is_entered():
    somebody()
    client = sign_in("wren@example.org")
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    assert Account.objects.get().email == "wren@example.org"
    client.post("/account/email/code/", {"code": code_for("new@example.org")})
    assert Account.objects.get().email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [
        ("new@example.org", True)
    ]
    assert "changed" in mails_to("wren@example.org")[0]["subject"]


def test_a_new_password_signs_the_other_browsers_out():
    somebody(password=LONG)
    here = sign_in("wren@example.org", password=LONG)
    there = sign_in("wren@example.org", password=LONG)
    new = {"oldpassword": LONG, "password1": "other long words", "password2": "other long words"}
    assert here.post("/account/password/", new)["Location"] == "/account/"
    assert is_in(here)
    assert not is_in(there)


def test_signing_out_asks_and_leaves_no_row():
    client = sign_up("wren@example.org")
    assert client.get("/sign-out/").status_code == 200
    assert is_in(client)
    client.post("/sign-out/")
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_fast_guesser_is_slowed_down():
    somebody(password=LONG)
    client = Client()
    guess = {"login": "wren@example.org", "password": "some other words"}
    pages = [client.post("/sign-in/", guess).content.decode() for _ in range(6)]
    assert "Too many failed" in pages[-1]
    assert "Too many failed" not in pages[0]


@pytest.mark.parametrize(
    ("host", "secure", "offered"),
    [
        ("localhost:8000", False, True),
        ("coterie.localhost", False, True),
        ("fern.example", True, True),
        ("fern.example", False, False),
        ("127.0.0.1:8000", False, False),
        ("[::1]:8000", False, False),
        ("192.0.2.7", True, False),
    ],
)
def test_passkeys_are_offered_where_they_work_and_explained_where_not(host, secure, offered):
    client = Client(HTTP_HOST=host)
    for path in ("/sign-in/", "/sign-up/"):
        page = client.get(path, secure=secure).content.decode()
        assert ("with a passkey</button>" in page) is offered
        assert ("Passkeys need a" in page) is not offered
        assert 'type="email"' in page


def test_the_hasty_are_asked_to_wait():
    cache.clear()
    answers = [Client().post("/sign-in/", {"login": "wren@example.org"}) for _ in range(31)]
    assert {answer.status_code for answer in answers[:20]} <= {200, 302}
    assert answers[-1].status_code == 429
    assert "bit too fast" in answers[-1].content.decode()
    cache.clear()
