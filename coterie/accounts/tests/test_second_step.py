"""Authenticator apps and recovery codes; and what the library's rows tell about time."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.apps import apps
from django.core.cache import cache
from django.db import connection, models

from coterie.accounts.models import Account
from coterie.accounts.tests.people import code_for, is_in, sign_in, sign_up

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "wren@example.org"


def number(secret: str) -> str:
    cache.clear()
    [*_, now, _later] = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def with_app():
    client = sign_up(ADDRESS)
    page = client.get("/account/second-step/app/").content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    client.post("/account/second-step/app/", {"code": number(secret)})
    return client, secret


def recovery_codes(client) -> list[str]:
    page = client.get("/account/recovery-codes/").content.decode()
    return re.findall(r"<li><code>(\d+)</code>", page)


def times_of_day() -> list[str]:
    """Every value on the account side that knows more than a day."""
    found = []
    for label in ("accounts", "account", "mfa"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateTimeField):
                    moments = model.objects.exclude(**{field.name: None}).values_list(
                        field.name, flat=True
                    )
                    found += [
                        f"{field}: {each}"
                        for each in moments
                        if each.time().isoformat() != "00:00:00"
                    ]
    found += [
        f"viewed at {key.data['viewed_at']}"
        for key in Authenticator.objects.all()
        if key.data.get("viewed_at", 0) % 86_400
    ]
    return found


def test_with_an_app_a_code_by_mail_is_not_enough():
    with_app()
    client = sign_in(ADDRESS)
    assert not is_in(client)
    client.post("/sign-in/second-step/", {"code": "000000"})
    assert not is_in(client)


def test_the_number_of_the_app_lets_in():
    _, secret = with_app()
    client = sign_in(ADDRESS)
    client.post("/sign-in/second-step/", {"code": number(secret)})
    assert is_in(client)


def test_the_way_to_an_invitation_survives_the_second_step():
    _, secret = with_app()
    client = sign_in(ADDRESS, follow="/j/abc/")
    answer = client.post("/sign-in/second-step/", {"code": number(secret)})
    assert answer["Location"] == "/j/abc/"


def test_a_recovery_code_works_once():
    client, _ = with_app()
    code = recovery_codes(client)[0]
    for works in (True, False):
        other = sign_in(ADDRESS)
        other.post("/sign-in/second-step/", {"code": code})
        assert is_in(other) is works


def test_recovery_codes_can_be_kept_as_a_file_and_made_anew():
    client, _ = with_app()
    codes = recovery_codes(client)
    assert len(codes) == 10
    assert client.get("/account/recovery-codes/file/").content.decode().split() == codes
    client.post("/account/recovery-codes/new/")
    assert not set(recovery_codes(client)) & set(codes)


def test_the_app_can_be_switched_off():
    client, _ = with_app()
    client.post("/account/second-step/off/")
    assert is_in(sign_in(ADDRESS))


def test_secrets_are_sealed():
    client, secret = with_app()
    codes = recovery_codes(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        table = str(cursor.fetchall())
    assert secret not in table
    assert not any(code in table for code in codes)


def test_no_row_of_the_account_side_knows_a_time_of_day():
    client, secret = with_app()
    recovery_codes(client)
    other = sign_in(ADDRESS)
    other.post("/sign-in/second-step/", {"code": number(secret)})
    used = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert used.last_used_at
    assert Account.objects.get().joined_on
    assert times_of_day() == []


def test_the_search_for_times_would_find_one():
    with_app()
    Authenticator.objects.update(created_at="2026-11-23T10:11:12Z")
    assert times_of_day()


def test_before_something_grave_a_mailed_code_shows_that_it_is_you():
    sign_up(ADDRESS, password="a long enough one")
    client = sign_in(ADDRESS)
    assert client.get("/account/second-step/app/")["Location"].startswith("/account/again/")
    client.post("/account/again/mail/", {"send": "1"})
    code = code_for(ADDRESS)
    client.post("/account/again/mail/", {"code": "BBBB-BBBB"})
    assert client.get("/account/second-step/app/").status_code == 302
    answer = client.post("/account/again/mail/?next=/account/second-step/app/", {"code": code})
    assert answer["Location"] == "/account/second-step/app/"
    assert client.get("/account/second-step/app/").status_code == 200


def test_a_mailed_code_bears_five_wrong_tries():
    sign_up(ADDRESS, password="a long enough one")
    client = sign_in(ADDRESS)
    client.post("/account/again/mail/", {"send": "1"})
    for _ in range(5):
        client.post("/account/again/mail/", {"code": "BBBB-BBBB"})
    client.post("/account/again/mail/", {"code": code_for(ADDRESS)})
    assert client.get("/account/second-step/app/").status_code == 302


def test_where_an_app_is_set_up_a_mail_alone_never_shows_it():
    _, secret = with_app()
    client = sign_in(ADDRESS)
    client.post("/sign-in/second-step/", {"code": number(secret)})
    answer = client.get("/account/again/mail/")
    assert answer["Location"].startswith("/account/again/code/")
