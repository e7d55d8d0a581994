"""Who are you here? And what else is asked at the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Community, Question
from coterie.personas import bouquet
from coterie.personas.actions.being import tidy
from coterie.personas.models import NAME_LENGTH, Persona

NEW = "new"


class JoinForm(forms.Form):
    """A persona, new or one's own; answers; and whether the rules are accepted."""

    use_required_attribute = False

    who = forms.ChoiceField(widget=forms.RadioSelect, initial=NEW, required=False)
    name = forms.CharField(
        label=_("Your name here"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Choose a name that people here will call you by.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    flower = forms.CharField(required=False)

    def __init__(
        self,
        *args: Any,
        community: Community,
        personas: Iterable[Persona],
        questions: Iterable[Question] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.community = community
        self.personas = {each.public_id: each for each in personas}
        self.questions = list(questions)
        choices = [(NEW, NEW), *((key, each.name) for key, each in self.personas.items())]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        for each in self.questions:
            self.fields[f"answer-{each.place}"] = _asked(each)
        if community.rules_version:
            self.fields["agreed"] = forms.BooleanField(
                label=_("I will keep to these."),
                error_messages={"required": _("Please accept the rules first.")},
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, as fields."""
        return [self[f"answer-{each.place}"] for each in self.questions]

    def clean_agreed(self) -> bool:
        # The page carries the version that was read: nobody accepts what they have not seen.
        if self.data.get("version") != str(self.community.rules_version):
            raise forms.ValidationError(
                _("The rules have changed meanwhile. Please read them again.")
            )
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["persona"] = self.personas.get(cleaned.get("who", NEW))
        cleaned["name"] = tidy(cleaned.get("name", ""))
        cleaned["seed"] = bouquet.redeem(cleaned.get("flower"))
        if cleaned["persona"]:
            # Whoever is somebody already needs no other name.
            self.errors.pop("name", None)
        elif "name" not in self.errors and not cleaned["name"]:
            self.add_error("name", self.fields["name"].error_messages["required"])
        return cleaned

    def outcome(self) -> dict[str, Any]:
        """What the action is told."""
        cleaned = self.cleaned_data
        return {
            "persona": cleaned["persona"],
            "name": cleaned["name"],
            "seed": cleaned["seed"],
            "agreed": self.community.rules_version if cleaned.get("agreed") else 0,
            "answers": {
                each.place: _said(cleaned.get(f"answer-{each.place}")) for each in self.questions
            },
        }


def typed(data: Mapping[str, Any], questions: Iterable[Question]) -> dict[str, Any]:
    """What stands in the form, unchecked: a page that only offers other flowers loses nothing."""
    kept = {key: data.get(key, "") for key in ("who", "name")}
    kept["agreed"] = data.get("agreed", "")
    for each in questions:
        key = f"answer-{each.place}"
        several = each.kind == Question.Kind.SEVERAL
        kept[key] = data.getlist(key) if several else data.get(key, "")  # type: ignore[attr-defined]
    return kept


def _said(answer: Any) -> str:
    return ", ".join(answer) if isinstance(answer, list) else str(answer or "")


def _asked(question: Question) -> forms.Field:
    told = {"label": question.text, "required": question.required}
    told["error_messages"] = {"required": _("The hosts would like an answer to this.")}
    choices = [(each, each) for each in question.choices]
    if question.kind == Question.Kind.ONE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)  # type: ignore[arg-type]
    if question.kind == Question.Kind.SEVERAL:
        ticks = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=ticks, **told)  # type: ignore[arg-type]
    box = forms.Textarea({"rows": 3, "placeholder": _("A sentence is plenty")})
    return forms.CharField(max_length=2000, widget=box, **told)  # type: ignore[arg-type]
