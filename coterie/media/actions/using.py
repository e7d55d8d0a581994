"""A picture that waits becomes part of something; and what it was part of lets it go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.verdict import Refused, require
from coterie.media import holding, rules, shelf
from coterie.media.models import ALT_LENGTH, Picture
from coterie.personas.models import Persona

COVER = "communities.cover"
"""The guard of what a community shows on its banner."""
ADDED, TAKEN_OFF, DESCRIBED, ORDERED = "added", "taken-off", "described", "ordered"
"""What can become different about the pictures of something."""
KEPT = timedelta(hours=24)
"""How long a picture waits for its use when nothing holds it."""


@transaction.atomic
def attach(
    ids: Sequence[str], *, by: Persona, community: Community, guard: str, subject: int
) -> None:
    """These pictures, sent here by this persona and not used yet, belong to the subject."""
    require_free(ids, by=by)
    for place, each in enumerate(ids):
        mine = Picture.objects.waiting_of(by).filter(community=community, public_id=each)
        if not mine.update(guard=guard, subject=subject, place=place):
            raise Refused(_("One of the photos is gone. Please choose it again."))


def require_waiting(ids: Sequence[str], *, by: Persona, community: Community) -> None:
    """Raise `Refused` unless all of these wait here for a use by this persona."""
    if len(_hold(ids, by, community=community)) < len(set(ids)):
        raise Refused(_("One of the photos is gone. Please choose it again."))


def require_free(ids: Collection[str], *, by: Persona) -> None:
    """Raise `Refused` where one of these is to go out with something else."""
    _hold(ids, by)
    if ids and not holding.promised(by.pk).isdisjoint(ids):
        raise Refused(_("One of the photos waits to go out with another post. Choose another."))


def _hold(ids: Collection[str], by: Persona, **where: Any) -> list[int]:
    """Those of these that wait; nobody promises or uses one until the transaction ends."""
    if not ids:
        return []
    waiting = Picture.objects.waiting_of(by).filter(public_id__in=ids, **where)
    return list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def discard_waiting(ids: Sequence[str], *, by: Persona) -> None:
    """Those of these pictures that wait for this persona are gone, unless one is to go out."""
    _hold(ids, by)
    gone = set(ids) - holding.promised(by.pk) if ids else ()
    _drop(Picture.objects.waiting_of(by).filter(public_id__in=gone))


@transaction.atomic
def rehang(
    photos: Mapping[str, str],
    *,
    by: Persona,
    community: Community,
    guard: str,
    subject: int,
    taken_off: Collection[str] = (),
) -> list[str]:
    """Exactly these pictures belong to the subject, in this order and with these words.

    One that belongs to it goes only when it is named as `taken_off`: of one that is named
    nowhere, whoever asked did not know, and is refused. Says what is different now: some of
    ADDED, TAKEN_OFF, DESCRIBED and ORDERED.
    """
    rows = Picture.objects.filter(guard=guard, subject=subject).order_by("place", "pk")
    hung = {picture.public_id: picture for picture in rows}
    gone = [picture.pk for name, picture in hung.items() if name not in photos]
    if not all(name in photos or name in taken_off for name in hung):
        raise Refused(_("A photo was added meanwhile. Look at it again."))
    require_free([name for name in photos if name not in hung], by=by)
    stays = [name for name in hung if name in photos]
    told = {
        ADDED: len(photos) > len(stays),
        TAKEN_OFF: bool(gone),
        DESCRIBED: any(hung[name].alt != _tidy(photos[name]) for name in stays),
        ORDERED: stays != [name for name in photos if name in hung],
    }
    _drop(Picture.objects.filter(pk__in=gone))
    for place, (name, alt) in enumerate(photos.items()):
        waiting = Picture.objects.waiting_of(by).filter(community=community)
        there = rows if name in hung else waiting
        now = {"guard": guard, "subject": subject, "place": place, "alt": _tidy(alt)}
        if not there.order_by().filter(public_id=name).update(**now):
            raise Refused(_("One of the photos is gone. Please choose it again."))
    return [what for what, so in told.items() if so]


def _tidy(alt: str) -> str:
    return alt.strip()[:ALT_LENGTH]


@transaction.atomic
def hang(picture: Picture, *, guard: str, subject: int) -> None:
    """A picture that is nobody's belongs to the subject."""
    waiting = Picture.objects.waiting().filter(pk=picture.pk, persona=None)
    waiting.update(guard=guard, subject=subject)


@transaction.atomic
def detach(guard: str, subject: int) -> list[str]:
    """The pictures of the subject wait for another use; their public ids in their order."""
    hung = Picture.objects.filter(guard=guard, subject=subject).order_by("place", "pk")
    ids = list(hung.values_list("public_id", flat=True))
    hung.update(guard="", subject=None, made_at=timezone.now())
    return ids


@transaction.atomic
def describe(picture: Picture, alt: str, *, by: Persona) -> None:
    """It says what is on it."""
    require(rules.may_change(by, picture))
    Picture.objects.waiting().filter(pk=picture.pk).update(alt=_tidy(alt))


@transaction.atomic
def discard(picture: Picture, *, by: Persona) -> None:
    """It is gone before it was used."""
    require(rules.may_change(by, picture))
    require_free([picture.public_id], by=by)
    _drop(Picture.objects.waiting().filter(pk=picture.pk))


@transaction.atomic
def let_go(guard: str, subjects: Iterable[int] | Any) -> int:
    """The pictures of these subjects are gone, rows now and prints after the commit; how many."""
    return _drop(Picture.objects.filter(guard=guard, subject__in=subjects))


@transaction.atomic
def carry(guard: str, subjects: Iterable[int] | Any, *, to: Community) -> int:
    """The pictures of these subjects lie in another community; how many."""
    return _carry(Picture.objects.filter(guard=guard, subject__in=subjects), to)


@transaction.atomic
def carry_waiting(ids: Sequence[str], *, by: Persona, to: Community) -> int:
    """Those of these pictures that wait for this persona wait in another community; how many."""
    return _carry(Picture.objects.waiting_of(by).filter(public_id__in=ids), to)


def _carry(pictures: QuerySet[Picture], to: Community) -> int:
    """Their prints lie in both until the commit; what a crash leaves, the sweep clears."""
    elsewhere = pictures.exclude(community=to)
    named = list(elsewhere.values_list("community__public_id", "public_id"))
    for place, name in named:
        shelf.copy(place, name, to=to.public_id)
    elsewhere.update(community=to)
    transaction.on_commit(lambda: shelf.clear(named))
    return len(named)


@transaction.atomic
def disown(guard: str, subjects: Iterable[int] | Any) -> int:
    """The pictures of these subjects stay where they are, and nothing says who sent them."""
    return Picture.objects.filter(guard=guard, subject__in=subjects).update(persona=None)


@transaction.atomic
def erase(persona_id: int) -> int:
    """What this persona sent is gone; a community's cover stays and is nobody's. How many went."""
    own = Picture.objects.filter(persona=persona_id)
    own.filter(guard=COVER).update(persona=None)
    return _drop(own.exclude(guard=COVER))


def sweep() -> int:
    """Pictures nobody used within a day are gone, and prints whose row is gone; how many.

    Those that wait with something, as with a draft, stay for as long as that does.
    """
    late = Picture.objects.waiting().filter(made_at__lt=timezone.now() - KEPT)
    late = late.exclude(public_id__in=holding.held())
    with transaction.atomic():
        gone = _drop(late)
    return gone + sum(_clear_orphans(*found) for found in shelf.left_alone())


def _drop(pictures: Any) -> int:
    named = {
        pk: prints
        for pk, *prints in pictures.values_list("pk", "community__public_id", "public_id")
    }
    if not named:
        return 0
    # Asked again, for whoever used one of them in this moment keeps it.
    pictures.filter(pk__in=named).delete()
    for pk in Picture.objects.filter(pk__in=named).values_list("pk", flat=True):
        del named[pk]
    transaction.on_commit(lambda: shelf.clear((place, name) for place, name in named.values()))
    return len(named)


def _clear_orphans(community: str, names: list[str]) -> int:
    known = set(
        Picture.objects.filter(community__public_id=community).values_list("public_id", flat=True)
    )
    orphans = [(community, name) for name in names if name not in known]
    shelf.clear(orphans)
    return len(orphans)
