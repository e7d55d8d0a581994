"""Reports, what was decided about them, and the log that nobody can quietly change."""

from coterie.safety.models.audit import AuditEntry, AuditFact
from coterie.safety.models.reporting import (
    Case,
    Decision,
    Desk,
    EvidencePhoto,
    Outcome,
    Reason,
    Report,
    Subject,
)

__all__ = [
    "AuditEntry",
    "AuditFact",
    "Case",
    "Decision",
    "Desk",
    "EvidencePhoto",
    "Outcome",
    "Reason",
    "Report",
    "Subject",
]
