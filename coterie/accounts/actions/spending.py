"""What somebody may do a few times a day, without a count that anybody could match."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from coterie.accounts.models import Ticket, today


@transaction.atomic
def spend(tags: Sequence[str]) -> bool:
    """One of these tickets of today is used up; False when all are."""
    used = set(Ticket.objects.filter(tag__in=tags).values_list("tag", flat=True))
    return any(_take(tag) for tag in tags if tag not in used)


def clear_spent() -> int:
    """The tickets of days that are over are gone; how many there were."""
    return Ticket.objects.filter(day__lt=today()).delete()[0]


def _take(tag: str) -> bool:
    try:
        with transaction.atomic():
            Ticket.objects.create(tag=tag)
    except IntegrityError:
        return False  # another tab took it: try the next
    return True
