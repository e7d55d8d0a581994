"""What a change of settings means, in plain sentences, before it is made."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coterie.communities.models import Community, SeenBy
from coterie.communities.models.community import WIDTH, opens_door


def meaning(community: Community, wanted: dict[str, Any]) -> list[str]:
    """One sentence for whatever changes for somebody; none when nothing does."""
    now = {name: getattr(community, name) for name in wanted}
    if now == wanted:
        return []
    sentences = [
        *_reading(community.seen_by, wanted["seen_by"]),
        *_finding(community, wanted),
        *_coming(community, wanted),
        *_meeting(community, wanted),
        *_teaching(community, wanted),
    ]
    return sentences or [_("Nothing changes for what was said before.")]


def _coming(community: Community, wanted: dict[str, Any]) -> list[str]:
    if not opens_door(community, wanted):
        return []
    return [
        _(
            "More people can come in. Whoever comes from now on does not see what began before, "
            "unless you share it with them."
        )
    ]


def _reading(old: str, new: str) -> list[str]:
    if WIDTH[new] > WIDTH[old]:
        return [
            _(
                "More people can read what is started from now on. "
                "What was started before never opens wider: they do not see it."
            )
        ]
    if WIDTH[new] < WIDTH[old]:
        return [
            _(
                "Fewer people can read inside, also what was said before. "
                "Widening it again later does not bring that back to them."
            )
        ]
    return []


def _teaching(community: Community, wanted: dict[str, Any]) -> list[str]:
    # Where the operator lets no host decide, nobody is asked for it.
    begins = wanted.get("learnable") and not community.learnable
    if not begins or wanted["seen_by"] != SeenBy.EVERYONE:
        return []
    return [
        _(
            "AI may learn from what everyone can read here, also from what was said before. "
            "What it has learned it does not forget."
        )
    ]


def _finding(community: Community, wanted: dict[str, Any]) -> list[str]:
    old, new = (
        max(WIDTH[found], WIDTH[seen])
        for found, seen in (
            (community.found_by, community.seen_by),
            (wanted["found_by"], wanted["seen_by"]),
        )
    )
    if new < old:
        return [_("Fewer people find it. To them it looks as if it did not exist.")]
    return [_("More people find it, with its name, rules and hosts.")] if new > old else []


def _meeting(community: Community, wanted: dict[str, Any]) -> list[str]:
    if community.members_meet and not wanted["members_meet"]:
        return [_("Members no longer find each other here. They meet the hosts only.")]
    if not community.members_meet and wanted["members_meet"]:
        return [_("Members find each other from now on, in the list of members.")]
    return []
