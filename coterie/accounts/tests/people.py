"""How a person comes in, as the tests tell it."""

import re
from typing import Any

from django.core.cache import cache
from django.test import Client

from coterie.accounts import reads
from coterie.accounts.actions import opening
from coterie.accounts.models import Account

CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.M)
TOKEN = re.compile(r'(csrfmiddlewaretoken" value=")[^"]+|(nonce(?:-|="))[\w-]+')


def mails_to(address: str) -> list[dict[str, Any]]:
    """Newest first."""
    return [mail for mail in reads.waiting_mails() if mail["to"] == address]


def code_for(address: str) -> str:
    return CODE.search(mails_to(address)[0]["text"])[0]


def sign_up(address: str, *, password: str = "", follow: str = "") -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 15; Mobile) Firefox/145.0")
    client.post("/sign-up/", {"email": address, "password1": password, "next": follow})
    client.post("/account/email/code/", {"code": code_for(address)})
    return client


def sign_in(address: str, *, password: str = "", follow: str = "") -> Client:
    cache.clear()
    client = Client()
    client.post("/sign-in/", {"login": address, "password": password, "next": follow})
    if not password:
        client.post("/sign-in/code/", {"code": code_for(address), "next": follow})
    return client


def somebody(address: str = "wren@example.org", **columns: Any) -> Account:
    return opening.open_account(address, **columns)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def body(answer: Any, *private: str) -> str:
    """The page without what differs from page to page for everybody, and without these words."""
    text = TOKEN.sub(r"\1\2*", answer.content.decode())
    for word in private:
        text = text.replace(word, "*")
    return text


def head(answer: Any) -> dict[str, str]:
    """Status and headers, without their nonces and the moment."""
    headers = {name: TOKEN.sub(r"\1\2*", value) for name, value in answer.items()}
    headers.pop("Expires", None)
    cookies = sorted(answer.cookies)
    return headers | {"status": answer.status_code, "cookies": cookies}
