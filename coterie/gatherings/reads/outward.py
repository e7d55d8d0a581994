"""A gathering as machines are told of it: what a stranger reads on its page, and nothing else."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from coterie.gatherings.models import Gathering, Occurrence
from coterie.ui.facing import Facing

SCHEMA = "https://schema.org/"


def told(facing: Facing, shown: dict[str, Any]) -> dict[str, Any]:
    """The next date as an Event. Nobody's name is in it: it is the community that invites.

    Nothing of one that was chosen: the page as machines know it shows the next.
    That it is online is not told: strangers do not read the link, nor that there is one.
    """
    if shown["date_was_chosen"]:
        return {}
    date, gathering = shown["date"], shown["gathering"]
    community = gathering.conversation.community
    dated = f"?on={date.public_id}" if gathering.rule else ""
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": gathering.conversation.title or _("A gathering"),
        "description": facing.text,
        "startDate": _iso(date.starts_at, gathering),
        "endDate": _iso(date.ends_at, gathering),
        "eventStatus": SCHEMA + _status(date),
        "previousStartDate": _iso(date.moved_from, gathering),
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode" if _where(date) else "",
        "location": _where(date),
        "organizer": {
            "@type": "Organization",
            "name": community.name,
            "url": facing.origin + community.path,
        },
        "image": facing.origin + facing.card if facing.card else "",
        "url": facing.origin + gathering.conversation.open_path + dated,
    }
    return {name: value for name, value in said.items() if value}


def _iso(at: Any, gathering: Gathering) -> str:
    """As the clock of the place shows it, with how far that is from UTC."""
    return at.astimezone(ZoneInfo(gathering.zone)).isoformat() if at else ""


def _status(date: Occurrence) -> str:
    if date.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if date.moved_from else "EventScheduled"


def _where(date: Occurrence) -> dict[str, str]:
    if not date.place and not date.map_link:
        return {}
    place = {"@type": "Place", "name": date.place, "address": date.place, "hasMap": date.map_link}
    return {name: value for name, value in place.items() if value}
