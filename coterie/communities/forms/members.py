"""Roles, bans, and being a member oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.communities.models.belonging import Duty, Role


class RoleForm(forms.Form):
    """What somebody is here, and what they are trusted with."""

    role = forms.ChoiceField(label=_("Role"), choices=Role, widget=forms.RadioSelect)
    duties = forms.MultipleChoiceField(
        label=_("A moderator may"),
        choices=Duty,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hosts may do all of this."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.MODERATOR and not cleaned.get("duties"):
            self.add_error("duties", _("Choose at least one thing that a moderator may do."))
        return cleaned


class BanForm(forms.Form):
    """For how long, and what they are told."""

    DAYS = (
        ("7", _("A week")), ("30", _("A month")), ("365", _("A year")), ("", _("Until lifted")),
    )  # fmt: skip

    days = forms.ChoiceField(label=_("For"), choices=DAYS, required=False)
    sentence = forms.CharField(
        label=_("What they will read"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class OwnSeatForm(forms.Form):
    """How one appears here."""

    hidden = forms.BooleanField(
        label=_("Hide me from the list of members"),
        required=False,
        help_text=_("Hosts still find you. What you post still shows your flower and name."),
    )


class LeaveForm(forms.Form):
    """What becomes of what one said."""

    POSTS = (
        ("stay", _("Leave what I said where it is, under my flower")),
        ("go", _("Take my posts with me: nobody can read them any more")),
    )

    posts = forms.ChoiceField(
        label=_("What you said here"), choices=POSTS, initial="stay", widget=forms.RadioSelect
    )


class HandOverForm(forms.Form):
    """Who is host next."""

    member = forms.CharField(max_length=18, error_messages={"required": _("Choose somebody.")})
