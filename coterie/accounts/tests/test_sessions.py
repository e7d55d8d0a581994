"""The session engine: what the table tells a thief, and what the owner can do."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.test import Client

from coterie.accounts import devices, sessions
from coterie.accounts.models import Session, today
from coterie.accounts.sessions import SessionStore
from coterie.accounts.tests.people import is_in, sign_in, sign_up, somebody
from coterie.core.boxes import unseal
from coterie.core.ids import hashed

pytestmark = pytest.mark.django_db


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_table_holds_neither_the_key_nor_what_was_stored():
    client = sign_up("wren@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_session")
        row = " ".join(str(cell) for cell in cursor.fetchone())
    assert key_of(client) not in row
    assert "wren" not in row
    assert "127.0.0.1" not in row
    assert hashed(key_of(client)) in row


def test_what_was_stored_comes_back():
    store = SessionStore()
    store["thread"] = "green"
    store.save()
    assert SessionStore(store.session_key)["thread"] == "green"
    assert json.loads(unseal(Session.objects.get().box, sessions.BOX)) == {"thread": "green"}


def test_the_table_knows_days_and_no_times():
    fields = [type(field) for field in Session._meta.get_fields()]
    assert models.DateField in fields
    assert models.DateTimeField not in fields


def test_looking_around_leaves_no_row():
    client = Client()
    client.get("/sign-in/")
    client.get("/sign-up/?next=/j/abc/")
    assert not Session.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_an_unknown_key_is_forgotten_and_none_is_made_from_it():
    store = SessionStore("k" * 32)
    assert store.get("anything") is None
    assert store.session_key is None


def test_signing_in_changes_the_key():
    somebody()
    client = Client()
    client.post("/sign-in/", {"login": "wren@example.org"})
    before = key_of(client)
    sign_in_again = sign_in("wren@example.org")
    assert key_of(sign_in_again) != before
    assert Session.objects.keyed(key_of(sign_in_again)).get().account.email == "wren@example.org"


def test_a_revoked_session_is_out_at_once_and_not_revived_by_a_save():
    store = SessionStore()
    store["thread"] = "green"
    store.save()
    Session.objects.all().delete()
    store["thread"] = "red"
    with pytest.raises(sessions.UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_expired_rows_open_nothing_and_are_cleared():
    client = sign_up("wren@example.org")
    Session.objects.update(expires_on=today() - timedelta(days=1))
    assert not is_in(client)
    assert sessions.clear_expired() == 1
    assert not Session.objects.exists()


def test_living_rows_are_not_cleared():
    client = sign_up("wren@example.org")
    assert sessions.clear_expired() == 0
    assert is_in(client)


def test_a_new_day_keeps_a_session_alive_once():
    client = sign_up("wren@example.org")
    old = today() - timedelta(days=3)
    Session.objects.update(last_seen_on=old, expires_on=today())
    answer = client.get("/account/")
    row = Session.objects.get()
    assert row.last_seen_on == today()
    assert row.expires_on > today() + timedelta(days=50)
    assert settings.SESSION_COOKIE_NAME in answer.cookies
    assert settings.SESSION_COOKIE_NAME not in client.get("/account/").cookies


def test_a_box_sealed_with_another_key_file_signs_nobody_in(caplog):
    client = sign_up("wren@example.org")
    Session.objects.update(box="AAAA" * 20)
    assert not is_in(client)
    assert "another key file" in caplog.text


def test_the_list_shows_rough_devices_and_one_can_be_signed_out():
    here = sign_up("wren@example.org")
    cache.clear()
    there = sign_in("wren@example.org")
    page = here.get("/account/sessions/").content.decode()
    assert "Firefox on Android" in page
    assert "This browser" in page
    address = re.search(r"/account/sessions/\d+/revocation/", page)[0]
    here.post(address)
    assert is_in(here)
    assert not is_in(there)


def test_everywhere_else_is_signed_out_at_once():
    here = sign_up("wren@example.org")
    others = [sign_in("wren@example.org") for _ in range(2)]
    here.post("/account/sessions/others/revocation/")
    assert [is_in(here), *map(is_in, others)] == [True, False, False]


def test_nobody_signs_somebody_else_out():
    here = sign_up("wren@example.org")
    row = Session.objects.get(account__email="wren@example.org")
    stranger = sign_up("stranger@example.org")
    assert stranger.post(f"/account/sessions/{row.pk}/revocation/").status_code == 404
    stranger.post("/account/sessions/others/revocation/")
    assert is_in(here)


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
            "Firefox on Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/150.0 Safari/537 Edg/150",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26 Safari/604",
            "Safari on iPhone",
        ),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_label_is_coarse(agent, label):
    assert devices.label(agent) == label


def test_cookies_are_out_of_reach_of_scripts():
    client = sign_up("wren@example.org")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_over_https_cookies_are_pinned_to_this_host():
    """A process of its own: the setting is read when the settings are."""
    told = subprocess.run(
        [sys.executable, "-c", "from coterie.config import signing_in as s; print(vars(s))"],
        env=os.environ | {"COTERIE_HTTPS": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "'SESSION_COOKIE_NAME': '__Host-coterie'" in told
    assert "'CSRF_COOKIE_NAME': '__Host-csrf'" in told
    assert "'SESSION_COOKIE_SECURE': True" in told
