"""People half-way through a door of their account, where the eleven of a world never stand.

Each is a browser that has come as far as its name says; the pages of signing in and of one's own
keys open for nobody else.
"""

from __future__ import annotations

import os
import re
from base64 import urlsafe_b64encode

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from coterie.accounts.actions import opening, operating
from coterie.accounts.models import Account
from coterie.accounts.tests.people import code_for, sign_in, sign_up
from coterie.accounts.tests.test_second_step import number

PASSWORD = "a quiet fern"


def halfway() -> dict[str, Client]:
    """Everybody, by how far they have come."""
    made = {
        "who asked for a code": _asked_for_a_code(),
        "who forgot the password": _forgot(),
        "who showed the code of a forgotten password": _forgot(shows_code=True),
        "who signs up by passkey": _signs_up_by_passkey(),
        "who moves to another address": _moves(),
        "who founds a community": _founds(),
        "who just came in": sign_up("fresh@example.org"),
        "who has an app, codes and a passkey": _has_all_keys("armed@example.org"),
        "who is asked for the second step": _is_asked_for_the_second_step(),
        "who has to prove it again": _has_to_prove_it_again(),
    }
    cache.clear()
    return made


def a_sign_in_link() -> str:
    """The token of a link that an operator made for somebody locked out."""
    opening.open_account("locked-out@example.org")
    return operating.sign_in_link("locked-out@example.org").rstrip("/").rsplit("/", 1)[1]


def passkey_of(address: str) -> int:
    """The key of this person's first passkey."""
    keys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, user__email=address)
    return keys.values_list("pk", flat=True)[0]


def _asked_for_a_code() -> Client:
    opening.open_account("asks@example.org")
    client = Client()
    client.post("/sign-in/", {"login": "asks@example.org", "password": ""})
    return client


def _forgot(*, shows_code: bool = False) -> Client:
    cache.clear()
    address = f"forgot{int(shows_code)}@example.org"
    opening.open_account(address, password=PASSWORD)
    client = Client()
    client.post("/sign-in/forgotten/", {"email": address})
    if shows_code:
        client.post("/sign-in/forgotten/code/", {"code": code_for(address)})
    return client


def _signs_up_by_passkey() -> Client:
    cache.clear()
    client = Client()
    client.post("/sign-up/with-passkey/", {"email": "new@example.org"})
    client.post("/account/email/code/", {"code": code_for("new@example.org")})
    return client


def _moves() -> Client:
    cache.clear()
    client = sign_up("moving@example.org")
    client.post("/account/email/", {"email": "moved@example.org", "action_add": "1"})
    return client


def _founds() -> Client:
    cache.clear()
    client = sign_up("founding@example.org")
    client.post("/new/", {"name": "Seed savers", "purpose": "Beans with stories."})
    client.post("/new/shape/", {"shape": "private_group"})
    return client


def _has_all_keys(address: str) -> Client:
    """An authenticator app, recovery codes, and a passkey of a browser that is not here."""
    cache.clear()
    client = sign_up(address)
    page = client.get("/account/second-step/app/").content.decode()
    found = re.search(r'class="secret">(\w+)<', page)
    assert found, page
    client.post("/account/second-step/app/", {"code": number(found[1])})
    _give_passkey(Account.objects.get(email=address), "Chrome on Linux")
    return client


def _is_asked_for_the_second_step() -> Client:
    _has_all_keys("stepping@example.org")
    return sign_in("stepping@example.org")


def _has_to_prove_it_again() -> Client:
    """She came in long ago: nothing in her session says when."""
    address = "again@example.org"
    _has_all_keys(address)
    client = Client()
    client.force_login(Account.objects.get(email=address))
    return client


def _give_passkey(account: Account, name: str) -> None:
    key = ES256.from_ctap1(b"\x04" + os.urandom(64))
    held = AttestedCredentialData.create(b"\0" * 16, os.urandom(32), key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AuthenticatorData.create(b"\0" * 32, flags, 0, held)
    attested = AttestationObject.create("none", made, {})
    credential = {
        "type": "public-key",
        "id": _text(held.credential_id),
        "rawId": _text(held.credential_id),
        "response": {
            "clientDataJSON": _text(
                b'{"type":"webauthn.create","challenge":"AA","origin":"http://localhost"}'
            ),
            "attestationObject": _text(bytes(attested)),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
    )


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
