"""The queue of cases, one case, and what waits for a host."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from coterie.communities.models import Community, Membership, Rule
from coterie.core.boxes import unseal, unseal_bytes
from coterie.core.pages import Page, cut
from coterie.media import reads as media
from coterie.personas.viewer import Viewer
from coterie.safety import rules
from coterie.safety.models import Case, Decision, EvidencePhoto, Outcome, Reason, Report
from coterie.safety.models.reporting import EVIDENCE_BOX, CaseQuerySet
from coterie.talk import reads as talk
from coterie.talk.models import Poll, Post, PostState
from coterie.talk.rules import PHOTOS

SIZE = 20
SANCTIONS = (
    Outcome.WARNED,
    Outcome.POST_REMOVED,
    Outcome.MEMBER_REMOVED,
    Outcome.MEMBER_BANNED,
)


def queue(cases: CaseQuerySet, after: str = "") -> Page[dict[str, Any]]:
    """Open cases, the gravest first and of those the oldest; nothing of their content."""
    rows = cases.open().annotate(reported=Count("reports")).order_by("gravity", "pk")
    if last := cases.filter(public_id=after).first() if after else None:
        rows = rows.filter(gravity__gte=last.gravity).exclude(gravity=last.gravity, pk__lte=last.pk)
    found = [_row(case) for case in rows.select_related("community")[: SIZE + 1]]
    return cut(found, SIZE, found[SIZE - 1]["public_id"] if len(found) > SIZE else "")


def waiting_for_operator(viewer: Viewer) -> int:
    """How many cases wait for this operator, looked up once per request; none for others."""
    if not viewer.is_operator:
        return 0
    if "operator cases" not in viewer.memo:
        viewer.memo["operator cases"] = Case.objects.open().for_the_operator().count()
    found: int = viewer.memo["operator cases"]
    return found


def open_counts(place: Membership) -> dict[str, int]:
    """How many cases and held posts wait for this member."""
    held_here = Post.objects.filter(
        conversation__community=place.community_id, state=PostState.HELD
    )
    cases = Case.objects.open().judged_by(place.persona).filter(community=place.community_id)
    return {"cases": cases.count(), "held": held_here.count()}


def case(found: Case) -> dict[str, Any]:
    """One case: what was reported as it was then, and what this persona was told here before."""
    reports = list(Report.objects.filter(case=found).order_by("pk"))
    return {
        "case": found,
        "nameless": rules.is_nameless(found),
        "reports": [_report(report) for report in reports],
        "shown": _opened(reports[0]) if reports else {},
        "photos": list(found.photos.order_by("place").values_list("place", flat=True)),
        "history": history(found),
        "rules": list(Rule.objects.filter(community=found.community, retired_at=None)),
    }


def photo(found: Case, place: int) -> bytes | None:
    """A photo of what was reported, as it was then."""
    kept = EvidencePhoto.objects.filter(case=found, place=place).first()
    return unseal_bytes(bytes(kept.content), EVIDENCE_BOX) if kept else None


def history(found: Case) -> list[dict[str, Any]]:
    """Earlier decisions about this persona in this community; none for the anonymous voice."""
    seat = None if rules.is_nameless(found) else rules.membership_of(found)
    if seat is None:
        return []
    made = Decision.objects.filter(
        community=found.community, subject=seat.persona, outcome__in=SANCTIONS
    )
    rows = made.exclude(case=found).select_related("rule").order_by("-pk")[:10]
    return [
        {"outcome": Outcome(row.outcome).label, "rule": row.rule, "made_at": row.made_at}
        for row in rows
    ]


def held(community: Community) -> list[dict[str, Any]]:
    """Posts that wait for a host, the oldest first."""
    waiting = Post.objects.filter(conversation__community=community, state=PostState.HELD)
    places = ("conversation", "persona")
    rows = list(waiting.select_related(*places).order_by("created_at", "pk")[:50])
    shown = media.pictures(PHOTOS, [post.pk for post in rows if post.photos])
    as_read, asked = talk.as_read(rows), _asked(rows)
    return [
        {
            "public_id": post.public_id,
            "as_read": as_read[post.pk],
            "html": post.html,
            "asked": asked.get(post.pk, ()),
            "tags": post.conversation.tagged,
            "photos": shown.get(post.pk, ()),
            "title": post.conversation.title,
            "because": post.held_because,
            "created_at": post.created_at,
            "persona": None if post.voice == "member" else post.persona,
        }
        for post in rows
    ]


def _asked(posts: Iterable[Post]) -> dict[int, list[str]]:
    """By post, the options of its poll."""
    polled = [post.pk for post in posts if post.polled]
    asked = Poll.objects.filter(post__in=polled) if polled else Poll.objects.none()
    return dict(asked.values_list("post", "options"))


def _row(found: Any) -> dict[str, Any]:
    return {
        "public_id": found.public_id,
        "subject": found.get_subject_display(),
        "path": found.path,
        "reason": Reason(Reason.values[found.gravity]).label,
        "reported": found.reported,
        "opened_at": found.opened_at,
        "asked": found.asked_operator_at,
        "community": found.community.name,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "reason": report.get_reason_display(),
        "made_at": report.made_at,
        "words": _opened(report).get("words", ""),
    }


def _opened(report: Report) -> dict[str, str]:
    if not report.evidence:
        return {}
    found: dict[str, str] = json.loads(unseal(report.evidence, EVIDENCE_BOX))
    return found
