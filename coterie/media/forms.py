"""What comes with a picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from coterie.communities.models.community import CoverAt
from coterie.media.models import ALT_LENGTH

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif"


class PhotoForm(forms.Form):
    """One photo."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput({"accept": ACCEPTED}),
        error_messages={"required": _("Choose a photo."), "empty": _("This file is empty.")},
    )


class AltForm(forms.Form):
    """What is on it."""

    alt = forms.CharField(
        label=_("What is on it? For those who cannot see it."),
        required=False,
        validators=[MaxLengthValidator(ALT_LENGTH)],
    )


class CoverForm(forms.Form):
    """A community's cover: another photo, and which part of it is in sight."""

    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput({"accept": ACCEPTED})
    )
    at = forms.ChoiceField(
        label=_("Which part should be in sight?"), choices=CoverAt, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}
