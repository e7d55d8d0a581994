"""What is to be told in a letter, on its way to the mail server: references in a sealed box.

The words are read when the letter is written, every time that it is tried.
"""

from __future__ import annotations

import json
import smtplib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from coterie.core.boxes import seal, unseal

BOX = "letter"
SIZE = 256
TRIES = 8

type About = dict[str, Any]
"""`thing`, a notification; or a `persona`, and `since` and `until` when its digest reaches."""


def put(about: About) -> None:
    """The letter is on its way when this transaction commits."""
    box = boxed(about)
    if settings.MAIL_SERVER:
        carry.enqueue(box)
    else:
        _write(box)


def boxed(about: About) -> str:
    """As long for one letter as for any other."""
    return seal(json.dumps(about).ljust(SIZE), BOX)


@task()
def carry(box: str, tries: int = 0) -> None:
    """The letter is written and handed over; a server that is away is asked again later."""
    try:
        _write(box)
    except (OSError, smtplib.SMTPException):
        if tries >= TRIES:
            raise
        later = timezone.now() + timedelta(minutes=2**tries)
        carry.using(run_after=later).enqueue(box, tries + 1)


def _write(box: str) -> None:
    from coterie.inbox.actions import writing

    writing.write(json.loads(unseal(box, BOX)))
