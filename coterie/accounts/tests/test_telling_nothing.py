"""Nobody learns from any page whether an address has an account."""

import pytest
from django.core.cache import cache
from django.test import Client

from coterie.accounts.tests.people import body, head, mails_to, somebody

pytestmark = pytest.mark.django_db

KNOWN = "known@example.org"
OTHER = "other@example.org"


def walk(address: str, first: str, sent: dict[str, str], *later: tuple[str, dict[str, str]]):
    """Everything a stranger sees on one way, comparable."""
    cache.clear()
    client = Client()
    seen = []
    for path, fields in ((first, sent), *later):
        answer = client.post(path, fields)
        seen.append((head(answer), body(answer, address)))
        if answer.get("Location"):
            answer = client.get(answer["Location"])
            seen.append((head(answer), body(answer, address)))
    return seen


WRONG = {"code": "BBBB-BBBB"}
AGAIN = {"action": "resend"}
CODE = "/account/email/code/"
WAYS = {
    "sign up": lambda a: walk(a, "/sign-up/", {"email": a}, (CODE, WRONG), (CODE, AGAIN)),
    "sign up with a password": lambda a: walk(
        a, "/sign-up/", {"email": a, "password1": "long enough words"}, *[(CODE, WRONG)] * 5
    ),
    "sign up with a passkey": lambda a: walk(
        a, "/sign-up/with-passkey/", {"email": a}, (CODE, WRONG)
    ),
    "sign in with a code": lambda a: walk(
        a, "/sign-in/", {"login": a}, ("/sign-in/code/", WRONG), ("/sign-in/code/", AGAIN)
    ),
    "guess all codes": lambda a: walk(
        a, "/sign-in/", {"login": a}, *[("/sign-in/code/", WRONG)] * 5
    ),
    "sign in with a password": lambda a: walk(
        a, "/sign-in/", {"login": a, "password": "never heard of"}
    ),
    "a lost password": lambda a: walk(
        a, "/sign-in/forgotten/", {"email": a}, *[("/sign-in/forgotten/code/", WRONG)] * 5
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", ["proved", "unproved", "with a password", "resting"])
def test_a_known_and_an_unknown_address_see_the_same(way, state):
    if state == "unproved":
        Client().post("/sign-up/", {"email": KNOWN, "password1": "words of mine"})
    else:
        known = somebody(KNOWN, password="words of mine" if state == "with a password" else None)
        type(known).objects.filter(pk=known.pk).update(is_active=state != "resting")
    assert WAYS[way](KNOWN) == WAYS[way](OTHER)


def test_the_comparison_would_notice_a_word():
    one = walk(KNOWN, "/sign-in/", {"login": KNOWN})
    two = walk(OTHER, "/sign-in/", {"login": OTHER, "password": "never heard of"})
    assert one != two


def test_the_owner_of_a_taken_address_is_told_by_mail():
    somebody(KNOWN)
    Client().post("/sign-up/", {"email": KNOWN})
    assert mails_to(KNOWN)[0]["subject"] == "Coterie: You are already here"


def test_an_unknown_address_is_told_by_mail_that_it_has_no_account():
    Client().post("/sign-in/", {"login": OTHER})
    assert "No account" in mails_to(OTHER)[0]["subject"]


def test_mails_carry_no_link_that_a_forged_host_could_bend():
    somebody(KNOWN)
    forger = Client(HTTP_HOST="evil.example")
    for path, field in (
        ("/sign-up/", "email"),
        ("/sign-in/", "login"),
        ("/sign-in/forgotten/", "email"),
    ):
        for address in (KNOWN, OTHER):
            cache.clear()
            forger.cookies.clear()
            forger.post(path, {field: address})
    texts = [mail["text"] + mail["subject"] for mail in mails_to(KNOWN) + mails_to(OTHER)]
    assert len(texts) == 6
    assert not any("evil" in text or "http" in text for text in texts)


def test_passkey_options_name_nobody():
    somebody(KNOWN)
    ask = {"HTTP_ACCEPT": "application/json"}
    options = (
        Client(HTTP_HOST="localhost").get("/sign-in/passkey/", **ask).json()["request_options"]
    )
    assert options["publicKey"].pop("challenge")
    assert options == {
        "publicKey": {"rpId": "localhost", "allowCredentials": [], "userVerification": "required"}
    }
