"""Having read what one was told."""

from django.db import transaction

from coterie.inbox.models import Notification
from coterie.personas.viewer import Viewer


@transaction.atomic
def read(notification: Notification, *, by: Viewer) -> None:
    """It is not new any more."""
    Notification.objects.of(by).unread().filter(pk=notification.pk).update(is_unread=False)
    by.memo.pop("unread", None)


@transaction.atomic
def read_all(*, by: Viewer) -> int:
    """Nothing is new for any persona of this sign-in; how many were."""
    by.memo.pop("unread", None)
    mine = Notification.objects.of(by).unread()
    mine.taken()
    return mine.update(is_unread=False)
