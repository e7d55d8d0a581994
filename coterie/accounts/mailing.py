"""Mail goes out by SMTP when COTERIE_MAIL names a server; else it waits in the outbox."""

import json
import smtplib
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from coterie.accounts.models import OutgoingMail, today
from coterie.core.boxes import seal, unseal

BOX = "mail"
KEPT_DAYS = 7
TRIES = 8


def send(
    address: str,
    *,
    subject: str,
    text: str,
    shown_on_console: bool = True,
    html: str | None = None,
) -> None:
    """The mail is on its way when this transaction commits, or it waits in the outbox."""
    mail: dict[str, Any] = {
        "to": address,
        "subject": " ".join(subject.split()),
        "text": text,
        "html": html,
    }
    if settings.MAIL_SERVER:
        deliver.enqueue(seal(json.dumps(mail), BOX))
        return
    mail |= {"at": timezone.now().isoformat(), "personal": shown_on_console}
    OutgoingMail.objects.create(box=seal(json.dumps(mail), BOX))
    transaction.on_commit(lambda: _show(mail), robust=True)


def clear_old() -> int:
    """Mails that waited longer than a week are gone; how many there were."""
    last = today() - timedelta(days=KEPT_DAYS)
    return OutgoingMail.objects.filter(made_on__lt=last).delete()[0]


@task()
def deliver(box: str, tries: int = 0) -> None:
    """The sealed mail is handed to the mail server; a server that is away is asked again later."""
    mail = json.loads(unseal(box, BOX))
    message = EmailMultiAlternatives(mail["subject"], mail["text"], to=[mail["to"]])
    if mail["html"]:
        message.attach_alternative(mail["html"], "text/html")
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        if tries >= TRIES:
            raise
        later = timezone.now() + timedelta(minutes=2**tries)
        deliver.using(run_after=later).enqueue(box, tries + 1)


class OutboxBackend(BaseEmailBackend):
    """The default mailer without a mail server: whatever Django itself sends waits there too."""

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            for address in message.recipients():
                send(address, subject=message.subject, text=message.body)
        return len(email_messages)


def _show(mail: dict[str, Any]) -> None:
    if not mail["personal"]:
        print("✉ A mail waits in the outbox: /operator/outbox/", file=sys.stderr, flush=True)
        return
    rule = "─" * 60
    lines = [rule, f"✉ To {mail['to']}", mail["subject"], "", mail["text"], rule]
    print("\n".join(lines), file=sys.stderr, flush=True)
