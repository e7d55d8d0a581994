"""Saying whether one comes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import Membership
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.gatherings import rules
from coterie.gatherings.actions import places
from coterie.gatherings.events import Answered
from coterie.gatherings.models import Attendance, Before, Occurrence, Reply
from coterie.personas.models import Persona
from coterie.talk.actions import holding, marking, writing
from coterie.talk.models import Conversation

ASKED = (Reply.GOING, Reply.MAYBE, Reply.NOT)
"""What somebody can say; who says "going" to a full house waits."""


@transaction.atomic
def answer(
    occurrence: Occurrence, *, by: Persona, answer: str, guests: int = 0, before: int | None = None
) -> Attendance:
    """It is known whether they come; where there is no place they wait, behind who came before."""
    if answer not in ASKED:
        raise Refused(_("Say whether you come."))
    holding.conversation(occurrence.gathering.conversation_id)
    date = Occurrence.objects.hold(occurrence.pk)
    require(rules.may_answer(writing.alone(by), date))
    mine = Attendance.objects.filter(occurrence=date, persona=by).first()
    mine = mine or Attendance(occurrence=date, persona=by, answer=Reply.NOT)
    mine.before = before if before in Before.values else mine.before
    _set(date, mine, answer, _brought(date, guests) if answer == Reply.GOING else 0)
    places.settle(date, quietly_for=by.pk)
    _heard(date)
    return Attendance.objects.select_related("occurrence__gathering").get(pk=mine.pk)


def _brought(date: Occurrence, guests: int) -> int:
    return max(0, min(guests, date.gathering.guests))


def _set(date: Occurrence, mine: Attendance, answer: str, guests: int) -> None:
    if answer == Reply.GOING:
        answer = _place_or_turn(date, mine, guests)
    elif mine.turn is not None:
        mine.turn = None
    mine.answer, mine.guests, mine.answered_at = answer, guests, timezone.now()
    comes = answer in (Reply.GOING, Reply.MAYBE)
    mine.remind_at = places.reminder(date.starts_at, mine.before) if comes else None
    mine.save()


def _place_or_turn(date: Occurrence, mine: Attendance, guests: int) -> str:
    """Going already, or in line: who then is first and fits in goes, when places are settled."""
    if date.capacity is not None and 1 + guests > date.capacity:
        raise Refused(_("There are %(n)d places in all.") % {"n": date.capacity})
    if mine.answer == Reply.GOING:
        _require_room_for_guests(date, guests - mine.guests)
        return Reply.GOING
    if mine.answer != Reply.WAITING or guests > mine.guests:
        # More guests ask for more than what one has stood in line for.
        mine.turn = date.turns + 1
        Occurrence.objects.filter(pk=date.pk).update(turns=F("turns") + 1)
    return Reply.WAITING


def _require_room_for_guests(date: Occurrence, more: int) -> None:
    if more <= 0 or date.capacity is None:
        return
    waits = Attendance.objects.of_date(date).in_line().exists()
    if waits or date.taken + more > date.capacity:
        raise Refused(_("There are not enough places for that many guests. Yours stays as it was."))


def _heard(date: Occurrence) -> None:
    # Pages that show the counts look again.
    marking.conversation(date.gathering.conversation_id)
    announce(Answered(date.pk))


@transaction.atomic
def free_places(membership: Membership) -> int:
    """Who is no member any more comes to nothing that is still to be; how many dates."""
    mine = Attendance.objects.filter(
        persona=membership.persona_id,
        occurrence__gathering__conversation__community=membership.community_id,
    )
    return _withdraw(mine.filter(occurrence__ends_at__gt=timezone.now()))


@transaction.atomic
def forget(persona_id: int) -> int:
    """This persona never said whether it comes; how often it had."""
    mine = Attendance.objects.filter(persona=persona_id)
    past = mine.filter(occurrence__ends_at__lte=timezone.now()).delete()[0]
    return past + _withdraw(mine)


def _withdraw(answers: object) -> int:
    homes = answers.values("occurrence__gathering__conversation")  # type: ignore[attr-defined]
    holding.conversations(Conversation.objects.filter(pk__in=homes))
    dates = list(answers.order_by("occurrence").values_list("occurrence", flat=True))  # type: ignore[attr-defined]
    for pk in dates:
        date = Occurrence.objects.hold(pk)
        answers.filter(occurrence=date).delete()  # type: ignore[attr-defined]
        places.settle(date)
        _heard(date)
    return len(dates)
