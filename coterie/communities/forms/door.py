"""What hosts type at the door: answers to requests, invitations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Invitation, JoinRequest

SENTENCES = (
    (
        "full",
        _("Full for now"),
        _("Thank you for asking. We are keeping this small for now and open the door again later."),
    ),
    (
        "elsewhere",
        _("Not our thing"),
        _("Thank you for asking. From your answers we think you would be happier elsewhere."),
    ),
    (
        "more",
        _("Tell us more"),
        _("Thank you for asking. Please ask again and tell us a little more about yourself."),
    ),
)
"""Kind words to begin with: a key, what a host means, and how to say it."""


class QueueForm(forms.Form):
    """Which requests to look at."""

    state = forms.ChoiceField(choices=JoinRequest.State, required=False)
    search = forms.CharField(max_length=100, required=False)

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or JoinRequest.State.PENDING


class AnswersForm(forms.Form):
    """Several requests answered in one go."""

    use_required_attribute = False

    chosen = forms.MultipleChoiceField(error_messages={"required": _("Choose somebody first.")})
    answer = forms.ChoiceField(choices=[("admit", ""), ("decline", "")])
    sentence = forms.CharField(max_length=500, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # Which of them still wait is the action's to know.
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(each, each) for each in data.getlist("chosen")]


class SentenceForm(forms.Form):
    """What the asker will read."""

    sentence = forms.CharField(
        label=_("What they will read"),
        max_length=500,
        required=False,
        help_text=_("Signed “the hosts”. Leave it empty to say only “not this time”."),
        widget=forms.Textarea({"rows": 4}),
    )


class RemarkForm(forms.Form):
    """A question to somebody at the door, or their answer."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=500,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"rows": 3}),
    )


class InvitationForm(forms.Form):
    """A new link: whom it is for, what it opens, how long."""

    DAYS = (("1", _("A day")), ("7", _("A week")), ("30", _("A month")), ("", _("Until I end it")))

    name = forms.CharField(
        label=_("A name for this link"),
        max_length=60,
        required=False,
        help_text=_("Only hosts see it, beside those who came by it. “Newsletter”, “Aunt Jo”."),
    )
    policy = forms.ChoiceField(
        label=_("Who comes by it"),
        choices=Invitation.Policy,
        initial=Invitation.Policy.QUESTIONS,
        widget=forms.RadioSelect,
    )
    days = forms.ChoiceField(label=_("It works for"), choices=DAYS, initial="7", required=False)
    use_limit = forms.IntegerField(
        label=_("For how many people"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Leave it empty for any number."),
    )

    def outcome(self) -> dict[str, Any]:
        """What the action is told."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "policy": cleaned["policy"],
            "use_limit": cleaned["use_limit"],
            "expires_at": _in(cleaned["days"]),
        }


def _in(days: str) -> datetime | None:
    return timezone.now() + timedelta(days=int(days)) if days else None


class LetterForm(forms.Form):
    """A letter to one person."""

    address = forms.EmailField(label=_("Their e-mail address"), max_length=254)
    policy = forms.ChoiceField(
        label=_("What the link does"),
        choices=Invitation.Policy,
        initial=Invitation.Policy.QUESTIONS,
        widget=forms.RadioSelect,
    )
    may = forms.BooleanField(
        label=_("I know this person and may write to them."),
        error_messages={"required": _("Write only to people who will not mind.")},
    )
