"""Saying what becomes of one's old words: take them over, keep them apart, or erase them.

Whoever holds the link may do so once; nobody else learns which link was used.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.audiences.events import Claimed
from coterie.audiences.models import ImportedAuthor
from coterie.communities import rules as communities
from coterie.communities.actions import joining
from coterie.communities.models import Membership
from coterie.core.events import announce
from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk.actions import erasing

State = ImportedAuthor.State


class CannotClaim(Refused):
    """One sentence for every reason: a link must not tell whether it was used."""

    def __init__(self) -> None:
        super().__init__(_("This link cannot be used any more."))


@transaction.atomic
def take_over(
    author: ImportedAuthor,
    *,
    by: Viewer,
    persona: Persona | None = None,
    name: str = "",
    seed: int | None = None,
    agreed: int = 0,
) -> Membership:
    """The old messages are this member's own; who was not a member yet is one now."""
    if not by.signed_in:
        raise CannotClaim
    # No key is kept: a later export must not put words into a member's mouth.
    stand_in = _answer(author, State.TAKEN_OVER, author_key="")
    seat = communities.seat(by, author.community) or joining.take_seat(
        author.community, by=by, persona=persona, name=name, seed=seed, agreed=agreed
    )
    if stand_in:
        erasing.repoint(stand_in, to=seat.persona)
        stand_in.delete()
    return seat


@transaction.atomic
def keep_apart(author: ImportedAuthor, *, by: Viewer) -> None:
    """The old messages stay as "a former member", tied to nobody, in later exports too."""
    stand_in = _answer(author, State.APART)
    if stand_in:
        erasing.let_go(stand_in)
        stand_in.delete()


@transaction.atomic
def erase(author: ImportedAuthor, *, by: Viewer) -> None:
    """The old messages are gone, and no later export brings them back."""
    stand_in = _answer(author, State.ERASED)
    if stand_in:
        erasing.erase_words(stand_in.pk, community_id=author.community_id)
        stand_in.delete()


def _answer(author: ImportedAuthor, state: str, **fields: object) -> Persona | None:
    stand_in = Persona.objects.filter(imported_as=author).first()
    answered = ImportedAuthor.objects.filter(pk=author.pk, state=State.WAITING).update(
        state=state, persona=None, **fields
    )
    if not answered:
        raise CannotClaim
    announce(Claimed(author.community_id))
    return stand_in
