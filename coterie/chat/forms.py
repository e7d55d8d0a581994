"""The shapes in which rooms are opened and written in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.chat.actions.opening import LONGEST_NAME
from coterie.core.ids import new_token
from coterie.pure.markup import MAX_SOURCE
from coterie.talk.models import Voice


class Opening(forms.Form):
    """A new room."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the room a name.")},
    )
    hosts_only = forms.BooleanField(
        label=_("For the hosts alone"),
        required=False,
        help_text=_("Members do not see that it is there. Who stops keeping order, leaves it."),
    )


class Message(forms.Form):
    """Words, the voice in which they are said, and a key that makes a second sending harmless."""

    source = forms.CharField(
        max_length=MAX_SOURCE, error_messages={"required": _("Write something first.")}
    )
    client_key = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_token)
    reply_to = forms.SlugField(max_length=18, required=False, widget=forms.HiddenInput)

    words = {Voice.HOSTS: _("The hosts"), Voice.MEMBER: _("A member, anonymously")}

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
        self.fields["voice"] = forms.ChoiceField(
            label=_("Who is speaking?"),
            choices=[(voice.value, self.words.get(voice, name)) for voice in voices],
            required=False,
            initial=Voice.OWN.value,
            widget=forms.Select({"data-drafted": ""}) if self.has_voices else forms.HiddenInput,
        )

    def clean_voice(self) -> str:
        return self.cleaned_data["voice"] or Voice.OWN
