"""The shape of what a host and a claimer type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from coterie.audiences.actions.uploading import room_for
from coterie.communities.models import Community
from coterie.personas.actions.being import tidy
from coterie.personas.models import NAME_LENGTH


class ExportForm(forms.Form):
    """The file that another platform gave out."""

    export = forms.FileField(
        label=_("The export"),
        help_text=_("From WhatsApp the text or the zip, from Telegram Desktop the result.json."),
        error_messages={"required": _("Choose the file first."), "empty": _("This file is empty.")},
    )

    def clean_export(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["export"]
        if not room_for(file.size or 0):
            raise forms.ValidationError(_("The server has no room for a file of this size."))
        return file


class HomeForm(forms.Form):
    """Which chat comes home, who its host is there, and how the others stand in it."""

    chat = forms.ChoiceField(
        label=_("Which chat?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one chat.")},
    )
    name = forms.CharField(
        label=_("Your name there"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Choose a name; it is used in this community only.")},
    )
    authors = forms.ChoiceField(
        label=_("The others, until they say who they are"),
        widget=forms.RadioSelect,
        choices=[
            ("flowers", _("stand under a flower and a made-up name")),
            ("names", _("stand under the name that they have in the export")),
        ],
        initial="flowers",
    )
    date_order = forms.ChoiceField(
        label=_("One thing to settle"),
        choices=[(order, order) for order in ("dmy", "mdy", "ymd")],
        error_messages={"required": _("Choose how its dates are to be read.")},
    )
    parent = forms.ModelChoiceField(
        label=_("Where?"),
        queryset=Community.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("A community of its own"),
    )

    def __init__(
        self,
        *args: Any,
        chats: list[dict[str, Any]],
        parents: Any,
        questions: list[dict[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chat"]
        chosen.choices = [(each["key"], each["name"]) for each in chats]
        under: Any = self.fields["parent"]
        under.queryset = parents
        if not parents:
            del self.fields["parent"]
        if not questions:
            del self.fields["date_order"]
        if len(chats) == 1:
            # With one answer there is nothing to ask.
            chosen.widget = forms.HiddenInput()
            self.initial.setdefault("chat", chats[0]["key"])

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Choose a name; it is used in this community only."))
        return name


class TakeOverForm(forms.Form):
    """Who the claimer is in this community, when not a member yet."""

    name = forms.CharField(
        label=_("Your name there"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Choose a name; it is used in this community only.")},
    )
    agreed = forms.BooleanField(
        label=_("I will keep to the rules."),
        required=True,
        error_messages={"required": _("Please accept the rules first.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_rules: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_rules:
            del self.fields["agreed"]

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Choose a name; it is used in this community only."))
        return name
