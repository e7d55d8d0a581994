"""A NUL in an address never reaches the database."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/find/?after=%00", "/find/?q=a%00b", "/j/%00/"])
def test_a_nul_in_an_address_is_a_bad_request(address):
    assert Client().get(address).status_code == 400


def test_other_odd_signs_are_not():
    assert Client().get("/find/?after=%F0%9F%98%80%25").status_code == 200
