"""Shapes that people know, as data: a start over the settings, and nothing more.

No code asks which preset a community began with; only settings pages read this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from coterie.communities.models import FoundBy, JoinedBy, PostedBy, SeenBy

if TYPE_CHECKING:
    from coterie.communities.models import Community


@dataclass(frozen=True)
class Preset:
    """A name in people's own words, one line about it, and the settings that it stands for."""

    key: str
    name: Any
    line: Any
    privacy: str
    settings: dict[str, Any]


PRESETS = (
    Preset(
        "private_group",
        _("Private group"),
        _("Topics and chat for people you let in."),
        "private",
        {
            "found_by": FoundBy.EVERYONE,
            "seen_by": SeenBy.MEMBERS,
            "joined_by": JoinedBy.REQUEST,
            "posted_by": PostedBy.ALL,
            "members_meet": True,
            "topics": True,
            "chat": True,
        },
    ),
    Preset(
        "close_circle",
        _("Close circle"),
        _("A handful you trust. Nobody else knows it is there."),
        "secret",
        {
            "found_by": FoundBy.NOBODY,
            "seen_by": SeenBy.MEMBERS,
            "joined_by": JoinedBy.INVITATION,
            "posted_by": PostedBy.ALL,
            "members_meet": True,
            "topics": True,
            "chat": True,
        },
    ),
    Preset(
        "group_chat",
        _("Group chat"),
        _("One room, open all day, for those you invite."),
        "private",
        {
            "found_by": FoundBy.EVERYONE,
            "seen_by": SeenBy.MEMBERS,
            "joined_by": JoinedBy.INVITATION,
            "posted_by": PostedBy.ALL,
            "members_meet": True,
            "topics": True,
            "chat": True,
        },
    ),
    Preset(
        "forum",
        _("Forum"),
        _("Topics anyone can read and learn from."),
        "public",
        {
            "found_by": FoundBy.EVERYONE,
            "seen_by": SeenBy.EVERYONE,
            "joined_by": JoinedBy.OPEN,
            "posted_by": PostedBy.ALL,
            "members_meet": True,
            "topics": True,
            "chat": False,
        },
    ),
    Preset(
        "channel",
        _("Channel"),
        _("You speak, many listen. Replies come to you alone."),
        "public",
        {
            "found_by": FoundBy.EVERYONE,
            "seen_by": SeenBy.EVERYONE,
            "joined_by": JoinedBy.OPEN,
            "posted_by": PostedBy.HOSTS,
            "members_meet": False,
            "topics": True,
            "chat": False,
        },
    ),
)
BY_KEY = {preset.key: preset for preset in PRESETS}


def settings_of(key: str) -> dict[str, Any]:
    """The settings that a preset stands for; raises `KeyError` for none of ours."""
    return dict(BY_KEY[key].settings)


def matching(community: Community) -> str:
    """The key of the preset that the settings still equal, or nothing."""
    for preset in PRESETS:
        if all(getattr(community, name) == value for name, value in preset.settings.items()):
            return preset.key
    return ""
