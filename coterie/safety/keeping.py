"""What becomes of reports, decisions and the log when a person goes.

Evidence of an open case outlives erasure, sealed, until 30 days after the case closes.
"""

from typing import Any

from django.db.models import Q

from coterie.core.keeping import keep
from coterie.safety.models import AuditEntry, AuditFact, Case, Decision, EvidencePhoto, Report
from coterie.talk.models import HiddenPost


def _export_reports(persona_id: int) -> list[dict[str, Any]]:
    rows = Report.objects.filter(reporter_id=persona_id).order_by("pk")
    return [
        dict(row)
        for row in rows.values("reason", "made_at", "case__subject", "case__community__name")
    ]


def _forget_reporter(persona_id: int) -> int:
    return Report.objects.filter(reporter_id=persona_id).update(reporter=None)


def _export_decisions(persona_id: int) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(subject_id=persona_id).order_by("pk")
    return [
        dict(row)
        for row in rows.values("outcome", "sentence", "rule__text", "made_at", "community__name")
    ]


def _forget_decisions(persona_id: int) -> int:
    made = Decision.objects.filter(by_id=persona_id).update(by=None)
    return made + Decision.objects.filter(subject_id=persona_id).update(subject=None, sentence="")


def _export_facts(persona_id: int) -> list[dict[str, Any]]:
    mine = Q(actor_id=persona_id) | Q(subject_id=persona_id)
    rows = AuditFact.objects.filter(mine).order_by("pk")
    return [dict(row) for row in rows.values("kind", "at", "rule", "entry__community__name")]


def _erase_facts(persona_id: int) -> int:
    acted = AuditFact.objects.filter(actor_id=persona_id).update(actor=None, actor_salt="")
    return acted + AuditFact.objects.filter(subject_id=persona_id).delete()[0]


keep(
    Case,
    why="A report is looked at even when its subject has gone; it names nobody by itself.",
    export=None,
    erase=None,
)
keep(
    Report,
    why="Evidence for reviewers, sealed, until 30 days after its case closes.",
    export=_export_reports,
    erase=_forget_reporter,
)
keep(
    EvidencePhoto,
    why="Evidence for reviewers, sealed, until 30 days after its case closes.",
    export=None,
    erase=None,
)
keep(
    Decision,
    why="Whoever it concerns can read its reasons.",
    export=_export_decisions,
    erase=_forget_decisions,
)
keep(
    AuditEntry,
    why="The chain that shows that nothing was changed; it holds hashes only.",
    export=None,
    erase=None,
)
keep(
    AuditFact,
    why="Members can see what their hosts did.",
    export=_export_facts,
    erase=_erase_facts,
)

keep(
    HiddenPost,
    why="What one reader does not want to meet again.",
    export=None,
    erase=lambda persona_id: HiddenPost.objects.filter(persona_id=persona_id).delete()[0],
)
