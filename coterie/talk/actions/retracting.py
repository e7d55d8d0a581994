"""Taking one's own words back, with second thoughts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from coterie.core.verdict import require
from coterie.personas.actions import intending
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.actions import holding, posting
from coterie.talk.models import TAKING_BACK, Post


@transaction.atomic
def retract_soon(post: Post, *, by: Persona) -> datetime:
    """It is taken back in seven seconds; until then others see no difference."""
    require(rules.may_retract(by, post))
    return intending.intend(TAKING_BACK, post.pk, by=by)


@transaction.atomic
def carry_out(post: Post, *, by: Persona) -> None:
    """It is taken back as its author meant, whatever became of their seat since."""
    require(rules.may_have_meant_to_retract(by, post))
    posting.take_back(post)


@transaction.atomic
def undo(post: Post, *, by: Persona) -> None:
    """It stays."""
    require(rules.may_undo(by, post))
    if not intending.drop(TAKING_BACK, subject=post.pk, by=by):
        raise holding.ChangedMeanwhile
