"""The library's times of day are cut to the day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

DAY = int(timedelta(days=1).total_seconds())


@transaction.atomic
def cut_to_the_day(account_ids: Iterable[int]) -> None:
    """No key of these accounts knows when in a day it was made, used or looked at."""
    for key in Authenticator.objects.filter(user_id__in=set(account_ids)):
        coarse = {
            "created_at": _midnight(key.created_at),
            "last_used_at": _midnight(key.last_used_at),
            "data": _coarse(key.data),
        }
        if any(getattr(key, name) != value for name, value in coarse.items()):
            Authenticator.objects.filter(pk=key.pk).update(**coarse)


def _midnight(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _coarse(kept: dict[str, Any]) -> dict[str, Any]:
    if "viewed_at" not in kept:
        return kept
    return kept | {"viewed_at": kept["viewed_at"] // DAY * DAY}
