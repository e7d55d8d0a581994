"""What the operator said nobody may come back from."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from coterie.communities.models import Ban
from coterie.safety.models import Decision, Outcome

SIZE = 200
FIELDS = (
    "public_id", "sentence", "banned_at", "expires_at", "community__name", "persona__name",
    "persona__gone", "named",
)  # fmt: skip


def operators_bans() -> list[dict[str, Any]]:
    """The operator's bans in force, newest first; without a name where somebody spoke as nobody."""
    said = Decision.objects.filter(
        community=OuterRef("community"),
        subject=OuterRef("persona"),
        outcome=Outcome.MEMBER_BANNED,
        by=None,
    )
    rows = Ban.objects.in_force().filter(by_operator=True).annotate(named=Exists(said))
    return [_line(row) for row in rows.order_by("-banned_at", "-pk").values(*FIELDS)[:SIZE]]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    named = row["named"] and not row["persona__gone"]
    return {
        "public_id": row["public_id"],
        "name": row["persona__name"] if named else "",
        "community": row["community__name"],
        "sentence": row["sentence"],
        "at": row["banned_at"],
        "until": row["expires_at"],
    }
