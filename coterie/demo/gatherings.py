"""Two gatherings of the mending circle: a table that comes every month, and one walk."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from coterie.communities.models import Community
from coterie.gatherings.actions import answering, convening
from coterie.gatherings.models import Occurrence
from coterie.gatherings.plans import Plan
from coterie.personas.models import Persona
from coterie.pure.calendar import recurring
from coterie.talk.actions import posting
from coterie.talk.models import Conversation, Said, Voice

SATURDAY = 5
TABLE = (
    "Bring one thing with a hole in it, and a mug. There are needles, thread and scissors for all. "
    "**Who has never darned** sits beside somebody who has."
)
WALK = (
    "Two hours along the canal for weld, walnut and rosehips. Good shoes, a paper bag, gloves. "
    "We end at Sam's pot, and it will be warm."
)


def call(community: Community, people: dict[str, Persona]) -> None:
    """Both are called, and some have said whether they come."""
    community = Community.objects.get(pk=community.pk)
    table = convening.convene(
        community, Said(TABLE, voice=Voice.HOSTS), by=people["Ines"], client_key="table",
        title="Saturday table at the library",
        plan=_plan(5, time(10), 3, place="The library, second floor, the long table",
                   every=recurring.Every.MONTH_ON_DAY, capacity=8, guests=1),
    )  # fmt: skip
    walk = convening.convene(
        community,
        Said(WALK),
        by=people["Sam"],
        title="A walk for colour",
        plan=_plan(12, time(14, 30), 2, place="The lock keeper's house", capacity=4),
        client_key="walk",
    )
    _come(table, people, going=["Ines", "wildfern", "Juno", "salt & thistle"], maybe=["marrow"])
    _come(walk, people, going=["Sam", "Juno", "marrow", "Ines", "wildfern"], maybe=[])
    for name, words in (
        ("Juno", "I will bring the ginger biscuits again."),
        ("Ines", "Then I bring nothing but forks."),
    ):
        posting.reply(table, Said(words), by=people[name], client_key=f"table-{name}")


def _plan(days: int, begins: time, hours: int, **more: object) -> Plan:
    soon = timezone.localdate() + timedelta(days=days)
    day = soon + timedelta(days=(SATURDAY - soon.weekday()) % 7)
    first = datetime.combine(day, begins)
    return Plan(first, first + timedelta(hours=hours), "Europe/Berlin", **more)  # type: ignore[arg-type]


def _come(
    begun: Conversation, people: dict[str, Persona], *, going: list[str], maybe: list[str]
) -> None:
    dates = Occurrence.objects.filter(gathering__conversation=begun).order_by("starts_at")
    date = dates.select_related("gathering__conversation__community")[0]
    for answer, names in (("going", going), ("maybe", maybe)):
        for name in names:
            answering.answer(date, by=people[name], answer=answer)
