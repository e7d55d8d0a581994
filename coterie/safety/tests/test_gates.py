"""Nobody pours words over a community."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.core.verdict import Refused
from coterie.safety.gates import MOST
from coterie.talk.models import Post, Said

pytestmark = pytest.mark.django_db


def test_a_flood_is_stopped_kindly_and_without_numbers(circle):
    for n in range(MOST):
        circle.says(circle.rue, f"word {n}")
    with pytest.raises(Refused) as refused:
        circle.says(circle.rue, "one more")
    assert not any(letter.isdigit() for letter in refused.value.sentence)
    circle.says(circle.thorn, "Others go on.")


def test_after_a_minute_it_goes_on(circle):
    for n in range(MOST):
        circle.says(circle.rue, f"word {n}")
    Post.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert circle.says(circle.rue, "and on").state == "published"


def test_hosts_may_write_as_fast_as_they_can(circle):
    for n in range(MOST + 2):
        circle.says(circle.ines, f"word {n}")


def test_one_community_does_not_count_anothers(circle):
    from coterie.inbox.tests.people import place, seat
    from coterie.talk.actions import posting

    other = place("Natural dye")
    seat(circle.rue, other)
    for n in range(MOST):
        circle.says(circle.rue, f"word {n}")
    posting.start_topic(other, Said("Blue"), by=circle.rue, title="Indigo", client_key="i")


def test_a_topic_with_something_reported_in_it_stays_until_hosts_decide(circle):
    from coterie.core.gates import Publish, Refuse
    from coterie.safety.actions import reporting
    from coterie.safety.gates import open_case

    said = circle.says(circle.rue, "Buy now")
    assert isinstance(open_case(said.conversation, circle.ines), Publish)
    case = reporting.report(said, by=circle.thorn, reason="spam").case
    assert isinstance(open_case(said.conversation, circle.ines), Refuse)
    type(case).objects.update(closed_at=timezone.now())
    assert isinstance(open_case(said.conversation, circle.ines), Publish)
