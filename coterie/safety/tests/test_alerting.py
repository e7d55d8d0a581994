"""An operator learns that a case waits: on the next page, and by a mail that says nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from coterie.accounts.models import Account
from coterie.config import wiring
from coterie.inbox.tests.people import letters, person, sign_in
from coterie.safety.actions import alerting, operating, reporting
from coterie.safety.reads import waiting_for_operator
from coterie.safety.tests.test_deciding import OPERATOR

pytestmark = pytest.mark.django_db
BADGE = "operator of this server"


@pytest.fixture
def ana(circle):
    """The operator, who is no member of the circle."""
    found = person("ana")
    Account.objects.filter(email="ana@example.org").update(is_operator=True)
    return found


def to_ana():
    return [letter for letter in letters() if letter["to"] == "ana@example.org"]


def alerts(client, persona):
    sign_in(client, persona)
    return client.get("/alerts/").content.decode()


def test_the_operator_sees_it_on_the_next_page_and_nobody_else_does(client, circle, ana):
    assert BADGE not in alerts(client, ana)
    case = reporting.report(circle.community, by=circle.rue, reason="danger").case
    shown = alerts(client, ana)
    assert f"One case waits for you as {BADGE}" in shown
    assert 'place__count">1' in shown
    assert BADGE not in alerts(client, circle.ines)
    assert BADGE not in alerts(client, circle.rue)
    operating.dismiss(case, by=OPERATOR)
    assert BADGE not in alerts(client, ana)


def test_what_is_for_the_hosts_is_not_told_until_they_ask(circle, ana, afterwards):
    post = circle.says(circle.thorn, "You fool.")
    with afterwards():
        case = reporting.report(post, by=circle.rue, reason="hate").case
    assert to_ana() == []
    assert waiting_for_operator(OPERATOR) == 0
    with afterwards():
        reporting.ask_operator(case, by=circle.ines, sentence="Please look.")
    assert len(to_ana()) == 1


@override_settings(PUBLIC_URL="https://home.example")
def test_the_mail_says_that_something_waits_and_not_what(circle, ana, afterwards):
    with afterwards():
        reporting.report(circle.community, by=circle.rue, reason="danger", words="He hits me.")
    (letter,) = to_ana()
    text = letter["subject"] + letter["text"]
    assert "https://home.example/operator/cases/" in text
    for secret in (circle.community.name, circle.community.public_id, "hits", "rue", "danger"):
        assert secret not in text
    assert [each["to"] for each in letters()] == ["ana@example.org"]


def test_one_mail_an_hour_tells_of_all_and_forgets_none(circle, ana, afterwards):
    with afterwards():
        reporting.report(circle.community, by=circle.rue, reason="danger")
        reporting.report(circle.seat(circle.ines), by=circle.rue, reason="hate", desk="operator")
        reporting.report(circle.seat(circle.moss), by=circle.rue, reason="hate", desk="operator")
    first = len(to_ana())
    assert first == 1
    later = timezone.now() + alerting.PAUSE
    assert not alerting.alert_operators()
    with afterwards():
        reporting.report(circle.seat(circle.thorn), by=circle.rue, reason="hate", desk="operator")
    assert len(to_ana()) == 1
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        assert alerting.alert_operators()
        assert not alerting.alert_operators()
    assert len(to_ana()) == 2
    assert alerting.alert_operators in [function for _, function in wiring.SCHEDULE.values()]
