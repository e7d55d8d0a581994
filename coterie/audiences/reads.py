"""What the pages of imports and claims need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from coterie.audiences import rules
from coterie.audiences.models import NAME_BOX, TOKEN_BOX, Import, ImportedAuthor
from coterie.audiences.words import left_out, told
from coterie.communities import rules as communities
from coterie.communities.models import Community, Membership
from coterie.communities.models.belonging import Duty
from coterie.core.boxes import unseal
from coterie.core.ids import hashed
from coterie.personas.viewer import Viewer
from coterie.talk.models import Post

State = ImportedAuthor.State


def imports(viewer: Viewer) -> list[dict[str, Any]]:
    """This person's exports that wait here or came home lately."""
    rows = Import.objects.filter(owner_tag__in=rules.tags(viewer)).order_by("-pk")
    return [
        {"path": row.path, "file_name": row.held["file_name"], "state": row.get_state_display()}
        for row in rows
    ]


def import_of(viewer: Viewer, public_id: str) -> Import | None:
    """One import of this person; for everybody else there is none."""
    return Import.objects.filter(owner_tag__in=rules.tags(viewer), public_id=public_id).first()


def preview(import_: Import) -> dict[str, Any]:
    """What the export holds, with moments as datetimes and without the chats that are home."""
    held = import_.held
    seen = dict(held["preview"])
    home = {each["chat"] for each in held.get("made", ())}
    for end in ("first", "last"):
        seen[end] = datetime.fromisoformat(seen[end]) if seen[end] else None
    seen["chats"] = [each for each in seen["chats"] if each["key"] not in home]
    seen["warnings"] = [told(text, values) for text, values in seen["warnings"]]
    seen["questions"] = [
        each | {"readings": [_reading(way) for way in each["readings"]]}
        for each in seen.get("questions", ())
    ]
    seen["dropped"] = [
        {"what": left_out(key), "count": count} for key, count in seen["dropped"].items()
    ]
    return seen


def _reading(way: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(way["at"]) if way["at"] else None
    return way | {"at": at, "says": told(way["says"], {})}


def why_stopped(import_: Import) -> str:
    """Why this export came to nothing, and where in the file."""
    text, values, place = import_.held["sentence"]
    return f"{told(text, values)} ({place})" if place else told(text, values)


def progress(import_: Import) -> dict[str, int]:
    """How many messages of the chosen chat have been `read` so far, of how many in `total`."""
    held = import_.held
    counts = {each["key"]: each["messages"] for each in held["preview"]["chats"]}
    total = counts.get(held["choice"]["chat"], 0)
    try:
        return {"read": int(import_.progress_file.read_text() or 0), "total": total}
    except (FileNotFoundError, ValueError):
        return {"read": 0, "total": total}


def parents(viewer: Viewer) -> Any:
    """Communities under which this person may start a micro community."""
    allowed = [
        seat.community_id for seat in communities.seats(viewer).values() if seat.may(Duty.SHAPE)
    ]
    open_ones = Membership.objects.living().of(viewer).filter(community__micro_by="members")
    return Community.objects.filter(
        Q(pk__in=allowed) | Q(pk__in=open_ones.values("community")), closed_at=None, depth__lt=5
    ).order_by("name")


def sheet(community: Community) -> dict[str, Any]:
    """Every imported name with its link, whether it was used or not, and how many were used."""
    known = ImportedAuthor.objects.filter(community=community)
    totals = known.aggregate(
        all=Count("pk"),
        claimed=Count("pk", filter=Q(state__in=[State.TAKEN_OVER, State.APART, State.ERASED])),
    )
    # Used links stay on the sheet until all fade: hosts must not see which it was.
    rows = known.exclude(token_hash=None).order_by("pk")
    links = [
        {
            "name": unseal(row.name_box, NAME_BOX),
            "path": f"/claim/{unseal(row.token_box, TOKEN_BOX)}/",
        }
        for row in rows
    ]
    links.sort(key=lambda each: each["name"].casefold())
    until = rows.values_list("until", flat=True).first()
    return {"links": links, "total": totals["all"], "claimed": totals["claimed"], "until": until}


def author_of(token: str) -> ImportedAuthor | None:
    """Whose link this is."""
    return (
        ImportedAuthor.objects.filter(token_hash=hashed(token)).select_related("community").first()
    )


def claim(author: ImportedAuthor, viewer: Viewer) -> dict[str, Any]:
    """What the person with the link may know; the same whether it was used before or not."""
    community = author.community
    seat = communities.seat(viewer, community)
    return {
        "community": community,
        "name": unseal(author.name_box, NAME_BOX),
        "until": author.until,
        "seat": seat,
        "rules": list(community.rules.filter(retired_at=None).values_list("text", flat=True)),
    }


def message_count(author: ImportedAuthor) -> int:
    """How many messages stand under this author."""
    return Post.objects.filter(persona__imported_as=author).count()
