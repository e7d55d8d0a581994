"""The shapes of what somebody wants to hear."""

from __future__ import annotations

from datetime import time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coterie.communities.models.belonging import Level
from coterie.pure.attention import Wishes

CALLS = (0, 1, 3, 5, 10, 20)
LONGEST_QUIET = 20 * 60


def level(said: str) -> Level | None:
    """The level of this name, if there is one."""
    return Level(said) if said in Level.values else None


def _zones(current: str) -> list[tuple[str, str]]:
    places = {name for name in available_timezones() if "/" in name and name[:4] != "Etc/"}
    return [(name, name.replace("_", " ")) for name in sorted(places | {"UTC", current})]


def _hours() -> list[tuple[int, str]]:
    return [(minute, f"{minute // 60:02}:{minute % 60:02}") for minute in range(0, 1440, 30)]


class Clock(forms.TimeField):
    """A time of day, as minutes after midnight."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TimeInput({"type": "time"}, format="%H:%M")
        wrong = gettext_lazy("Give a time.")
        missing = {"required": wrong, "invalid": wrong}
        super().__init__(widget=widget, error_messages=missing, **more)

    def prepare_value(self, value: Any) -> Any:
        return time(value // 60, value % 60) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.hour * 60 + found.minute if found else None


class Attention(forms.Form):
    """How often, when not, and when the rest."""

    a_day = forms.TypedChoiceField(
        label=gettext_lazy("How many times a day may something call you?"),
        help_text=gettext_lazy(
            "Over everything, by mail. The last one of a day is kept for what is about you "
            "yourself. What goes beyond comes with the digest."
        ),
        coerce=int,
        widget=forms.RadioSelect({"class": "hidden"}),
    )
    digest_at = forms.TypedChoiceField(
        label=gettext_lazy("When shall the digest come?"),
        help_text=gettext_lazy(
            "One letter for each of your personas, within the hour after. None when nothing is "
            "in it."
        ),
        coerce=int,
        choices=_hours,
    )
    keeps_quiet = forms.BooleanField(
        label=gettext_lazy("Nothing calls me in my quiet hours"), required=False
    )
    quiet_from = Clock(label=gettext_lazy("Quiet from"))
    quiet_to = Clock(label=gettext_lazy("Quiet until"))
    zone = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        error_messages={"invalid_choice": gettext_lazy("Choose a zone from the list.")},
    )

    def __init__(self, *args: Any, wishes: Wishes, **more: Any) -> None:
        super().__init__(*args, **more | {"initial": vars(wishes)})
        self.fields["zone"].choices = _zones(wishes.zone)  # type: ignore[attr-defined]
        self.fields["a_day"].choices = [(n, _calls(n)) for n in sorted({*CALLS, wishes.a_day})]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("keeps_quiet") and not self.errors:
            wishes = self.wishes
            length = (wishes.quiet_to - wishes.quiet_from) % 1440
            if length > LONGEST_QUIET:
                self.add_error("quiet_to", _("Leave at least four hours that are not quiet."))
            elif wishes.is_quiet_at(wishes.digest_at):
                sentence = _("This lies in your quiet hours. Choose a time when you are up.")
                self.add_error("digest_at", sentence)
        return said

    @property
    def wishes(self) -> Wishes:
        return Wishes(**self.cleaned_data)


def _calls(n: int) -> str:
    return _("Never") if n == 0 else str(n)


class Hearing(forms.Form):
    """How much somebody wants to hear of one topic, or of the topics with a tag."""

    level = forms.ChoiceField(
        label=gettext_lazy("What do you want to hear?"),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, usual: str, **more: Any) -> None:
        super().__init__(*args, **more)
        usual_words = _("As in the whole community: %(level)s") % {"level": Level(usual).label}
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", usual_words),
            (Level.FOLLOW.value, _("Follow: tell me what is new")),
            (Level.NORMAL.value, _("Normal: tell me when somebody answers me")),
            (Level.MUTE.value, _("Mute: it stands in the list, and nothing calls me")),
        ]
