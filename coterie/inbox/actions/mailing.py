"""A plain mail about what a persona was told."""

from django.conf import settings
from django.db import transaction
from django.utils import translation

from coterie.core.origin import public_origin
from coterie.inbox.kinds import KINDS, signature
from coterie.inbox.models import Notification
from coterie.personas import sealed


@transaction.atomic
def mail_once(notification_id: int) -> bool:
    """The due mail is on its way and due no more; False when there is none (any more)."""
    due = Notification.objects.filter(pk=notification_id, mail_due=True)
    if not due.update(mail_due=False):
        return False
    row = Notification.objects.select_related("persona", "community").get(pk=notification_id)
    # Not the language of whoever's click brought us here.
    with translation.override(settings.LANGUAGE_CODE):
        return sealed.mail(row.persona, subject=str(KINDS[row.kind].subject), text=_text_of(row))


def _text_of(row: Notification) -> str:
    """Names one community and nobody: an address may receive mail for several personas."""
    parts = [row.known_as, KINDS[row.kind].words(row.facts)]
    if row.facts.get("sentence"):
        parts += [row.facts["sentence"], f"— {signature(row.facts)}"]
    if row.facts.get("rule"):
        parts.append(translation.gettext("The rule: %s") % row.facts["rule"])
    parts.append(f"{public_origin()}/alerts/")
    return "\n\n".join(part for part in parts if part) + "\n"
