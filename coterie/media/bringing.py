"""The photos that come with a form: those that wait already, and those it brings as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.media import reads
from coterie.media.actions import sending, using
from coterie.media.models import Picture
from coterie.media.rules import MOST_TOGETHER
from coterie.personas.models import Persona
from coterie.personas.requests import Request


@dataclass
class Brought:
    """Public ids in their order, what is wrong if something is, and what the form shows again."""

    ids: list[str] = field(default_factory=list)
    trouble: str = ""
    shown: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """What is said of each photo, by its id."""
    taken_off: list[str] = field(default_factory=list)
    """Of those that hang on what the form changes, the ones that are to go."""


def bring(
    request: Request, community: Community, *, by: Persona, hung: Sequence[dict[str, Any]] = ()
) -> Brought:
    """The form's photos wait for their post, each with the words that came for it.

    Those that are `hung` already on what the form changes are where they are, and stay unless
    the form says by name that they are to go.
    """
    if request.method != "POST":
        return Brought(shown={"photos": list(hung)} if hung else {})
    off = request.POST.getlist("photo_off")
    stays = [row["id"] for row in hung if row["id"] not in off]
    brought = Brought(list(dict.fromkeys([*named(request.POST), *stays])))
    brought.taken_off = [row["id"] for row in hung if row["id"] in off]
    describe(request.POST, brought.ids, by=by)
    files, room = request.FILES.getlist("files"), max(MOST_TOGETHER - len(brought.ids), 0)
    if len(files) + len(brought.ids) > MOST_TOGETHER:
        brought.trouble = _("At most %(n)d photos fit on one post.") % {"n": MOST_TOGETHER}
    for file in files[:room]:
        alt = request.POST.get("files_alt", "")
        try:
            brought.ids.append(sending.send(file, by=by, community=community, alt=alt).public_id)
        except Refused as refused:
            brought.trouble = refused.sentence
    shown = {row["id"]: row for row in reads.waiting(brought.ids, by, community)}
    shown |= {row["id"]: row | {"alt": words_of(request.POST, row)} for row in hung}
    photos = [shown[each] for each in brought.ids if each in shown]
    brought.words = {each: shown[each]["alt"] if each in shown else "" for each in brought.ids}
    brought.shown = {"photos": photos, "photo_trouble": brought.trouble}
    brought.shown["photos_off"] = brought.taken_off
    return brought


def named(said: QueryDict) -> list[str]:
    """The photos that a form names and does not take off; no more than fit together."""
    off = said.getlist("photo_off")
    kept = [each for each in dict.fromkeys(said.getlist("photo")) if each not in off]
    return kept[:MOST_TOGETHER]


def words_of(said: QueryDict, row: dict[str, Any]) -> str:
    """What a form says of this photo, or what was said of it before."""
    return str(said.get(f"alt.{row['id']}", row["alt"]))


def describe(said: QueryDict, ids: list[str], *, by: Persona) -> None:
    """Those of these photos that wait bear the words that came for them."""
    for picture in Picture.objects.waiting_of(by).filter(public_id__in=ids) if ids else ():
        alt = words_of(said, {"id": picture.public_id, "alt": picture.alt})
        if alt != picture.alt:
            using.describe(picture, alt, by=by)
