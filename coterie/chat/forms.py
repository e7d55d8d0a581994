"""The shapes in which rooms are opened."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from coterie.chat.actions.opening import LONGEST_NAME


class Opening(forms.Form):
    """A new room."""

    name = forms.CharField(
        label=_("What is the room called?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the room a name.")},
    )
    hosts_only = forms.BooleanField(
        label=_("For the hosts alone"),
        required=False,
        help_text=_("Members do not see that it is there. Who stops keeping order, leaves it."),
    )
