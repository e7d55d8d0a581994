"""Pictures as pages want them."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from coterie.communities.models import Community
from coterie.media import shelf
from coterie.media.models import Picture
from coterie.personas.models import Persona

FIELDS = ("public_id", "width", "height", "thumbhash", "alt")


def pictures(guard: str, subjects: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """By subject, its pictures in their order; no query when there are no subjects."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if subjects:
        rows = Picture.objects.filter(guard=guard, subject__in=subjects).order_by("place", "pk")
        for row in rows.values("subject", *FIELDS):
            found[row["subject"]].append(as_told(row))
    return found


def prints(guard: str, subject: int, side: int) -> list[tuple[str, bytes]]:
    """What is said of each picture of this subject, and its print of this side."""
    rows = Picture.objects.filter(guard=guard, subject=subject).order_by("place", "pk")
    found = []
    for community, picture, alt in rows.values_list("community__public_id", "public_id", "alt"):
        with contextlib.suppress(FileNotFoundError):  # it went in this moment
            found.append((alt, shelf.file_of(community, picture, side).read_bytes()))
    return found


def waiting(ids: Collection[str], persona: Persona, community: Community) -> list[dict[str, Any]]:
    """Those of these pictures that this persona sent here and has not used, in this order."""
    if not ids:
        return []
    rows = Picture.objects.waiting_of(persona).filter(community=community, public_id__in=ids)
    known = {row["public_id"]: as_told(row) for row in rows.values(*FIELDS)}
    return [known[each] for each in ids if each in known]


def own(ids: Collection[str], persona: Persona, community: Community) -> list[dict[str, Any]]:
    """Those of these pictures that this persona sent here, used or not, in this order."""
    if not ids:
        return []
    rows = Picture.objects.filter(persona=persona, community=community, public_id__in=ids)
    known = {row["public_id"]: as_told(row) for row in rows.values(*FIELDS)}
    return [known[each] for each in ids if each in known]


def as_told(row: dict[str, Any]) -> dict[str, Any]:
    """One picture for templates and scripts: paths, sizes, words, and its colours beforehand."""
    path = f"/m/{row['public_id']}/"
    widest = max(row["width"], row["height"])
    return {
        "id": row["public_id"],
        "path": path,
        "small": f"{path}320.webp",
        "middle": f"{path}960.webp",
        "large": f"{path}1920.webp",
        "small_width": _scaled(row["width"], widest, 320),
        "middle_width": _scaled(row["width"], widest, 960),
        "width": row["width"],
        "height": row["height"],
        "thumbhash": row["thumbhash"],
        "alt": row["alt"],
    }


def _scaled(width: int, widest: int, side: int) -> int:
    return width if widest <= side else max(1, round(width * side / widest))
