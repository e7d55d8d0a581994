"""Invitations by letter: where their link leads, and how many one person may send."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from coterie.accounts.actions import spending
from coterie.accounts.models import Ticket
from coterie.communities.actions import inviting
from coterie.communities.models import Invitation
from coterie.core.verdict import Refused
from coterie.inbox.tests.people import letters

pytestmark = pytest.mark.django_db


def test_no_letter_carries_the_name_that_a_browser_claimed(ines, circle, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    data = {"address": "jo@outside.example", "policy": "trusted", "may": "on"}
    client = ines.browser
    path = f"{circle.path}invitations/letters/"
    assert client.post(path, data, headers={"host": "evil.example"}).status_code == 302
    letter = letters()[-1]["text"]
    assert "evil.example" not in letter
    assert f"http://localhost:8123{Invitation.objects.get().path}" in letter
    with override_settings(PUBLIC_URL="https://home.example"):
        client.post(path, data)
        shown = client.get(f"{circle.path}invitations/{Invitation.objects.first().public_id}/")
    assert "https://home.example/j/" in letters()[-1]["text"]
    assert "https://home.example/j/" in shown.content.decode()


def test_one_person_sends_a_few_letters_a_day_whatever_they_call_themselves(
    ines, moss, circle, monkeypatch
):
    monkeypatch.setattr(inviting, "MAILS_A_DAY", 3)
    places = [circle, ines.founds("Second"), ines.founds("Third")]

    def writes(who, place):
        return inviting.invite_by_mail(place, by=who.here(place), address="jo@outside.example")

    for place in places:
        writes(ines, place)
    with pytest.raises(Refused, match="enough letters"):
        writes(ines, places[0])
    assert Invitation.objects.count() == 3
    assert writes(moss, moss.founds("Elsewhere"))
    tags = list(Ticket.objects.values_list("tag", flat=True))
    assert len(set(tags)) == 4
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=1)):
        spending.clear_spent()
        assert not Ticket.objects.exists()
        assert writes(ines, places[0])
