"""What somebody has in mind: when, where, how often. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.core.verdict import Refused
from coterie.pure.calendar import recurring, zones

LONGEST = timedelta(days=14)
FARTHEST = timedelta(days=5 * 366)
"""Of one near the end of all dates no calendar could be written: not even those of the others."""


class Misplanned(Refused):
    """It cannot be so, because of what stands in this field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Plan:
    """Times are those of the wall clock in its zone."""

    begins: datetime
    ends: datetime
    zone: str
    place: str = ""
    map_link: str = ""
    online_link: str = ""
    capacity: int | None = None
    every: str = recurring.Every.ONCE
    until: date | None = None
    link_for_goers: bool = False
    guests: int = 0

    @property
    def starts_at(self) -> datetime:
        return zones.moment(self.begins, self.zone)

    @property
    def ends_at(self) -> datetime:
        return zones.moment(self.ends, self.zone)

    @property
    def lasts(self) -> int:
        """Minutes on the wall clock."""
        return int((self.ends - self.begins).total_seconds()) // 60

    @property
    def rule(self) -> str:
        return recurring.rule(self.every, self.begins.date())

    @property
    def where(self) -> dict[str, object]:
        """What each of its dates begins with."""
        return {
            "place": self.place,
            "map_link": self.map_link,
            "online_link": self.online_link,
            "capacity": self.capacity,
        }


def require_sense(plan: Plan) -> None:
    """Raise `Misplanned` where the times say something that cannot be."""
    if not zones.known(plan.zone):
        raise Misplanned("zone", _("We do not know this time zone. Try one such as Europe/Berlin."))
    if plan.begins - timezone.now().replace(tzinfo=None) > FARTHEST:
        raise Misplanned("day", _("It can be up to five years from now."))
    if not zones.is_shown(plan.begins, plan.zone):
        raise Misplanned("begins", _("The clocks skip this time in that night. Choose another."))
    if plan.ends <= plan.begins or plan.ends_at <= plan.starts_at:
        raise Misplanned(
            "ends", _("It would end before it begins. Past midnight, the last day is another one.")
        )
    if plan.ends - plan.begins > LONGEST:
        raise Misplanned("ends", _("It can last up to two weeks."))
    if plan.until and plan.until < plan.begins.date():
        raise Misplanned("until", _("It would stop repeating before it begins."))


def require_future(plan: Plan) -> None:
    """Raise `Misplanned` for what lies in the past."""
    if plan.starts_at <= timezone.now():
        raise Misplanned("day", _("This is in the past. Choose a time that is still to come."))
