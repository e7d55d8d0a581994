"""In which language somebody is spoken to, and how they choose."""

import pytest
from django.test import Client
from django.utils import translation

from coterie.accounts.models import Account
from coterie.accounts.tests.people import mails_to, sign_in, sign_up, somebody
from coterie.personas import sealed

pytestmark = pytest.mark.django_db

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


def spoken(client: Client, path: str = "/", **headers: str) -> str:
    page = client.get(path, **headers)
    body = page.content.decode()
    assert page["Content-Language"] in body.split(">", 2)[1]
    return page["Content-Language"]


def test_a_stranger_is_spoken_to_as_their_browser_asks(client):
    assert spoken(client) == "en"
    assert spoken(client, **GERMAN) == "de"
    assert spoken(client, HTTP_ACCEPT_LANGUAGE="tlh") == "en"


def test_a_strangers_choice_goes_before_their_browser(client):
    answer = client.get("/language/", {"language": "en", "next": "/find/?q=moss"}, **GERMAN)
    assert answer["Location"] == "/find/?q=moss"
    assert answer.cookies["language"]["samesite"] == "Lax"
    assert spoken(client, **GERMAN) == "en"


def test_an_accounts_choice_goes_with_it_to_another_browser():
    somebody("wren@example.org", password="a quiet fern")
    client = sign_in("wren@example.org", password="a quiet fern")
    client.post("/language/", {"language": "de", "next": "/me/"})
    other = sign_in("wren@example.org", password="a quiet fern")
    other.cookies["language"] = "en"
    assert spoken(other, "/me/") == "de"


def test_who_chose_nothing_is_spoken_to_as_their_browser_asks():
    somebody("wren@example.org", password="a quiet fern")
    assert spoken(sign_in("wren@example.org", password="a quiet fern"), "/me/", **GERMAN) == "de"


def test_one_choice_is_not_anybody_elses():
    somebody("wren@example.org", password="a quiet fern")
    somebody("moss@example.org", password="a quiet fern")
    sign_in("wren@example.org", password="a quiet fern").post("/language/", {"language": "de"})
    assert Account.objects.get(email="moss@example.org").language == ""


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "me", ""]
)
def test_choosing_leads_nobody_away(client, away):
    for asked in (client.post, client.get):
        assert asked("/language/", {"language": "de", "next": away})["Location"] == "/"


@pytest.mark.parametrize("unknown", ["", "tlh", "de-x-secret", "../de"])
def test_a_language_that_is_not_spoken_changes_nothing(client, unknown):
    answer = client.post("/language/", {"language": unknown})
    assert answer.status_code == 302
    assert "language" not in answer.cookies


def test_changing_an_account_asks_where_it_comes_from():
    account = somebody("wren@example.org")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account)
    assert strict.post("/language/", {"language": "de"}).status_code == 403
    assert strict.get("/language/", {"language": "de"}).cookies["language"].value == "de"
    assert Account.objects.get(pk=account.pk).language == ""


def test_each_page_before_the_door_and_me_offer_the_languages(client):
    somebody("wren@example.org", password="a quiet fern")
    for page in (
        client.get("/"),
        client.get("/sign-in/"),
        client.get("/find/"),
        sign_in("wren@example.org", password="a quiet fern").get("/me/"),
    ):
        assert b'lang="de">Deutsch</button>' in page.content
        assert b'aria-current="true">English</button>' in page.content


def test_a_page_in_words_tells_caches_what_it_depends_on(client):
    vary = {each.strip() for each in client.get("/find/")["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= vary


def test_what_has_no_words_asks_for_no_account(django_assert_num_queries):
    somebody("wren@example.org", password="a quiet fern")
    client = sign_in("wren@example.org", password="a quiet fern")
    with django_assert_num_queries(0):
        for path in ("/flower/7.svg", "/talk/words-de.css"):
            answer = client.get(path)
            assert "Accept-Language" not in answer.get("Vary", "")
            assert "Content-Language" not in answer


def test_knowing_the_language_costs_no_query(django_assert_num_queries):
    account = somebody("wren@example.org", password="a quiet fern")
    client = sign_in("wren@example.org", password="a quiet fern")

    def taken() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            client.get("/me/")
        return len(caught)

    before = taken()
    Account.objects.filter(pk=account.pk).update(language="de")
    assert taken() == before


def test_a_language_that_the_house_unlearned_is_not_spoken():
    account = somebody("wren@example.org", password="a quiet fern")
    Account.objects.filter(pk=account.pk).update(language="tlh")
    assert spoken(sign_in("wren@example.org", password="a quiet fern"), "/me/") == "en"


def test_who_signs_up_on_a_german_page_gets_german_letters():
    client = Client(**GERMAN)
    client.post("/sign-up/", {"email": "wren@example.org", "password1": ""})
    assert Account.objects.get().language == "de"
    assert "Dein Code" in mails_to("wren@example.org")[0]["subject"]
    assert sign_up("moss@example.org")
    assert Account.objects.get(email="moss@example.org").language == "en"


def test_what_only_a_person_reads_is_said_in_their_language():
    account = somebody("wren@example.org")
    wren = sealed.new_persona(sealed.Owner(account.pk), name="Wren")
    with sealed.in_language_of(wren):
        assert translation.get_language() == "en"
    Account.objects.filter(pk=account.pk).update(language="de")
    with translation.override("en"):
        with sealed.in_language_of(wren):
            assert translation.get_language() == "de"
        assert translation.get_language() == "en"


def test_each_operator_is_written_to_in_their_language():
    for address, language in (("ines@example.org", "de"), ("juno@example.org", "")):
        account = somebody(address)
        Account.objects.filter(pk=account.pk).update(is_operator=True, language=language)
    with translation.override("de"):
        sealed.mail_operators(lambda: (translation.gettext("Something waits for you"), "-"))
    german, english = (mails_to(f"{who}@example.org")[0]["subject"] for who in ("ines", "juno"))
    assert english == "Something waits for you"
    assert german not in ("", english)
