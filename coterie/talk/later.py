"""The part of a composer that lets words wait for a time: nothing waits while no day is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.pure.calendar import zones
from coterie.talk import planning_rules

FIELDS = ("later_day", "later_time", "later_zone")
LONGEST_ZONE = 64


class Later(forms.Form):
    """When it goes out, on the clock of a time zone."""

    later_day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date", "data-drafted": ""}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date."), "required": _("Choose a day.")},
    )
    later_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput({"type": "time", "data-drafted": ""}, format="%H:%M"),
        error_messages={"invalid": _("This is no time of day."), "required": _("Choose a time.")},
    )
    later_zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=LONGEST_ZONE,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Such as Europe/Berlin."),
    )

    def clean_later_zone(self) -> str:
        said = self.cleaned_data["later_zone"]
        zone = zones.known(said)
        if said and not zone:
            raise forms.ValidationError(
                _("We do not know this time zone. Try one such as Europe/Berlin.")
            )
        return zone or "UTC"

    def clean(self) -> dict[str, Any]:
        """`at` is the moment, or None; `zone` is whose clock named it."""
        said = super().clean() or self.cleaned_data
        day, time, zone = (said.pop(name, None) for name in FIELDS)
        named = all(name not in self.errors for name in FIELDS)
        if named and bool(day) != bool(time):
            self.add_error(
                "later_time" if day else "later_day", _("A day and a time belong together.")
            )
        at = None
        if named and day and time:
            at = self._moment(datetime.combine(day, time), zone)
        return said | {"at": at, "zone": zone}

    def _moment(self, clock: datetime, zone: str) -> datetime | None:
        if not zones.is_shown(clock, zone):
            self.add_error(
                "later_time", _("The clocks skip this time in that night. Choose another.")
            )
            return None
        at = zones.moment(clock, zone)
        verdict = planning_rules.can_be_due(at)
        if not verdict:
            self.add_error("later_day", verdict.sentence)
        return at

    @property
    def waits(self) -> bool:
        """Whether a time has been named, so that its part of the form stands open."""
        begun = any(self[name].value() for name in ("later_day", "later_time"))
        return bool(begun) or any(name in self.errors for name in FIELDS)


def begun(data: Mapping[str, str]) -> dict[str, str]:
    """What has been typed of it, as a draft keeps it; nothing while there is no day and no time."""
    said = {name: data.get(name, "")[:LONGEST_ZONE] for name in FIELDS}
    return said if said["later_day"] or said["later_time"] else {}


def standing(due: datetime | None, zone: str) -> dict[str, Any]:
    """What the part begins with, by this clock."""
    if due is None:
        return {"later_zone": zone}
    then = zones.clock(due, zone)
    return {"later_day": then.date(), "later_time": then.time(), "later_zone": zone}
