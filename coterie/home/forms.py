"""The shape of what people type on the hall's pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.communities import presets
from coterie.personas import bouquet
from coterie.personas.actions.being import tidy
from coterie.personas.models import NAME_LENGTH, Persona

NEW = "new"
HUES = (
    _("Rose"),
    _("Terracotta"),
    _("Honey"),
    _("Olive"),
    _("Leaf"),
    _("Jade"),
    _("Teal"),
    _("Sky"),
    _("Cornflower"),
    _("Iris"),
    _("Plum"),
    _("Mallow"),
)
"""The patch hues 0 to 11, in words."""


class SearchForm(forms.Form):
    """What somebody is into."""

    q = forms.CharField(max_length=100, required=False)


class NameForm(forms.Form):
    """First step: what it is called and what it is for."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=60,
        widget=forms.TextInput({"placeholder": _("Mending circle"), "autocomplete": "off"}),
    )
    purpose = forms.CharField(
        label=_("What is it for, in one sentence?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            {"placeholder": _("Visible mending, a second life."), "autocomplete": "off"}
        ),
    )

    def clean_name(self) -> str:
        return _something(tidy(self.cleaned_data["name"]))

    def clean_purpose(self) -> str:
        return tidy(self.cleaned_data["purpose"])


class ShapeForm(forms.Form):
    """Second step: which of the known shapes it starts with."""

    shape = forms.ChoiceField(
        label=_("Shape"),
        choices=[(each.key, each.name) for each in presets.PRESETS],
        widget=forms.RadioSelect,
    )


class LookForm(forms.Form):
    """Third step: its hue, and who its founder is in it."""

    use_required_attribute = False

    hue = forms.TypedChoiceField(
        label=_("Its colour"), coerce=int, choices=list(enumerate(HUES)), widget=forms.RadioSelect
    )
    who = forms.ChoiceField(label=_("Who are you here?"), widget=forms.RadioSelect)
    flower = forms.CharField(label=_("Your flower"), required=False, widget=forms.RadioSelect)
    persona_name = forms.CharField(
        label=_("Your name here"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Choose a name that people here will call you by.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, personas: Iterable[Persona] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personas = {each.public_id: each for each in personas}
        chosen: Any = self.fields["who"]
        chosen.choices = [(NEW, _("Somebody new"))] + [
            (each.public_id, each.name) for each in self.personas.values()
        ]
        if not self.personas:
            # With one answer there is nothing to ask.
            del self.fields["who"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["persona"] = self.personas.get(cleaned.get("who", NEW))
        cleaned["persona_name"] = tidy(cleaned.get("persona_name", ""))
        cleaned["seed"] = bouquet.redeem(cleaned.get("flower"))
        if cleaned["persona"]:
            # Whoever is somebody already needs no other name and no other flower.
            self.errors.pop("persona_name", None)
        elif cleaned["seed"] is None:
            self.add_error("flower", _("Pick one of these flowers."))
        return cleaned


class PersonaForm(forms.Form):
    """How a persona of mine is met."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, widget=forms.TextInput({"autocomplete": "off"})
    )
    bio = forms.CharField(
        label=_("A few words about this self"),
        max_length=300,
        required=False,
        help_text=_("Seen wherever this persona is a member. Leave it empty if you like."),
        widget=forms.Textarea({"rows": 3}),
    )
    flower = forms.CharField(required=False, widget=forms.RadioSelect)
    anyway = forms.BooleanField(label=_("I know that this links the two. Save it."), required=False)

    def __init__(self, *args: Any, others: Iterable[Persona] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = list(others)
        self.is_warned = False

    def clean_name(self) -> str:
        return _something(tidy(self.cleaned_data["name"]))

    def clean_bio(self) -> str:
        return str(self.cleaned_data["bio"]).replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["seed"] = bouquet.redeem(cleaned.get("flower"))
        if not cleaned.get("anyway"):
            self._warn(cleaned)
        return cleaned

    def _warn(self, cleaned: dict[str, Any]) -> None:
        """A self that says the same as another is the same, to whoever meets both."""
        for other in self.others:
            if _alike(cleaned.get("name"), other.name):
                self._warn_of("name", _("Another persona of yours has this name."))
            if _alike(cleaned.get("bio"), other.bio):
                self._warn_of("bio", _("Another persona of yours says the same about itself."))

    def _warn_of(self, field: str, sentence: Any) -> None:
        self.is_warned = True
        self.add_error(field, sentence)


class ThemeForm(forms.Form):
    """Light, dark, or as the device has it."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("", _("Like my device")), ("light", _("Light")), ("dark", _("Dark"))],
    )


def _something(text: str) -> str:
    if not text:
        raise forms.ValidationError(_("Write at least one letter or number."))
    return text


def _alike(one: str | None, other: str) -> bool:
    return bool(one) and " ".join(str(one).casefold().split()) == " ".join(other.casefold().split())
