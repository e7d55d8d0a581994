"""A question from the hosts to somebody at the door, and the answer: one at a time, no chat."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.communities import rules
from coterie.communities.events import AnsweredBack, AskedBack
from coterie.communities.models import JoinRequest, Remark
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

MOST = 5
"""Questions to one asker: after that the hosts know enough to decide."""


@transaction.atomic
def ask_back(join_request: JoinRequest, words: str, *, by: Persona) -> Remark:
    """The asker is asked something by "the hosts", and it is their turn."""
    require(rules.may_admit(by, join_request.community))
    asked = Remark.objects.filter(join_request=join_request, from_hosts=True)
    if asked.count() >= MOST:
        raise Refused(_("You have asked enough to decide."))
    _take_turn(join_request, asked_back=True)
    remark = _say(join_request, words, from_hosts=True)
    announce(AskedBack(remark.pk))
    return remark


@transaction.atomic
def answer_back(join_request: JoinRequest, words: str, *, by: Viewer) -> Remark:
    """The hosts read the asker's answer, and may decide or ask on."""
    if join_request.persona_id not in by.ids:
        raise Refused(rules.NOTHING.sentence)
    _take_turn(join_request, asked_back=False)
    remark = _say(join_request, words, from_hosts=False)
    announce(AnsweredBack(remark.pk))
    return remark


def _take_turn(join_request: JoinRequest, *, asked_back: bool) -> None:
    waiting = JoinRequest.objects.pending().filter(pk=join_request.pk)
    if not waiting.exclude(asked_back=asked_back).update(asked_back=asked_back):
        raise Refused(_("It is not your turn: look at what stands there now."))


def _say(join_request: JoinRequest, words: str, *, from_hosts: bool) -> Remark:
    if not words.strip():
        raise Refused(_("Write something first."))
    text = words.strip()[:500]
    return Remark.objects.create(join_request=join_request, from_hosts=from_hosts, text=text)
