"""The shapes in which a gathering is planned and answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coterie.core.ids import new_token
from coterie.gatherings.actions.answering import ASKED
from coterie.gatherings.models import MOST_GUESTS, MOST_PLACES, Before, Gathering, Occurrence, Reply
from coterie.gatherings.plans import Misplanned, Plan
from coterie.gatherings.reads.words import HOW_OFTEN
from coterie.pure.calendar import recurring, zones
from coterie.pure.markup import MAX_SOURCE
from coterie.talk.models import Voice

LINK = {"assume_scheme": "https", "max_length": 500, "required": False}
NO_LINK = {"invalid": _("This is no link. It begins with https://.")}


def _up_to(numbers: Iterable[int]) -> list[tuple[int, Any]]:
    return [(n, format_lazy(_("Up to {n} each"), n=n)) for n in numbers]


class Link(forms.URLField):
    """A link into the web, and to nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class Planning(forms.Form):
    """When and where."""

    use_required_attribute = False

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("On which day?"), "invalid": _("This is no date.")},
    )
    begins = forms.TimeField(
        label=_("From"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("From when?"), "invalid": _("This is no time of day.")},
    )
    ends = forms.TimeField(
        label=_("Until"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Until when?"), "invalid": _("This is no time of day.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only if it goes on past midnight or over several days."),
        error_messages={"invalid": _("This is no date.")},
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("As you would tell a friend: the library, second floor, the long table."),
    )
    map_link = Link(label=_("Link to a map"), error_messages=NO_LINK, **LINK)  # type: ignore[arg-type]
    online_link = Link(
        label=_("Link to meet online"),
        help_text=_("Members read it, nobody else."),
        error_messages=NO_LINK,
        **LINK,  # type: ignore[arg-type]
    )
    capacity = forms.IntegerField(
        label=_("How many places are there?"),
        required=False,
        help_text=_("Left empty, as many can come as like. Whoever finds it full can wait."),
        validators=[
            MinValueValidator(1, _("At least one, or leave it empty.")),
            MaxValueValidator(MOST_PLACES, _("Leave it empty for so many.")),
        ],
        error_messages={"invalid": _("Write a number, or leave it empty.")},
    )

    def __init__(self, *args: Any, zone: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.standing_zone = zone

    def wrong(self, misplanned: Misplanned) -> None:
        """The sentence stands at the field that it is about."""
        field = misplanned.field if misplanned.field in self.fields else None
        self.add_error(field, misplanned.sentence)

    @property
    def plan(self) -> Plan:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        last_day = said["last_day"] or said["day"]
        return Plan(
            begins=datetime.combine(said["day"], said["begins"]),
            ends=datetime.combine(last_day, said["ends"]),
            zone=said.get("zone", self.standing_zone),
            place=said["place"],
            map_link=said["map_link"],
            online_link=said["online_link"],
            capacity=said["capacity"],
        )


class PlanningAll(Planning):
    """When and where, and how often."""

    title = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        help_text=_("Such as: Repair table at the library."),
        error_messages={"required": _("Give it a title.")},
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        widget=forms.TextInput({"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Of the place. Others also read it in their own time."),
        error_messages={"required": _("On whose clocks? Try one such as Europe/Berlin.")},
    )
    every = forms.ChoiceField(
        label=_("Does it come again?"), choices=list(HOW_OFTEN.items()), required=False
    )
    until = forms.DateField(
        label=_("Repeats until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty, it goes on."),
        error_messages={"invalid": _("This is no date.")},
    )
    link_for_goers = forms.BooleanField(
        label=_("Only who goes reads the online link"), required=False
    )
    guests = forms.TypedChoiceField(
        label=_("May people bring guests?"),
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        initial=0,
        required=False,
        choices=[(0, _("No")), (1, _("One each")), *_up_to(range(2, MOST_GUESTS + 1))],
    )

    def clean_zone(self) -> str:
        zone = zones.known(self.cleaned_data["zone"])
        if not zone:
            raise forms.ValidationError(
                _("We do not know this time zone. Try one such as Europe/Berlin.")
            )
        return zone

    @property
    def plan(self) -> Plan:
        said, when = self.cleaned_data, super().plan
        more = {name: said[name] for name in ("every", "until", "link_for_goers", "guests")}
        return Plan(**{**when.__dict__, **more})


class Calling(PlanningAll):
    """A new gathering: its dates and its first words."""

    source = forms.CharField(
        label=_("What should people know?"),
        max_length=MAX_SOURCE,
        widget=forms.Textarea({"rows": 5, "data-grow": ""}),
        help_text=_("What you will do, what to bring, how to find the door."),
        error_messages={"required": _("Write a few words first.")},
    )
    client_key = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_token)

    words = {Voice.HOSTS: _("The hosts")}

    def __init__(self, *args: Any, voices: Sequence[Voice], name: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.has_voices = len(voices) > 1
        self.fields["voice"] = forms.ChoiceField(
            label=_("Who calls it?"),
            choices=[(voice.value, self.words.get(voice, name)) for voice in voices],
            required=False,
            initial=Voice.OWN.value,
            widget=forms.RadioSelect if self.has_voices else forms.HiddenInput,
        )

    def clean_voice(self) -> str:
        return self.cleaned_data["voice"] or Voice.OWN


def standing(gathering: Gathering, first: datetime) -> dict[str, Any]:
    """What the form about all dates begins with; `first` is the next date on its clock."""
    last = first + timedelta(minutes=gathering.lasts)
    return {
        **_times(first, last),
        "title": gathering.conversation.title,
        "zone": gathering.zone,
        "every": recurring.every(gathering.rule),
        "until": gathering.until,
        "link_for_goers": gathering.link_for_goers,
        "guests": gathering.guests,
        **_where(gathering),
    }


def standing_of(occurrence: Occurrence) -> dict[str, Any]:
    """What the form about one date begins with."""
    zone = occurrence.gathering.zone
    first, last = (zones.clock(at, zone) for at in (occurrence.starts_at, occurrence.ends_at))
    return {**_times(first, last), **_where(occurrence)}


def _times(first: datetime, last: datetime) -> dict[str, Any]:
    another = last.date() if last.date() != first.date() else None
    return {"day": first.date(), "begins": first.time(), "ends": last.time(), "last_day": another}


def _where(of: Gathering | Occurrence) -> dict[str, Any]:
    return {name: getattr(of, name) for name in ("place", "map_link", "online_link", "capacity")}


class Answering(forms.Form):
    """Whether one comes, with how many, and when to be reminded."""

    answer = forms.ChoiceField(choices=[(each, Reply(each).label) for each in ASKED])
    guests = forms.IntegerField(min_value=0, max_value=MOST_GUESTS, required=False)
    before = forms.TypedChoiceField(choices=Before.choices, coerce=int, required=False)


class Naming(forms.Form):
    """Somebody to arrange it together with."""

    name = forms.CharField(
        label=_("Their name here"),
        max_length=60,
        error_messages={"required": _("Write the name that they have here.")},
    )


class Subscribing(forms.Form):
    """What a calendar address shows."""

    only_mine = forms.TypedChoiceField(
        label=_("What should your calendar show?"),
        coerce=lambda said: said == "mine",
        empty_value=False,  # type: ignore[arg-type]
        required=False,
        choices=[("all", _("All gatherings here")), ("mine", _("Only those that I may come to"))],
        initial="all",
        widget=forms.RadioSelect,
    )
