"""What an author meant to do, now that it is due."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.core.prepared import prepared
from coterie.core.verdict import Refused
from coterie.personas import sealed
from coterie.personas.actions import intending
from coterie.personas.models import Persona
from coterie.talk.actions import glimpsing, knocking, planning, retracting, sending, wording
from coterie.talk.actions.wording import Worded
from coterie.talk.models import Planned, Post, PostState


def send(post_id: int, by: Persona) -> None:
    """The scheduled post is out; or its words are its author's again, with the reason."""
    for post in _unsent(post_id):
        # A refusal is a note to its author alone.
        with sealed.in_language_of(by):
            try:
                sending.send(post, by=by)
            except Refused as refused:
                sending.send_back(post, by=by, because=refused.sentence)


def give_up_sending(post_id: int, by: Persona) -> None:
    """Its words are its author's again, who learns that it is our fault."""
    for post in _unsent(post_id):
        with sealed.in_language_of(by):
            because = _(
                "Something went wrong on our side, and this did not go out. Please try again."
            )
        sending.send_back(post, by=by, because=because)


def prepare_what_was_planned(planned_id: int, by: Persona) -> intending.Act:
    """The words that were planned for now are read; what is left is to say them."""
    worded: Worded | Refused | None = None
    for planned in _planned(planned_id):
        with sealed.in_language_of(by):
            try:
                worded = wording.worded(planned.said, planned.community)
            except Refused as refused:
                worded = refused
    return partial(_say_as_planned, worded)


def _say_as_planned(worded: Worded | Refused | None, planned_id: int, by: Persona) -> None:
    """What was planned for now is out; or its author finds it with the reason."""
    # Whoever changes the words gives them another intention: these are its words still.
    for planned in _planned(planned_id):
        with sealed.in_language_of(by):
            try:
                planning.carry_out(planned, _unless_refused(worded), by=by)
            except Refused as refused:
                planning.hold_back(planned, because=refused.sentence)


def _unless_refused(worded: Worded | Refused | None) -> Worded:
    if isinstance(worded, Worded):
        return worded
    raise worded or LookupError("it was not there yet when its words were to be read")


def give_up_saying(planned_id: int, by: Persona) -> None:
    """It waits on, and its author learns that it is our fault."""
    for planned in _planned(planned_id):
        with sealed.in_language_of(by):
            because = _("Something went wrong on our side, and this did not go out.")
        planning.hold_back(planned, because=because)


def _planned(planned_id: int) -> Any:
    places = ("community__parent", "conversation__community__parent", "conversation__merged_into")
    return Planned.objects.select_related(*places).filter(pk=planned_id)


def take_back(post_id: int, by: Persona) -> None:
    """The post is taken back, unless somebody removed it meanwhile; also for who left since."""
    post = Post.objects.with_place().filter(pk=post_id).first()
    if post is not None:
        with suppress(Refused):
            retracting.carry_out(post, by=by)


@task(queue_name="errands")
def look_behind_link(post_id: int) -> None:
    """The post shows what its link leads to, if that can be had; soon, where others asked there."""
    try:
        glimpsing.look(post_id)
    except knocking.TooOften:
        look_behind_link.using(run_after=timezone.now() + knocking.PAUSE).enqueue(post_id)


@prepared
def _unsent(post_id: int) -> Any:
    unsent = Post.objects.filter(pk=post_id, state=PostState.SCHEDULED)
    return unsent.with_place().select_related("reply_to")
