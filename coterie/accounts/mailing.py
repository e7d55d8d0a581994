"""Mail goes out by SMTP when COTERIE_MAIL names a server; else it waits in the outbox."""

import email.policy
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
from coterie.core.letter import Letter

BOX = "mail"
SMALLEST_BOX = 2048
LONGEST_LINE = 77
"""What is longer and cannot be broken leaves Python's mail policy as encoded words, which no
mail program reads as an address to unsubscribe at."""
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
        deliver.enqueue(_boxed(mail))
        return
    _put_out(mail | {"personal": shown_on_console})


def hand_over(address: str, letter: Letter) -> None:
    """The mail server has the letter now, or it waits in the outbox; nothing tries again."""
    mail: dict[str, Any] = {
        "to": address,
        "subject": " ".join(letter.subject.split()),
        "text": letter.text,
        "html": letter.html or None,
        "headers": dict(letter.headers),
    }
    if settings.MAIL_SERVER:
        _message(mail).send()
        return
    _put_out(mail | {"personal": False})


def clear_old() -> int:
    """Mails that waited longer than a week are gone; how many there were."""
    last = today() - timedelta(days=KEPT_DAYS)
    return OutgoingMail.objects.filter(made_on__lt=last).delete()[0]


@task()
def deliver(box: str, tries: int = 0) -> None:
    """The sealed mail is handed to the mail server; a server that is away is asked again later."""
    mail = json.loads(unseal(box, BOX))
    try:
        _message(mail).send()
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


class Message(EmailMultiAlternatives):
    """A mail whose long headers stay one line each, because an address in them must."""

    def message(self, *, policy: Any = email.policy.default) -> Any:
        names = self.extra_headers.items()
        if any(len(part) > LONGEST_LINE for _name, value in names for part in value.split()):
            policy = policy.clone(max_line_length=998)
        return super().message(policy=policy)


def _message(mail: dict[str, Any]) -> Message:
    headers = mail.get("headers") or {}
    made = Message(mail["subject"], mail["text"], to=[mail["to"]], headers=headers)
    if mail["html"]:
        made.attach_alternative(mail["html"], "text/html")
    return made


def _boxed(mail: dict[str, Any]) -> str:
    """Sealed and filled up: how long a box is would tell what is in it."""
    text = json.dumps(mail)
    size = max(SMALLEST_BOX, 1 << (len(text) - 1).bit_length())
    return seal(text.ljust(size), BOX)


def _put_out(mail: dict[str, Any]) -> None:
    mail |= {"at": timezone.now().isoformat()}
    OutgoingMail.objects.create(box=_boxed(mail))
    transaction.on_commit(lambda: _show(mail), robust=True)


def _show(mail: dict[str, Any]) -> None:
    if not mail["personal"]:
        print("✉ A mail waits in the outbox: /operator/outbox/", file=sys.stderr, flush=True)
        return
    rule = "─" * 60
    lines = [rule, f"✉ To {mail['to']}", mail["subject"], "", mail["text"], rule]
    print("\n".join(lines), file=sys.stderr, flush=True)
