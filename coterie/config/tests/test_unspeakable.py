"""A NUL in an address never reaches the database, and no refusal is a blank page."""

import pytest
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpResponse
from django.test import Client

from coterie.config.unspeakable import NoNul

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/find/?after=%00", "/find/?q=a%00b", "/j/%00/"])
def test_a_nul_in_an_address_is_a_bad_request(address):
    answer = Client().get(address)
    assert answer.status_code == 400
    assert "Please go back" in answer.text


def test_other_odd_signs_are_not():
    assert Client().get("/find/?after=%F0%9F%98%80%25").status_code == 200


def test_where_something_can_only_be_sent_a_reader_is_told_so():
    answer = Client().get("/me/theme/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "There is no page here" in answer.text
    assert Client().put("/me/theme/").content == b""


@pytest.mark.parametrize("sent", [{"photo": "a\0b"}, {"source": "Hello", "poll_options": "a\0b"}])
def test_a_nul_that_no_form_knew_of_is_no_trouble_of_ours(rf, sent):
    asked = NoNul(lambda _request: HttpResponse())
    with pytest.raises(BadRequest):
        asked.process_exception(rf.post("/", sent), DataError())
    assert asked.process_exception(rf.post("/", sent), ValueError()) is None
    assert asked.process_exception(rf.post("/", {"source": "Hello"}), DataError()) is None
