"""Changing when and where it is, and calling it off: all dates to come, or one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.gatherings import rules
from coterie.gatherings.actions import dating
from coterie.gatherings.events import CalledOff, Rearranged
from coterie.gatherings.models import Attendance, Gathering, Occurrence
from coterie.gatherings.plans import Plan, require_future, require_sense
from coterie.personas.models import Persona
from coterie.pure.calendar import zones
from coterie.talk import rules as talk
from coterie.talk.actions import indexing, marking, writing
from coterie.talk.events import Retitled
from coterie.talk.models import Conversation

TOLD = ("starts_at", "ends_at", "zone", "rule", "until", "place", "map_link", "online_link")
"""What those who come want to know of. How many fit in is not among it."""

WORDS = ("place", "map_link", "online_link")
"""What somebody wrote, and what a host reads before it is let out."""


@transaction.atomic
def rearrange(gathering: Gathering, *, by: Persona, title: str, plan: Plan) -> None:
    """All dates to come are as planned; who comes to one stays, and is told once."""
    held = dating.hold(gathering)
    require(rules.may_arrange(writing.alone(by), held))
    require(talk.can_be_titled(title))
    require_sense(plan)
    same_dates = _same_dates(held, plan)
    if not same_dates:
        require_future(plan)
    _retitle(held, title, by)
    old = _facts(held)
    facts = {
        "zone": plan.zone,
        "starts_at": held.starts_at if same_dates else plan.starts_at,
        "lasts": plan.lasts,
        "rule": plan.rule,
        "until": plan.until if plan.rule else None,
        "link_for_goers": plan.link_for_goers,
        "guests": plan.guests,
        **plan.where,
    }
    if old == facts:
        return
    if any(old[name] != facts[name] for name in WORDS):
        require(talk.may_differ_from_what_was_read(by, held.conversation))
    _change(held, facts)
    dating.lay_anew(held)
    if _is_news(old, facts):
        announce(Rearranged(held.pk, 0, by.pk))


def _facts(gathering: Gathering) -> dict[str, Any]:
    names = ("zone", "starts_at", "lasts", "rule", "until", "link_for_goers", "guests")
    return {name: getattr(gathering, name) for name in (*names, *dating.WHERE)}


def _same_dates(gathering: Gathering, plan: Plan) -> bool:
    """Whether the rule is what it was, begun at one of its later dates."""
    if (plan.zone, plan.rule) != (gathering.zone, gathering.rule):
        return False
    return plan.begins == gathering.begins or plan.begins in dating.to_come(gathering)


def _is_news(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return any(old[name] != new[name] for name in new if name in TOLD or name == "lasts")


def _change(gathering: Gathering, facts: dict[str, Any]) -> None:
    now = timezone.now()
    open_still = Gathering.objects.filter(pk=gathering.pk, cancelled_at=None)
    if not open_still.update(**facts, sequence=F("sequence") + 1, changed_at=now):
        raise Refused(rules.NOTHING.sentence)
    gathering.refresh_from_db(fields=[*facts, "sequence", "changed_at"])
    marking.conversation(gathering.conversation_id)


def _retitle(gathering: Gathering, title: str, by: Persona) -> None:
    title = title.strip()[:120]
    named = Conversation.objects.filter(pk=gathering.conversation_id).exclude(title=title)
    if named.exists():
        require(talk.may_differ_from_what_was_read(by, gathering.conversation))
        named.update(title=title)
        gathering.conversation.title = title
        indexing.retitled(gathering.conversation)
        _touch(gathering)
        announce(Retitled(gathering.conversation_id, by.pk))


def _touch(gathering: Gathering) -> None:
    """Calendars hear that something is different."""
    mine = Gathering.objects.filter(pk=gathering.pk)
    mine.update(sequence=F("sequence") + 1, changed_at=timezone.now())
    marking.conversation(gathering.conversation_id)


@transaction.atomic
def rearrange_one(occurrence: Occurrence, *, by: Persona, plan: Plan) -> None:
    """This date alone is then and there; who comes stays, and is told once."""
    gathering = dating.hold(occurrence.gathering)
    date = Occurrence.objects.hold(occurrence.pk)
    require(rules.may_rearrange(writing.alone(by), date))
    plan = replace(plan, zone=gathering.zone, every="", until=None)
    require_sense(plan)
    if plan.starts_at != date.starts_at:
        require_future(plan)
    facts = {"starts_at": plan.starts_at, "ends_at": plan.ends_at, **plan.where}
    changed = {name: value for name, value in facts.items() if getattr(date, name) != value}
    if not changed:
        return
    if changed.keys() & {*WORDS}:
        require(talk.may_differ_from_what_was_read(by, gathering.conversation))
    dating.put(date, {**changed, "is_changed": True})
    _touch(gathering)
    dating.note(gathering)
    if set(changed) & set(TOLD):
        announce(Rearranged(gathering.pk, date.pk, by.pk))


@transaction.atomic
def call_off(gathering: Gathering, *, by: Persona) -> None:
    """It does not take place, on no date to come; who would have come is told."""
    held = dating.hold(gathering)
    require(rules.may_arrange(writing.alone(by), held))
    on = Gathering.objects.filter(pk=held.pk, cancelled_at=None)
    if not on.update(cancelled_at=timezone.now()):
        raise Refused(rules.NOTHING.sentence)
    _touch(held)
    Attendance.objects.filter(occurrence__gathering=held).update(remind_at=None)
    announce(CalledOff(held.pk, 0, by.pk))


@transaction.atomic
def call_off_one(occurrence: Occurrence, *, by: Persona) -> None:
    """On this date it does not take place; who would have come is told."""
    gathering = dating.hold(occurrence.gathering)
    date = Occurrence.objects.hold(occurrence.pk)
    require(rules.may_rearrange(writing.alone(by), date))
    on = Occurrence.objects.filter(pk=date.pk, cancelled_at=None)
    if not on.update(cancelled_at=timezone.now()):
        raise Refused(rules.NOTHING.sentence)
    _touch(gathering)
    Attendance.objects.filter(occurrence=date).update(remind_at=None)
    announce(CalledOff(gathering.pk, date.pk, by.pk))


def first_clock(gathering: Gathering) -> Any:
    """The date with which a form about all dates begins: the next of the rule."""
    return next(iter(dating.to_come(gathering)), zones.clock(gathering.starts_at, gathering.zone))
