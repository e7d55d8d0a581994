"""Things to do at some moment within a span, that must not be seen to belong together.

Done at once, they would show that one person stood behind them; written down with
their time in the clear, a copy of the database would show it.
"""

import json
import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from coterie.accounts.models import Errand
from coterie.core.boxes import seal, unseal

BOX = "errand"


@transaction.atomic
def put(whats: Iterable[str], *, within: timedelta, after: timedelta = timedelta()) -> None:
    """Each will be done at a moment of its own, that nobody can foretell."""
    Errand.objects.bulk_create(_errand(what, after, within) for what in whats)


def _errand(what: str, after: timedelta, within: timedelta) -> Errand:
    span = int((within - after).total_seconds())
    moment = timezone.now() + after + timedelta(seconds=secrets.randbelow(span))
    return Errand(box=seal(json.dumps([what, moment.isoformat()]), BOX))


def do_one_due(how: Callable[[str], None]) -> bool:
    """One errand whose moment has come is done and gone, or both not; False when none has."""
    for errand in Errand.objects.all():
        what, moment = json.loads(unseal(errand.box, BOX))
        due = parse_datetime(moment)
        if due and due <= timezone.now():
            with transaction.atomic():
                if Errand.objects.filter(pk=errand.pk).delete()[0]:
                    how(what)
            return True
    return False
