"""Calling people together, and with whom."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coterie.communities.models import Community, Membership
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.gatherings import rules
from coterie.gatherings.actions import dating
from coterie.gatherings.events import ConvenerDropped, ConvenerNamed
from coterie.gatherings.models import Convener, Gathering
from coterie.gatherings.plans import Plan, require_future, require_sense
from coterie.personas.models import Persona
from coterie.talk.actions import posting, wording, writing
from coterie.talk.actions.wording import Worded
from coterie.talk.events import Started
from coterie.talk.models import Conversation, Kind, Said, Voice

MOST_CONVENERS = 10


def convene(
    community: Community, said: Said, *, by: Persona, title: str, plan: Plan, client_key: str
) -> Conversation:
    """The gathering is there with its dates, once however often it was sent.

    Its words are out, or wait for a host as any others do.
    """
    worded = wording.worded(said, community)
    with transaction.atomic():
        # It will know until when there are dates in it.
        Community.objects.hold(community.pk)
        return _convene(community, worded, by, title, plan, client_key)


def _convene(
    community: Community, worded: Worded, by: Persona, title: str, plan: Plan, client_key: str
) -> Conversation:
    who, voice = writing.alone(by), worded.said.voice
    require(rules.may_convene(who, community))
    require(rules.may_speak_as(who, community, voice))
    require_sense(plan)
    begun, post = writing.topic(
        community, worded, who=who, title=title, client_key=client_key, kind=Kind.GATHERING
    )
    if post is None:
        return begun
    require_future(plan)
    gathering = _planned(begun, plan)
    if voice == Voice.OWN:
        Convener.objects.create(gathering=gathering, persona=by)
    dating.lay(gathering)
    announce(Started(begun.pk))
    posting.let_out(post, who)
    return begun


def _planned(conversation: Conversation, plan: Plan) -> Gathering:
    return Gathering.objects.create(
        conversation=conversation,
        zone=plan.zone,
        starts_at=plan.starts_at,
        lasts=plan.lasts,
        rule=plan.rule,
        until=plan.until if plan.rule else None,
        link_for_goers=plan.link_for_goers,
        guests=plan.guests,
        **plan.where,
    )


@transaction.atomic
def name(gathering: Gathering, membership: Membership, *, by: Persona) -> None:
    """The member may change it and call it off too, and learns that."""
    held = dating.hold(gathering)
    require(rules.may_name(writing.alone(by), held, membership))
    if Convener.objects.filter(gathering=held).count() >= MOST_CONVENERS:
        raise Refused(_("There are enough of you. Somebody has to step back first."))
    try:
        with transaction.atomic():
            Convener.objects.create(gathering=held, persona=membership.persona)
    except IntegrityError:
        return
    announce(ConvenerNamed(held.pk, membership.pk, by.pk))


@transaction.atomic
def drop(gathering: Gathering, membership: Membership, *, by: Persona) -> None:
    """The member does not arrange it any more; anybody may step back."""
    require(rules.may_arrange(writing.alone(by), gathering))
    named = Convener.objects.filter(gathering=gathering, persona=membership.persona_id)
    if named.delete()[0]:
        announce(ConvenerDropped(gathering.pk, membership.persona_id, by.pk))
