"""Who may bring a chat home, and who may look at its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import YES, Verdict
from coterie.personas import sealed

if TYPE_CHECKING:
    from coterie.audiences.models import Import
    from coterie.personas.models import Persona
    from coterie.personas.viewer import Viewer

SLOTS = 20
"""Imports that one person may have under way."""


def tags(who: Viewer) -> list[str]:
    """Where this person's imports are found; no two of them have anything in common."""
    return [sealed.tag(who.owner, f"import:{slot}") for slot in range(SLOTS)] if who.owner else []


def may_import(who: Viewer) -> Verdict:
    """Look over an export and bring it home."""
    return YES if who.signed_in else Verdict(_("Sign in first."))


def may_go_on(who: Viewer, import_: Import) -> Verdict:
    """See an import under way; to everybody else it does not exist."""
    return YES if import_.owner_tag in tags(who) else communities.NOTHING


def may_bring_into(who: Persona, community: Community) -> Verdict:
    """Merge another export of the same chat into this community."""
    return communities.is_host(who, community)


def may_hand_out_links(who: Viewer | Persona, community: Community) -> Verdict:
    """See the imported names and the claim link of each."""
    return communities.is_host(who, community)
