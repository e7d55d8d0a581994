"""The shapes in which something is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Community, Rule
from coterie.core.ids import new_token
from coterie.pure.markup import MAX_SOURCE
from coterie.talk.emoji import OFFERED, is_emoji
from coterie.talk.models import Voice

HINT = _("*italic*, **bold**, > quote, - list, `code`; links become links.")


class Saying(forms.Form):
    """Words, the voice in which they are said, and a key that makes a second sending harmless."""

    source = forms.CharField(
        label=_("Your words"),
        max_length=MAX_SOURCE,
        widget=forms.Textarea({"rows": 6, "data-grow": ""}),
        help_text=HINT,
        error_messages={"required": _("Write something first.")},
    )
    client_key = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_token)

    words: ClassVar[dict[Voice, Any]] = {
        Voice.HOSTS: _("The hosts"),
        Voice.MEMBER: _("A member"),
    }
    chooser: ClassVar[type[forms.Widget]] = forms.Select

    def __init__(
        self,
        *args: Any,
        voices: Sequence[Voice] = (Voice.OWN,),
        name: str = "",
        pictured: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["source"].required = not pictured  # a photo needs no words beside it
        self.has_voices = len(voices) > 1
        self.lost_voice = self.initial.get("voice", Voice.OWN) not in (Voice.OWN, *voices)
        if self.lost_voice:
            self.initial = {**self.initial, "voice": Voice.OWN}
        self.fields["voice"] = forms.ChoiceField(
            label=_("Who is speaking?"),
            choices=[(voice.value, self.words.get(voice, name)) for voice in voices],
            required=False,
            initial=Voice.OWN.value,
            widget=self.chooser({"data-drafted": ""}) if self.has_voices else forms.HiddenInput,
        )

    def clean_voice(self) -> str:
        return self.cleaned_data["voice"] or Voice.OWN

    def refuse(self, sentence: str) -> None:
        """The rule's sentence stands above the form."""
        self.add_error(None, sentence)


class Reply(Saying):
    """An answer in a topic."""

    reply_to = forms.SlugField(max_length=18, required=False, widget=forms.HiddenInput)


class Topic(Saying):
    """A new topic."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("A question works well. Up to 120 characters."),
        error_messages={"required": _("Give it a title.")},
    )
    field_order = ["title", "source"]
    words = Saying.words | {
        Voice.MEMBER: _("A member: nobody here can see who, hosts included"),
    }
    chooser = forms.RadioSelect


class Draft(forms.Form):
    """Words that are not finished."""

    title = forms.CharField(max_length=120, required=False)
    source = forms.CharField(max_length=MAX_SOURCE, required=False, strip=False)
    voice = forms.ChoiceField(choices=Voice, required=False)
    reply_to = forms.SlugField(max_length=18, required=False)
    client_key = forms.CharField(max_length=40, required=False)

    def clean_voice(self) -> str:
        return self.cleaned_data["voice"] or Voice.OWN


class Edit(forms.Form):
    """Other words in place of one's own."""

    source = forms.CharField(
        label=_("Your words"),
        max_length=MAX_SOURCE,
        help_text=HINT,
        widget=forms.Textarea({"rows": 8, "data-grow": ""}),
        error_messages={"required": _("Write something first.")},
    )


class Title(forms.Form):
    """Another title."""

    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give it a title.")}
    )


class Emoji(forms.Form):
    """One emoji: one that is offered, or any other."""

    emoji = forms.CharField(
        label=_("Another emoji"),
        max_length=24,
        widget=forms.TextInput({"autocomplete": "off", "size": 6, "placeholder": OFFERED[0]}),
        error_messages={"required": _("Choose one emoji.")},
    )

    def clean_emoji(self) -> str:
        emoji = self.cleaned_data["emoji"].strip()
        if not is_emoji(emoji):
            raise forms.ValidationError(_("Choose one emoji."))
        return str(emoji)


class Removing(forms.Form):
    """Why a post goes: the rule, and a sentence for its author."""

    rule: forms.ModelChoiceField[Rule] = forms.ModelChoiceField(
        label=_("Which rule does it break?"),
        queryset=Rule.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("Leave it open if none fits."),
    )
    sentence = forms.CharField(
        label=_("A sentence for its author"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("They read this, and that the hosts removed it. Not which host."),
    )

    def __init__(self, community: Community, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rule = self.fields["rule"]
        if isinstance(rule, forms.ModelChoiceField):
            rule.queryset = Rule.objects.filter(community=community, retired_at=None)
