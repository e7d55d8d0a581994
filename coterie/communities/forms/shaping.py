"""What hosts type about their community."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coterie.communities.actions.agreeing import MOST_QUESTIONS, MOST_RULES, Asked
from coterie.communities.actions.describing import INTERESTS
from coterie.communities.actions.founding import HUES
from coterie.communities.models import (
    Community,
    FoundBy,
    GatheredBy,
    Interest,
    JoinedBy,
    MicroBy,
    PostedBy,
    Question,
    SeenBy,
)
from coterie.personas.actions.being import tidy

INTEREST_LENGTH = Interest._meta.get_field("word").max_length or 0
HUE_WORDS = (
    _("Rose"), _("Terracotta"), _("Honey"), _("Olive"), _("Leaf"), _("Jade"),
    _("Teal"), _("Sky"), _("Cornflower"), _("Iris"), _("Plum"), _("Mallow"),
)  # fmt: skip
ON_OR_OFF = (
    "members_meet",
    "anonymous_voice",
    "sensitive",
    "learnable",
    "shows_size",
    "chat",
    "gatherings",
)
CHOICES: dict[str, type[Any]] = {
    "found_by": FoundBy,
    "seen_by": SeenBy,
    "joined_by": JoinedBy,
    "posted_by": PostedBy,
    "micro_by": MicroBy,
    "gathered_by": GatheredBy,
}
CHOSEN = tuple(CHOICES)
LABELS = {
    "found_by": _("Who can find it"),
    "seen_by": _("Who can read inside"),
    "joined_by": _("Who can join"),
    "posted_by": _("Who can post"),
    "micro_by": _("Who can start micro communities in it"),
    "gathered_by": _("Who can call gatherings"),
}


class LookForm(forms.Form):
    """Name, words, colour, address, interests."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name"), max_length=60)
    purpose = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    welcome = forms.CharField(
        label=_("Welcome"),
        max_length=2000,
        required=False,
        help_text=_("Shown on the page where people look around before they join."),
        widget=forms.Textarea({"rows": 4}),
    )
    interests = forms.CharField(
        label=_("Interests"),
        max_length=300,
        required=False,
        help_text=_("A few words, with commas between: darning, sashiko, wool."),
    )
    hue = forms.TypedChoiceField(
        label=_("Its colour"),
        coerce=int,
        choices=list(zip(range(HUES), HUE_WORDS, strict=True)),
        widget=forms.RadioSelect,
    )
    slug = forms.SlugField(
        label=_("Readable address"),
        max_length=60,
        required=False,
        help_text=_("Small letters, numbers and hyphens. Links to the old one stop working."),
    )

    def __init__(self, *args: Any, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        if community.slug is None:
            del self.fields["slug"]

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give the community a name."))
        return name

    def clean_interests(self) -> list[str]:
        words = [" ".join(each.split()) for each in self.cleaned_data["interests"].split(",")]
        named = [each for each in words if each]
        if len({each.casefold() for each in named}) > INTERESTS:
            raise forms.ValidationError(_("Name at most %(n)d interests.") % {"n": INTERESTS})
        if any(len(each.casefold()) > INTEREST_LENGTH for each in named):
            too_long = _("An interest has at most %(n)d characters.") % {"n": INTEREST_LENGTH}
            raise forms.ValidationError(too_long)
        return named


class PrivacyForm(forms.Form):
    """The four settings, and what goes with them."""

    members_meet = forms.BooleanField(
        label=_("Members meet each other"),
        required=False,
        help_text=_("Switched off, members see the hosts only, and answers reach the hosts alone."),
    )
    anonymous_voice = forms.BooleanField(
        label=_("Members may speak without a name"),
        required=False,
        help_text=_("Nobody here sees who it was, hosts included."),
    )
    sensitive = forms.BooleanField(
        label=_("What is said here is sensitive"),
        required=False,
        help_text=_(
            "Links get no preview, so that no other server hears that somebody here named it. "
            "Previews that are there go."
        ),
    )
    learnable = forms.BooleanField(
        label=_("AI may learn from what is said here"),
        required=False,
        help_text=_(
            "Switched off, those who train AI on web pages are asked to stay away. "
            "It counts only where everyone can read inside."
        ),
    )
    shows_size = forms.BooleanField(
        label=_("Show how many members there are"),
        required=False,
        help_text=_("Switched off, people read “30 to 100 people”."),
    )
    chat = forms.BooleanField(
        label=_("Rooms to chat in"),
        required=False,
        help_text=_("Switched off, what was said there stays readable."),
    )
    gatherings = forms.BooleanField(
        label=_("Gatherings with dates"),
        required=False,
        help_text=_("Switched off, those that were called stay readable."),
    )
    join_requires = forms.ChoiceField(
        label=_("Only for members of"),
        required=False,
        help_text=_("Whoever wants to join must be a member there already."),
    )
    field_order = (*CHOSEN[:3], "join_requires", *CHOSEN[3:], *ON_OR_OFF)

    def __init__(
        self, *args: Any, above: str, others: Iterable[tuple[Community, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        named = list(others)
        self.others = {each.public_id: each for each, _name in named}
        if not settings.LEARNERS_WELCOME:
            # What stands stays, for the day on which the operator lets hosts decide again.
            del self.fields["learnable"]
        for name in CHOSEN:
            self.fields[name] = _four(name, above)
        nobody = ("", _("nobody in particular"))
        names = [(each.public_id, name) for each, name in named]
        self.fields["join_requires"].choices = [nobody, *names]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean_join_requires(self) -> Community | None:
        return self.others.get(self.cleaned_data["join_requires"])


def _four(name: str, above: str) -> forms.Field:
    choices = CHOICES[name].choices
    shown = [
        (value, _spoken(name, value, words, above))
        for value, words in choices
        if above or value != "parent"
    ]
    return forms.ChoiceField(label=LABELS[name], choices=shown, widget=forms.RadioSelect)


def _spoken(name: str, value: str, words: Any, above: str) -> Any:
    if value != "parent":
        return words
    if name == "joined_by":
        return _("members of %(name)s, at once") % {"name": above}
    return _("members of %(name)s") % {"name": above}


class RulesForm(forms.Form):
    """One rule a line, and whether members are asked anew."""

    ANEW, BETTER = "anew", "better"

    asking = forms.ChoiceField(
        label=_("What kind of change is it?"),
        choices=[
            (ANEW, _("It changes what is asked of people: they accept it before they post again")),
            (BETTER, _("It only says the same better: nobody is asked")),
        ],
        initial=ANEW,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for place in range(1, MOST_RULES + 1):
            self.fields[f"rule-{place}"] = forms.CharField(
                label=_("Rule %(n)d") % {"n": place}, max_length=300, required=False
            )

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[f"rule-{place}"] for place in range(1, MOST_RULES + 1)]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The lines that hold something, and two to write on."""
        written = [at for at, line in enumerate(self.lines, start=1) if line.value()]
        return self.lines[: max(written, default=1) + 2]

    @property
    def texts(self) -> list[str]:
        """The rules that were written."""
        return [self.cleaned_data[line.name] for line in self.lines if self.cleaned_data[line.name]]


class QuestionForm(forms.Form):
    """One question at the door."""

    text = forms.CharField(label=_("Question"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Answered"), choices=Question.Kind, initial=Question.Kind.TEXT, required=False
    )
    choices = forms.CharField(
        label=_("Answers to choose from"),
        max_length=1000,
        required=False,
        help_text=_("One a line. Only where people choose."),
        widget=forms.Textarea({"rows": 3}),
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["choices"] = [
            line.strip()[:200] for line in cleaned.get("choices", "").splitlines() if line.strip()
        ]
        chosen_from = cleaned.get("kind") in (Question.Kind.ONE, Question.Kind.SEVERAL)
        if cleaned.get("text") and chosen_from and len(cleaned["choices"]) < 2:
            self.add_error("choices", _("Give at least two answers to choose from."))
        return cleaned

    def asked(self) -> Asked | None:
        """The question, if one was written."""
        said = self.cleaned_data
        if not said.get("text"):
            return None
        kind = said["kind"] or Question.Kind.TEXT
        choices = () if kind == Question.Kind.TEXT else tuple(said["choices"])
        return Asked(said["text"], kind, choices, said["required"])


QuestionForms = forms.formset_factory(
    QuestionForm, extra=MOST_QUESTIONS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS
)


class PlaceForm(forms.Form):
    """Under which community this one hangs."""

    parent = forms.ChoiceField(label=_("It hangs under"), required=False)

    def __init__(self, *args: Any, parents: Iterable[tuple[Community, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        named = list(parents)
        self.parents = {each.public_id: each for each, _name in named}
        top = ("", _("nothing: it stands by itself"))
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            top, *((each.public_id, name) for each, name in named)
        ]  # fmt: skip

    def clean_parent(self) -> Community | None:
        return self.parents.get(self.cleaned_data["parent"])


class NeighbourForm(forms.Form):
    """Another community to point to."""

    neighbour = forms.ChoiceField(label=_("Point to"))

    def __init__(self, *args: Any, others: Iterable[Community], **more: Any) -> None:
        super().__init__(*args, **more)
        self.others = {each.public_id: each for each in others}
        names = [(key, each.name) for key, each in self.others.items()]
        self.fields["neighbour"].choices = names  # type: ignore[attr-defined]

    def clean_neighbour(self) -> Community:
        return self.others[self.cleaned_data["neighbour"]]
