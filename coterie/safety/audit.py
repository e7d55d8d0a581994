"""The audit chain: appended inside the transaction of what it tells, checked at any time.

Each entry's hash covers the one before it, so changing, adding or dropping a row in
the middle shows. The readable fact is only hashed into the chain, with a salt of its
own: when it is erased, the chain stays whole and tells nothing about what it was.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from coterie.communities.models import Community
from coterie.safety.models import AuditEntry, AuditFact

TRIES = 20


@dataclass(frozen=True)
class Fact:
    """What an audited event was, in the words of the log."""

    community_id: int
    kind: str
    actor_id: int | None = None
    subject_id: int | None = None
    sentence: str = ""
    rule: str = ""


def appending(describe: Callable[[Any], Fact | None]) -> Callable[[Any], None]:
    """A consequence that appends what `describe` makes of an event.

    It runs once, inside the event's own transaction: neither exists without the other.
    """

    def append_described(event: Any) -> None:
        fact = describe(event)
        if fact is not None:
            append(fact)

    return append_described


def append(fact: Fact) -> AuditEntry:
    """The community's chain is one entry longer."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _link(fact, timezone.now())
        except IntegrityError:
            continue  # another transaction took this place: stand behind it
    raise RuntimeError("the audit chain found no place for an entry")


def verify(community: Community) -> int | None:
    """The number of the first entry that is not as it was written, None when all are."""
    before, expected = "", 1
    rows = AuditEntry.objects.filter(community=community).order_by("n").select_related("fact")
    for entry in rows.iterator(chunk_size=2000):
        if entry.n != expected or entry.prev_hash != before or not _is_true(entry):
            return expected
        before, expected = entry.hash, expected + 1
    return None


def mark(community: Community) -> str:
    """The newest hash, shortened: who notes it can tell later that nothing before it was cut."""
    chain = AuditEntry.objects.filter(community=community).order_by("-n")
    return (chain.values_list("hash", flat=True).first() or "")[:12]


def broken_chains() -> list[tuple[str, int]]:
    """For `coterie doctor`: handle and first broken entry of each log that was altered."""
    found = (
        (community.handle, verify(community)) for community in Community.objects.order_by("pk")
    )
    return [(handle, n) for handle, n in found if n is not None]


def _link(fact: Fact, now: datetime) -> AuditEntry:
    chain = AuditEntry.objects.filter(community_id=fact.community_id)
    last_n, before = chain.order_by("-n").values_list("n", "hash").first() or (0, "")
    readable = _readable(fact, now)
    content, n, day = _content_hash(readable), last_n + 1, now.date()
    entry = AuditEntry.objects.create(
        community_id=fact.community_id,
        n=n,
        day=day,
        prev_hash=before,
        content_hash=content,
        hash=_link_hash(before, content, n, day),
    )
    readable.entry = entry
    readable.save(force_insert=True)
    return entry


def _readable(fact: Fact, now: datetime) -> AuditFact:
    salt = secrets.token_hex(16)
    return AuditFact(
        salt=secrets.token_hex(16),
        kind=fact.kind,
        actor_id=fact.actor_id,
        actor_salt=salt,
        actor_seal=_seal(salt, fact.actor_id),
        subject_id=fact.subject_id,
        sentence=fact.sentence[:500],
        rule=fact.rule[:300],
        at=now,
    )


def _is_true(entry: AuditEntry) -> bool:
    if entry.hash != _link_hash(entry.prev_hash, entry.content_hash, entry.n, entry.day):
        return False
    fact = getattr(entry, "fact", None)
    if fact is None:
        return True  # erased
    if fact.actor_id is not None and fact.actor_seal != _seal(fact.actor_salt, fact.actor_id):
        return False
    return entry.content_hash == _content_hash(fact)


def _content_hash(fact: AuditFact) -> str:
    content = {
        "kind": fact.kind,
        "actor": fact.actor_seal,
        "subject": fact.subject_id,
        "sentence": fact.sentence,
        "rule": fact.rule,
        "at": fact.at.astimezone(UTC).isoformat(),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return _sha(fact.salt + canonical)


def _link_hash(before: str, content: str, n: int, day: date) -> str:
    return _sha(f"{before}{content}{n}{day.isoformat()}")


def _seal(salt: str, actor_id: int | None) -> str:
    return _sha(f"{salt}{actor_id}")


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
