"""Telling a persona something, once. Whether it also calls on the person, `calling` decides.

What they muted stands in the list and is not new: muted means muted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from coterie.communities.models import Community
from coterie.core.events import announce
from coterie.core.prepared import prepared
from coterie.inbox.events import Called, Told
from coterie.inbox.kinds import KINDS
from coterie.inbox.models import Notification
from coterie.inbox.reads import levels_of
from coterie.personas.models import Persona
from coterie.pure.attention import Level, Urgency
from coterie.talk.models import Conversation, Post

REASONS = ("removed", "banned", "post-removed", "note", "report-closed")
"""What somebody may still read of a place they are no longer in."""


@transaction.atomic
def tell(
    persona: Persona,
    *,
    kind: str,
    community: Community | None = None,
    path: str = "",
    facts: Mapping[str, Any] | None = None,
    actor: Persona | None = None,
    conversation: Conversation | None = None,
    post: Post | None = None,
    key: str = "",
    known_as: str = "",
) -> None:
    """The persona finds this in its alerts, once per key however often it is told.

    `facts` holds numbers and sentences written to this persona (`sentence` is signed
    "The hosts"); other people come as `actor`, so that a name lives in one place only.
    `known_as` is the community's name where this persona may know no newer one.
    """
    row, is_new = Notification.objects.get_or_create(
        persona=persona,
        key=key or _key_of(kind, community, path, facts),
        defaults={
            "kind": kind,
            "community": community,
            "known_as": known_as or (community.name if community else ""),
            "path": path,
            "facts": dict(facts or {}),
            "actor": actor,
            "conversation": conversation,
            "post": post,
            "is_unread": not _is_muted(persona, community, conversation),
        },
    )
    if is_new and row.is_unread:
        _announce(row)


@transaction.atomic
def tell_waiting(
    personas: Iterable[Persona],
    *,
    kind: str,
    community: Community,
    path: str,
    count: int,
    latest: int,
) -> None:
    """Each of them has one row that says how many wait, and none when nobody does."""
    key = f"{kind}:{community.pk}"
    if not count:
        Notification.objects.filter(kind=kind, community=community, key=key).delete()
        return
    for persona in personas:
        tell_again(
            persona,
            kind=kind,
            community=community,
            path=path,
            key=key,
            latest=latest,
            facts={"count": count},
        )


@transaction.atomic
def tell_again(
    persona: Persona,
    *,
    kind: str,
    community: Community,
    path: str,
    key: str,
    latest: int,
    facts: Mapping[str, Any] | None = None,
    conversation: Conversation | None = None,
    post: Post | None = None,
) -> None:
    """One row stands for all that happened under this key.

    It is news again (and a mail) only when something later than last time happened
    after the row had been read.
    """
    known = {**(facts or {}), "latest": latest}
    row = next(iter(_told(persona.pk, key)), None)
    if row is None:
        tell(
            persona,
            kind=kind,
            community=community,
            path=path,
            facts=known,
            key=key,
            conversation=conversation,
            post=post,
        )
        return
    if row.is_unread or latest <= row.facts.get("latest", 0):
        if row.facts != known:
            Notification.objects.filter(pk=row.pk).update(facts=known)
        return
    if _is_muted(persona, community, conversation):
        return
    Notification.objects.filter(pk=row.pk).update(
        facts=known, is_unread=True, told_at=timezone.now(), path=path, post=post
    )
    _announce(row)


@prepared
def _told(persona_id: int, key: str) -> Any:
    return Notification.objects.filter(persona=persona_id, key=key)


@transaction.atomic
def tell_all(
    persona_ids: Iterable[int],
    *,
    kind: str,
    community: Community,
    path: str,
    key: str,
    conversation: Conversation | None = None,
    post: Post | None = None,
) -> None:
    """All of them find this in their alerts, once."""
    place, talk = community.pk, conversation.pk if conversation else None
    levels = levels_of((each, place, talk) for each in persona_ids)
    rows = (
        Notification(
            persona_id=persona_id,
            kind=kind,
            community=community,
            known_as=community.name,
            path=path,
            key=key,
            conversation=conversation,
            post=post,
            is_unread=level is not Level.MUTE,
        )
        for (persona_id, _place, _talk), level in levels.items()
    )
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


@transaction.atomic
def forget(personas: Iterable[Persona], *, kind: str, community: Community) -> None:
    """None of them has a row of this kind from this community any more."""
    Notification.objects.filter(persona__in=personas, kind=kind, community=community).delete()


@transaction.atomic
def unsay(path: str, *, kinds: Iterable[str]) -> None:
    """Nobody is told any more of what lay at this path."""
    Notification.objects.filter(kind__in=kinds, path=path).delete()


@transaction.atomic
def leave_alone(persona: Persona, *, community: Community) -> None:
    """Who is gone from a community keeps of its alerts only those that say why."""
    rows = Notification.objects.filter(persona=persona, community=community)
    rows.exclude(kind__in=REASONS).delete()


def _is_muted(
    persona: Persona, community: Community | None, conversation: Conversation | None
) -> bool:
    place = community.pk if community else None
    told = (persona.pk, place, conversation.pk if conversation else None)
    return levels_of([told])[told] is Level.MUTE


def _announce(row: Notification) -> None:
    """Open pages look again; what is urgent need not wait for the next round."""
    announce(Told(row.pk))
    if KINDS[row.kind].urgency is Urgency.URGENT:
        announce(Called(row.pk))


def _key_of(
    kind: str, community: Community | None, path: str, facts: Mapping[str, Any] | None
) -> str:
    said = json.dumps([community and community.pk, path, facts or {}], sort_keys=True, default=str)
    return f"{kind}:{hashlib.sha256(said.encode()).hexdigest()[:40]}"
