"""No more letters for one persona; and letters again."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from coterie.core.verdict import require
from coterie.inbox import letterboxes
from coterie.inbox.actions.writing import letterbox
from coterie.inbox.letterboxes import Opened
from coterie.inbox.models import Letterbox
from coterie.personas import rules
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer


@transaction.atomic
def close_by_token(token: str) -> bool:
    """Whoever holds the letter wants no more such; False for a token that is none.

    The token is the right to it: a mail program asks without signing in.
    """
    row = Letterbox.objects.keyed(token).first()
    return row is not None and _put(replace(letterboxes.opened(row), is_open=False))


@transaction.atomic
def close(persona: Persona, *, by: Viewer) -> None:
    """No letter comes for this persona but what is urgent."""
    require(rules.may_be(by, persona))
    _put(replace(letterbox(persona), is_open=False))


@transaction.atomic
def open_again(persona: Persona, *, by: Viewer) -> None:
    """Letters come again; the tokens of old ones close nothing any more."""
    require(rules.may_be(by, persona))
    if not letterbox(persona).is_open:
        _put(letterboxes.fresh(persona.pk))


def _put(known: Opened) -> bool:
    row = Letterbox.objects.filter(tag=letterboxes.tag_of(known.persona_id))
    return bool(row.update(**letterboxes.columns(known)))
