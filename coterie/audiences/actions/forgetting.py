"""What nobody claimed fades, and what was uploaded does not lie around."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coterie.audiences.actions import arriving
from coterie.audiences.models import FILE_KEPT, Arrival, Import, ImportedAuthor
from coterie.personas.models import Persona
from coterie.talk.actions import erasing

State = ImportedAuthor.State


def fade_unclaimed() -> int:
    """Authors whose time is over have lost name and hash; their words are a former member's."""
    late = ImportedAuthor.objects.filter(until__lte=timezone.now()).exclude(token_hash=None)
    return sum(_fade(author) for author in late[:500])


@transaction.atomic
def _fade(author: ImportedAuthor) -> int:
    stand_in = Persona.objects.filter(imported_as=author).first()
    # Who asked to be erased or kept apart keeps the hash that keeps them so.
    lost = {"author_key": "", "state": State.FADED} if author.state == State.WAITING else {}
    faded = ImportedAuthor.objects.filter(pk=author.pk, state=author.state).update(
        persona=None, name_box="", token_box="", token_hash=None, **lost
    )
    if faded and stand_in:
        erasing.let_go(stand_in)
        stand_in.delete()
    return faded


def drop_files() -> int:
    """Uploads older than a day, and those of imports that ended, are off the disk."""
    ended = (Import.State.DONE, Import.State.FAILED)
    old = Import.objects.filter(made_at__lt=timezone.now() - FILE_KEPT)
    for import_ in [*old, *Import.objects.filter(state__in=ended)]:
        drop_file(import_)
    gone, _rows = old.delete()
    return gone


def forget_arrivals() -> int:
    """Chats that began to come home a day ago, and were never there, are gone; how many."""
    stuck = Arrival.objects.filter(began_at__lt=timezone.now() - FILE_KEPT)
    places = [each.community for each in stuck.select_related("community")]
    for community in places:
        arriving.withdraw(community)
    return len(places)


def drop_file(import_: Import) -> None:
    """Nothing of the upload is on the disk."""
    import_.file.unlink(missing_ok=True)
    import_.progress_file.unlink(missing_ok=True)
