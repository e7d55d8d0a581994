"""Who runs this place."""

import re

import pytest
from django.test import Client

from coterie.accounts import mailing
from coterie.accounts.actions import operating
from coterie.accounts.models import Account, OneTimeLink
from coterie.accounts.tests.people import code_for, is_in, sign_up, somebody

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def claim_path() -> str:
    return operating.first_operator_link(BASE).removeprefix(BASE)


def test_the_first_link_leads_through_sign_up_and_makes_an_operator():
    client = Client()
    path = claim_path()
    assert client.get(path)["Location"] == f"/sign-up/?next={path}"
    client.post("/sign-up/", {"email": "moss@example.org", "next": path})
    assert (
        client.post("/account/email/code/", {"code": code_for("moss@example.org")})["Location"]
        == path
    )
    assert client.get(path).status_code == 200
    assert not Account.objects.get().is_operator
    assert client.post(path)["Location"] == "/"
    assert Account.objects.get().is_operator
    assert client.get("/operator/").status_code == 200


def test_the_link_stands_hashed_and_works_once():
    path = claim_path()
    token = path.split("/")[-2]
    assert not OneTimeLink.objects.filter(token_hash=token).exists()
    one, two = somebody("one@example.org"), somebody("two@example.org")
    assert operating.claim(token, by=one)
    assert not operating.claim(token, by=two)
    assert operating.first_operator_link(BASE) is None


def test_a_newer_link_replaces_the_older():
    older = claim_path()
    assert Client().get(older).status_code == 302
    claim_path()
    assert Client().get(older).status_code == 404


def test_every_link_dies_when_an_operator_exists():
    path = claim_path()
    operating.make_operator("moss@example.org")
    client = sign_up("wren@example.org")
    assert client.post(path).status_code == 404
    assert not Account.objects.get(email="wren@example.org").is_operator


def test_a_guess_opens_nothing():
    claim_path()
    assert Client().get("/operator/claim/guess/").status_code == 404


@pytest.mark.parametrize("path", ["/operator/", "/operator/outbox/"])
def test_operator_pages_do_not_exist_for_others(path):
    assert Client().get(path).status_code == 404
    assert sign_up("wren@example.org").get(path).status_code == 404


def test_the_outbox_folds_what_names_a_persona():
    operating.make_operator("moss@example.org")
    mailing.send("wren@example.org", subject="Code", text="ABCD-EFGH")
    mailing.send("wren@example.org", subject="Fern said hello", text="…", shown_on_console=False)
    client = Client()
    client.force_login(Account.objects.get(email="moss@example.org"))
    page = client.get("/operator/outbox/").content.decode()
    assert "ABCD-EFGH" in page
    folded = re.search(r"<details>.*</details>", page, re.S)[0]
    assert "Fern said hello" in folded
    assert "Fern said hello" not in page.replace(folded, "")
    assert page.index("Fern said") < page.index("ABCD-EFGH")


def test_a_locked_out_person_is_let_in_once():
    somebody("wren@example.org")
    path = operating.sign_in_link("wren@example.org").removeprefix("http://localhost:8000")
    client = Client()
    assert client.get(path).status_code == 200
    assert not is_in(client)
    client.post(path)
    assert is_in(client)
    again = Client()
    assert again.get(path).status_code == 404
    again.post(path)
    assert not is_in(again)


def test_a_link_past_its_day_opens_nothing():
    somebody("wren@example.org")
    path = operating.sign_in_link("wren@example.org").removeprefix("http://localhost:8000")
    OneTimeLink.objects.update(expires_on="2020-01-01")
    client = Client()
    client.post(path)
    assert not is_in(client)


def test_a_link_for_nobody_is_an_error():
    with pytest.raises(Account.DoesNotExist):
        operating.sign_in_link("nobody@example.org")


def test_an_operator_is_made_by_address_whether_or_not_the_account_exists():
    somebody("wren@example.org")
    assert operating.make_operator(" Wren@Example.org ").is_operator
    assert operating.make_operator("new@example.org").is_operator
    assert Account.objects.filter(is_operator=True).count() == 2
