"""Whoever runs this place hears that a case waits for them, and by mail nothing but that."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.core.origin import public_origin
from coterie.personas import sealed
from coterie.safety.models import Case

PAUSE = timedelta(hours=1)
"""Between two mails, however much is reported."""


@transaction.atomic
def alert_operators() -> bool:
    """A mail about all cases that no mail has told of is on its way; False within the pause."""
    now = timezone.now()
    if Case.objects.filter(operator_told_at__gt=now - PAUSE).exists():
        return False
    waiting = Case.objects.open().for_the_operator().filter(operator_told_at=None)
    if not waiting.update(operator_told_at=now):
        return False
    sealed.mail_operators(_letter)
    return True


def _letter() -> tuple[str, str]:
    words = _(
        "Somebody sent the operator of this server something to decide. "
        "What it is stands on your page only:"
    )
    return _("Something waits for you"), f"{words}\n\n{public_origin()}/operator/cases/\n"
