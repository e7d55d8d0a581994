"""Words wait for a time that their author chose, and go out then, once, or stay with a reason.

Nothing of them is a post before: lists, counts, search and hosts have nothing to leave out.
Whoever changes what waits takes its `Intention` first and its row second, as the worker does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.media.actions import using
from coterie.personas.actions import intending
from coterie.personas.models import Intention, Persona
from coterie.pure.markup import tidy_note
from coterie.talk import planning_rules, poll_rules, rules
from coterie.talk.actions import drafting, posting, sending, writing
from coterie.talk.events import NotSent, Started
from coterie.talk.models import (
    SAYING_AS_PLANNED,
    Asked,
    Conversation,
    Planned,
    Post,
    PostState,
    Voice,
)

SPREAD = timedelta(seconds=58)
"""How much later than its minute begins something may go out."""


@transaction.atomic
def plan_topic(
    community: Community, *, by: Persona, at: datetime, client_key: str, **words: Any
) -> Planned:
    """The topic waits until then, once however often it was sent, as it was sent last."""
    require(rules.may_start(by, community))
    return _plan(community, by, at, client_key, **words)


@transaction.atomic
def plan_answer(
    conversation: Conversation, *, by: Persona, at: datetime, client_key: str, **words: Any
) -> Planned:
    """The answer waits until then, once however often it was sent, as it was sent last."""
    require(planning_rules.may_answer_later(by, conversation))
    place = conversation.community
    return _plan(place, by, at, client_key, conversation=conversation, **words)


@transaction.atomic
def change(planned: Planned, *, by: Persona, at: datetime, **words: Any) -> None:
    """It says this, and waits until then."""
    require(planning_rules.may_change(by, planned))
    _drop_intention(planned, by)
    said = _checked(planned.community, by, at, **words)
    if not Planned.objects.filter(pk=planned.pk).update(**said, refusal=""):
        raise posting.ChangedMeanwhile
    using.discard_waiting([each for each in planned.photos if each not in said["photos"]], by=by)
    _intend(planned, at, by)


@transaction.atomic
def say_now(planned: Planned, *, by: Persona) -> Post:
    """It waits no longer: it goes out in seven seconds, as anything else that is sent."""
    require(planning_rules.may_change(by, planned))
    _drop_intention(planned, by)
    _delete(planned)
    post = _write(planned, by, PostState.SCHEDULED)
    sending.schedule(post, writing.alone(by))
    return post


@transaction.atomic
def throw_away(planned: Planned, *, by: Persona) -> None:
    """It is never said, and its photos are gone."""
    require(planning_rules.may_change(by, planned))
    _drop_intention(planned, by)
    _delete(planned)
    using.discard_waiting(planned.photos, by=by)


@transaction.atomic
def carry_out(planned: Planned, *, by: Persona) -> None:
    """It is out, or waits for a host: as rules and gates have it by now.

    Where hosts slowed a topic down since, it waits a little longer.
    """
    wait = _pace_left(planned, by)
    if wait:
        _intend(planned, timezone.now() + wait, by)
        return
    _delete(planned)
    post = _write(planned, by, PostState.PUBLISHED)
    if planned.conversation_id is None:
        announce(Started(post.conversation_id))
    posting.let_out(post, writing.alone(by))


@transaction.atomic
def hold_back(planned: Planned, *, because: str) -> None:
    """It did not go out; its author finds it where it waited, with the reason."""
    Planned.objects.filter(pk=planned.pk).update(refusal=because[:300])
    announce(NotSent(planned.pk, int(timezone.now().timestamp())))


def forget(persona_id: int, *, community_id: int) -> None:
    """Nothing of this persona waits in this community."""
    waiting = Planned.objects.filter(persona=persona_id, community=community_id)
    subjects = list(waiting.values_list("pk", flat=True))
    Intention.objects.filter(kind=SAYING_AS_PLANNED, subject__in=subjects).delete()
    Planned.objects.filter(pk__in=subjects).delete()


def _plan(
    community: Community,
    by: Persona,
    at: datetime,
    client_key: str,
    conversation: Conversation | None = None,
    **words: Any,
) -> Planned:
    mine = Planned.objects.filter(persona=by, community=community, client_key=client_key)
    earlier = mine.with_due().first()
    if earlier:
        if not _is_same(earlier, at, _kept(**words)):
            change(earlier, by=by, at=at, **words)
        return earlier
    place = conversation or community
    if drafting.was_said(place, by=by, client_key=client_key):
        raise Refused(_("This went out already."))
    require(planning_rules.may_plan_more(by))
    said = _checked(community, by, at, **words)
    planned = Planned.objects.create(
        persona=by, community=community, conversation=conversation, client_key=client_key, **said
    )
    _intend(planned, at, by)
    if conversation is None:
        # What was begun in the topic itself is other words than those of an answer for later.
        drafting.clear(place, by=by)
    return planned


def _is_same(planned: Planned, at: datetime, said: dict[str, Any]) -> bool:
    """Whether it waits for this moment, and says just this."""
    is_then = planned.due is not None and at <= planned.due < at + SPREAD
    return is_then and all(getattr(planned, name) == word for name, word in said.items())


def _checked(
    community: Community,
    by: Persona,
    at: datetime,
    *,
    asked: Asked | None = None,
    **words: Any,
) -> dict[str, Any]:
    """The words as they are kept, once nothing speaks against them today."""
    said = _kept(asked=asked, **words)
    require(rules.may_speak_as(by, community, said["voice"]))
    require(rules.can_be_said(said["source"], len(said["photos"])))
    require(poll_rules.can_be_asked(asked))
    require(planning_rules.can_be_due(at))
    using.require_waiting(said["photos"], by=by, community=community)
    return said


def _kept(
    *,
    source: str,
    title: str = "",
    voice: str = Voice.OWN,
    photos: Sequence[str] = (),
    tags: Sequence[str] = (),
    note: str = "",
    asked: Asked | None = None,
) -> dict[str, Any]:
    return {
        "title": title.strip()[:120],
        "source": source,
        "note": tidy_note(note),
        "voice": voice,
        "photos": list(photos),
        "tags": list(tags),
        "poll": asdict(asked) | {"options": list(asked.options)} if asked else {},
    }


def _intend(planned: Planned, at: datetime, by: Persona) -> None:
    # Somewhere in that minute: two selves of one person who speak at nine are seldom the
    # only two who do so in the same second. (Where nobody worked at nine, all come at once.)
    planned.due = at + timedelta(milliseconds=randbelow(SPREAD // timedelta(milliseconds=1)))
    intending.intend_at(SAYING_AS_PLANNED, planned.pk, planned.due, by=by)


def _drop_intention(planned: Planned, by: Persona) -> None:
    """Nothing is meant with it now; it may have been held back before."""
    intending.drop(SAYING_AS_PLANNED, subject=planned.pk, by=by)


def _delete(planned: Planned) -> None:
    if not Planned.objects.filter(pk=planned.pk).delete()[0]:
        raise posting.ChangedMeanwhile


def _write(planned: Planned, by: Persona, state: PostState) -> Post:
    said: dict[str, Any] = {
        "who": writing.alone(by), "source": planned.source, "note": planned.note,
        "voice": planned.voice,
        "client_key": planned.client_key, "photos": planned.photos, "asked": planned.asked,
        "state": state,
    }  # fmt: skip
    answered = _conversation(planned)
    if answered is not None:
        post, is_new = writing.answer(answered, **said)
        return post if is_new else _said_already()
    _topic, begun = writing.topic(planned.community, title=planned.title, tags=planned.tags, **said)
    return begun or _said_already()


def _said_already() -> Post:
    raise Refused(_("This went out already."))


def _conversation(planned: Planned) -> Conversation | None:
    """Where it answers by now, if that became part of another."""
    answered = planned.conversation
    while answered is not None and answered.merged_into is not None:
        answered = answered.merged_into
    return answered


def _pace_left(planned: Planned, by: Persona) -> timedelta | None:
    answered = _conversation(planned)
    if answered is None or not answered.slow_seconds:
        return None
    who = writing.alone(by)
    slowed = rules.may_reply(who, answered) and not rules.may_reply_now(who, answered)
    return timedelta(seconds=answered.slow_seconds) if slowed else None
