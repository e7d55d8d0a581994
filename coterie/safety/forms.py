"""The shape of reports and decisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Rule
from coterie.safety.actions.reporting import WORDS
from coterie.safety.models import Outcome, Reason

SENTENCES = [
    ("kind", _("This did not sound kind. Please say it again in warmer words.")),
    ("private", _("Please do not share what somebody told in private.")),
    ("selling", _("Please do not advertise here.")),
    ("place", _("This belongs elsewhere. You are welcome to say it there.")),
    ("enough", _("We have asked before, and now it is enough.")),
]
OPEN_SANCTIONS = (Outcome.MEMBER_REMOVED, Outcome.MEMBER_BANNED)


class ReportForm(forms.Form):
    """What is wrong, in the reporter's eyes."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Reason, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea({"rows": 3}),
    )
    past_hosts = forms.BooleanField(
        label=_("Send it to the operator of this server, not to the hosts"),
        required=False,
        help_text=_("For when it is about the hosts themselves."),
    )


class SentenceForm(forms.Form):
    """What the person concerned will read: prepared words, or one's own."""

    prepared = forms.ChoiceField(
        label=_("What they will read"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*SENTENCES, ("", _("Only my own words"))],
    )
    words = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Signed “The hosts”, never with your name."),
    )

    def signed(self, words: str) -> None:
        """Say under whose name it goes out."""
        self.fields["words"].help_text = words

    def sentence(self) -> str:
        """Prepared words first, then one's own."""
        prepared = str(dict(SENTENCES).get(self.cleaned_data.get("prepared", ""), ""))
        return f"{prepared} {self.cleaned_data.get('words', '')}".strip()


class DecisionForm(SentenceForm):
    """What to do about a case. Removing and banning ask for a second look."""

    outcome = forms.ChoiceField(label=_("What should happen?"), widget=forms.RadioSelect)
    rule = forms.ModelChoiceField(
        label=_("Which rule?"),
        queryset=Rule.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=_("None of the rules"),
        blank=True,
    )
    days = forms.ChoiceField(
        label=_("How long does a ban last?"),
        required=False,
        choices=[("", _("Until the hosts lift it")), ("7", _("A week")), ("30", _("A month"))],
    )
    sure = forms.BooleanField(label=_("I have looked twice and want this"), required=False)

    field_order = ("outcome", "rule", "prepared", "words", "days", "sure")

    def __init__(
        self, *args: Any, outcomes: list[Outcome], rules: list[Rule] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (outcome.value, WORDING[outcome]) for outcome in outcomes
        ]
        if rules:
            known = Rule.objects.filter(pk__in=[rule.pk for rule in rules])
            self.fields["rule"].queryset = known  # type: ignore[attr-defined]
        else:
            del self.fields["rule"]
        if Outcome.MEMBER_BANNED not in outcomes:
            del self.fields["days"]
        chosen = self.data.get("outcome") if self.is_bound else None
        self.asks_twice = chosen in OPEN_SANCTIONS
        if not self.asks_twice:
            del self.fields["sure"]

    def until(self) -> datetime | None:
        """When the ban ends by itself."""
        days = int(self.cleaned_data.get("days") or 0)
        return timezone.now() + timedelta(days=days) if days else None

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("outcome") == Outcome.WARNED and not self.sentence():
            self.add_error("words", _("Write what they should know."))
        if self.asks_twice and not typed.get("sure"):
            self.add_error("sure", _("Take a second look, then tick this and send again."))
        return typed


WORDING = {
    Outcome.DISMISSED: _("Nothing: no rule was broken"),
    Outcome.WARNED: _("Write them a note"),
    Outcome.POST_REMOVED: _("Remove the post"),
    Outcome.LOCKED: _("Lock the conversation"),
    Outcome.MEMBER_REMOVED: _("Remove the member; they may ask to come back"),
    Outcome.MEMBER_BANNED: _("Ban the member, under any persona"),
}


class QuestionForm(forms.Form):
    """What hosts ask the operator for."""

    sentence = forms.CharField(
        label=_("What should the operator do, and why?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
