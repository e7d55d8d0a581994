"""The parts of a community's settings; higher floors may own the page of one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from coterie.communities.models import Membership
from coterie.communities.models.belonging import Duty

SETTINGS = (
    ("look", _("Look"), Duty.SHAPE),
    ("cover", _("Cover"), Duty.SHAPE),
    ("privacy", _("Privacy"), Duty.SHAPE),
    ("rules", _("Rules"), Duty.SHAPE),
    ("questions", _("Questions"), Duty.SHAPE),
    ("welcome", _("Welcome"), Duty.SHAPE),
    ("tags", _("Tags"), Duty.SHAPE),
    ("templates", _("Templates"), Duty.SHAPE),
    ("people", _("People"), Duty.PEOPLE),
    ("place", _("Place"), Duty.SHAPE),
)


def settings_tabs(seat: Membership, current: str) -> list[dict[str, Any]]:
    """The pages that this member may open."""
    base = f"{seat.community.path}settings/"
    return [
        {"path": f"{base}{key}/", "word": word, "current": key == current}
        for key, word, duty in SETTINGS
        if seat.may(duty)
    ]
