from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from coterie.gatherings.actions import answering, convening
from coterie.gatherings.models import Gathering, Occurrence
from coterie.gatherings.plans import Plan
from coterie.talk.tests.conftest import (  # noqa: F401
    circle,
    gates_of_talk_alone,
    ines,
    juno,
    moss,
    wren,
)
from coterie.talk.tests.speaking import fresh, said


def in_days(days, hour=19, minute=0):
    """What the clock shows on that day, without a zone."""
    day = timezone.now().date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute)


def planned(begins=None, hours=3, zone="Europe/Berlin", **more):
    begins = begins or in_days(10)
    return Plan(begins=begins, ends=begins + timedelta(hours=hours), zone=zone, **more)


def calls(person, community, plan=None, title="Repair table", **more):
    more.setdefault("client_key", f"{person.name}-{Gathering.objects.count()}")
    begun = convening.convene(
        fresh(community), said("Bring a chair.", more), by=person.here(community), title=title,
        plan=plan or planned(), **more,
    )  # fmt: skip
    return Gathering.objects.select_related("conversation__community__parent").get(
        conversation=begun
    )


def dates(gathering):
    return list(Occurrence.objects.filter(gathering=gathering).order_by("starts_at"))


def says(person, date, answer="going", **more):
    date = fresh(date)
    by = person.here(date.gathering.conversation.community)
    return answering.answer(date, by=by, answer=answer, **more)


@pytest.fixture
def evening(ines, circle):  # noqa: F811
    """One gathering in ten days, called by ines."""
    return calls(ines, circle)


@pytest.fixture
def date(evening):
    return dates(evening)[0]
