"""The part of a composer that adds a poll: nothing is asked while no option is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.talk import poll_rules
from coterie.talk.models import MOST_OPTIONS, OPTION_LENGTH, YES, Asked, PollKind, Shown

LONGEST = MOST_OPTIONS * (OPTION_LENGTH + 2) * 2
HOURS = [
    ("0", _("Until somebody closes it")),
    ("24", _("A day")),
    ("72", _("Three days")),
    ("168", _("A week")),
    ("336", _("Two weeks")),
]


def _select(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.Select({"data-drafted": ""}),
    )


class Asking(forms.Form):
    """A poll on what is said; the options stand on a line each, so that it takes no script."""

    poll_options = forms.CharField(
        label=_("Options"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One on each line, from 2 to 20."),
    )
    poll_kind = _select(_("What can be chosen"), PollKind.choices)
    poll_most = forms.IntegerField(
        label=_("Of several, at most"),
        required=False,
        min_value=1,
        max_value=MOST_OPTIONS,
        widget=forms.NumberInput({"data-drafted": ""}),
    )
    poll_named = _select(
        _("Who sees the votes"),
        [("", _("Nobody sees who chose what")), (YES, _("Members see who chose what"))],
    )
    poll_shown = _select(_("Who reads the result"), Shown.choices)
    poll_hours = _select(_("How long it is open"), HOURS)
    poll_fixed = _select(
        _("A vote"), [("", _("Can be changed until the end")), (YES, _("Stays as it is"))]
    )
    poll_grows = _select(
        _("The options"), [("", _("Stay as they are")), (YES, _("Members may add some"))]
    )

    def clean(self) -> dict[str, Any]:
        """`asked` is the poll, or None."""
        said = super().clean() or self.cleaned_data
        fields = {name: said.pop(name, None) for name in POLL}
        asked = _asked(fields)
        verdict = poll_rules.can_be_asked(asked)
        if not verdict and "poll_options" not in self.errors:
            self.add_error("poll_options", verdict.sentence)
        return said | {"asked": asked}

    @property
    def asks(self) -> bool:
        """Whether a poll has been begun, so that its part of the form stands open."""
        begun = bool((self["poll_options"].value() or "").strip())
        return begun or any(name in self.errors for name in POLL)


POLL = tuple(Asking.base_fields)


def _asked(said: Mapping[str, Any]) -> Asked | None:
    options = [line.strip() for line in (said["poll_options"] or "").splitlines()]
    written = tuple(option for option in options if option)
    if not written:
        return None
    return Asked(
        options=written,
        kind=said["poll_kind"] or PollKind.ONE,
        most=said["poll_most"] or 0,
        named=said["poll_named"] == YES,
        grows=said["poll_grows"] == YES,
        may_change=said["poll_fixed"] != YES,
        shown=said["poll_shown"] or Shown.VOTED,
        hours=int(said["poll_hours"] or 0),
    )


def begun(data: Mapping[str, str]) -> dict[str, str]:
    """What has been written of a poll, as a draft keeps it; nothing while there is no option."""
    said = {name: data.get(name, "")[:LONGEST] for name in POLL}
    return said if said["poll_options"].strip() else {}
