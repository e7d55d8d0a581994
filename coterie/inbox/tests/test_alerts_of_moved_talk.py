"""Alerts of a topic that stands elsewhere now are for those alone who read it there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coterie.communities.actions import founding, inviting, joining
from coterie.communities.models import Membership
from coterie.inbox.actions import notifying
from coterie.inbox.models import Notification
from coterie.talk.actions import keeping_order, moving, rearranging
from coterie.talk.tests.speaking import Speaker, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return Speaker("ines")


@pytest.fixture
def moss(ines, circle):
    return _member("moss", ines, circle)


@pytest.fixture
def juno(ines, circle):
    return _member("juno", ines, circle)


@pytest.fixture
def circle(ines):
    return ines.founds()


@pytest.fixture
def topic(ines, circle):
    return ines.starts(circle, "Sashiko over the elbow", "Three evenings.")


@pytest.fixture
def there(ines, moss, circle):
    """Another community, where moss is a member and juno is not."""
    by = ines.here(circle)
    found = founding.found("There", by=by, preset="private_group").community
    link = inviting.invite(found, by=by, policy="trusted")
    joining.ask_to_join(fresh(found), by=moss.viewer, persona=moss.here(circle), invitation=link)
    return fresh(found)


def _member(name, host, circle):
    someone = Speaker(name)
    someone.joins(circle, host)
    return someone


def _tell(topic, *people):
    for each in people:
        notifying.tell(
            each.here(topic.community), kind="begun", community=topic.community,
            conversation=topic, path=topic.path,
        )  # fmt: skip


def _alerts(someone):
    return someone.browser().get("/alerts/").content.decode()


def test_who_does_not_read_a_moved_topic_learns_no_title_that_it_is_given_there(
    ines, moss, juno, circle, there, topic
):
    _tell(topic, moss, juno)
    moving.move(topic, to=there, by=ines.here(circle))
    keeping_order.retitle(fresh(topic), by=ines.here(circle), title="The plan for Friday")
    assert "The plan for Friday" in _alerts(moss)
    assert "The plan for Friday" not in _alerts(juno)
    assert "begun" not in juno.viewer.personas[0].notifications.values_list("kind", flat=True)


def test_who_leaves_its_new_place_keeps_no_alert_of_it(ines, moss, circle, there, topic):
    _tell(topic, moss)
    moving.move(topic, to=there, by=ines.here(circle))
    assert Notification.objects.get(conversation=topic).community_id == there.pk
    notifying.leave_alone(moss.here(there), community=there)
    assert "Sashiko" not in _alerts(moss)


def test_alerts_of_a_topic_that_became_part_of_another_say_its_title_to_who_reads_it(
    ines, moss, juno, circle, topic
):
    other = ines.starts(circle, "Elbows again", "And again.")
    _tell(topic, moss, juno)
    late = {"history_from": timezone.now() + timedelta(minutes=1)}
    Membership.objects.filter(pk=juno.seat(circle).pk).update(**late)
    rearranging.merge(fresh(topic), into=fresh(other), by=ines.here(circle))
    assert "Elbows again" in _alerts(moss)
    assert "Elbows again" not in _alerts(juno)
