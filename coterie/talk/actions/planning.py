"""Words wait for a time that their author chose, and go out then, once, or stay with a reason.

Nothing of them is a post before: lists, counts, search and hosts have nothing to leave out.
Whoever changes what waits takes its `Intention` first and its row second, as the worker does.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import randbelow
from typing import NoReturn

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.models import Community
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.media.actions import using
from coterie.personas.actions import intending
from coterie.personas.models import Intention, Persona
from coterie.talk import planning_rules, rules
from coterie.talk.actions import drafting, holding, posting, sending, wording, writing
from coterie.talk.actions.wording import Worded
from coterie.talk.events import NotSent, Started
from coterie.talk.models import (
    SAYING_AS_PLANNED,
    Conversation,
    Planned,
    Post,
    PostState,
    Said,
)
from coterie.talk.models.planned import Words

SPREAD = timedelta(seconds=58)
"""How much later than its minute begins something may go out."""


def plan_topic(
    community: Community, said: Said, *, by: Persona, at: datetime, title: str, client_key: str
) -> Planned:
    """The topic waits until then, once however often it was sent, as it was sent last."""
    wording.sayable(said, community, at=community.path)
    with transaction.atomic():
        require(rules.may_start(by, community))
        return _plan(community, Planned.words_of(said, title), by, at, client_key)


def plan_answer(
    conversation: Conversation, said: Said, *, by: Persona, at: datetime, client_key: str
) -> Planned:
    """The answer waits until then, once however often it was sent, as it was sent last."""
    community = conversation.community
    wording.sayable(said, community, at=conversation.path)
    with transaction.atomic():
        require(planning_rules.may_answer_later(by, conversation))
        return _plan(community, Planned.words_of(said), by, at, client_key, conversation)


def change(
    planned: Planned,
    said: Said,
    *,
    by: Persona,
    at: datetime,
    title: str = "",
    opening: str = "",
) -> None:
    """It says this, and waits until then; what is still saved from the same form is no draft."""
    wording.sayable(said, planned.community, at=planned.path)
    with transaction.atomic():
        require(planning_rules.may_change(by, planned))
        words = Planned.words_of(said, title) | {"changed_from": opening}
        _change(planned, words, by, at)


def _change(planned: Planned, words: Words, by: Persona, at: datetime) -> None:
    _drop_intention(planned, by)
    photos = _held_photos(planned)
    _check(planned.community, words, by, at)
    using.require_free([each for each in words["photos"] if each not in photos], by=by)
    if not Planned.objects.filter(pk=planned.pk).update(**words, refusal=""):
        raise holding.ChangedMeanwhile
    using.discard_waiting([each for each in photos if each not in words["photos"]], by=by)
    drafting.clear(planned, by=by)
    _intend(planned, at, by)


def _held_photos(planned: Planned) -> list[str]:
    """What goes out with it by now; nobody else changes it until the transaction ends."""
    held = Planned.objects.select_for_update().filter(pk=planned.pk)
    photos = held.values_list("photos", flat=True).first()
    if photos is None:
        raise holding.ChangedMeanwhile
    return photos


def say_now(planned: Planned, *, by: Persona) -> Post:
    """It waits no longer: it goes out in seven seconds, as anything else that is sent."""
    worded = wording.worded(planned.said, planned.community)
    with transaction.atomic():
        require(planning_rules.may_change(by, planned))
        _drop_intention(planned, by)
        _delete(planned)
        post = _write(planned, worded, by, PostState.SCHEDULED)
        drafting.hand_on(planned, to=post, by=by)
        sending.schedule(post, writing.alone(by))
    return post


@transaction.atomic
def throw_away(planned: Planned, *, by: Persona) -> None:
    """It is never said, and its photos are gone."""
    require(planning_rules.may_change(by, planned))
    _drop_intention(planned, by)
    _delete(planned)
    using.discard_waiting(planned.photos, by=by)
    drafting.clear(planned, by=by)


@transaction.atomic
def carry_out(planned: Planned, worded: Worded, *, by: Persona) -> None:
    """What was worded of it before is out, or waits for a host: as rules and gates have it by now.

    Where hosts slowed a topic down since, it waits a little longer.
    """
    wait = _pace_left(planned, by)
    if wait:
        _intend(planned, timezone.now() + wait, by)
        return
    _delete(planned)
    post = _write(planned, worded, by, PostState.PUBLISHED)
    if planned.conversation_id is None:
        announce(Started(post.conversation_id))
    posting.let_out(post, writing.alone(by))
    drafting.hand_on(planned, to=post, by=by)


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
    words: Words,
    by: Persona,
    at: datetime,
    client_key: str,
    conversation: Conversation | None = None,
) -> Planned:
    mine = Planned.objects.filter(persona=by, community=community, client_key=client_key)
    earlier = mine.with_due().first()
    if earlier:
        if not _is_same(earlier, words, at):
            require(planning_rules.may_change(by, earlier))
            _change(earlier, words, by, at)
        return earlier
    place = conversation or community
    if drafting.was_sent(place, by=by, opening=client_key):
        raise Refused(_("This went out already."))
    require(planning_rules.may_plan_more(by))
    _check(community, words, by, at)
    using.require_free(words["photos"], by=by)
    planned = Planned.objects.create(
        persona=by, community=community, conversation=conversation, client_key=client_key, **words
    )
    _intend(planned, at, by)
    if conversation is None:
        # What was begun in the topic itself is other words than those of an answer for later.
        drafting.clear(place, by=by)
    return planned


def _is_same(planned: Planned, words: Words, at: datetime) -> bool:
    """Whether it waits for this moment, and says just this."""
    is_then = planned.due is not None and at <= planned.due < at + SPREAD
    return is_then and all(getattr(planned, name) == word for name, word in words.items())


def _check(community: Community, words: Words, by: Persona, at: datetime) -> None:
    """Nothing speaks against them today."""
    require(rules.may_speak_as(by, community, words["voice"]))
    require(planning_rules.can_be_due(at))
    using.require_waiting(words["photos"], by=by, community=community)


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
        raise holding.ChangedMeanwhile


def _write(planned: Planned, worded: Worded, by: Persona, state: PostState) -> Post:
    who, key = writing.alone(by), planned.client_key
    answered = _conversation(planned)
    if answered is not None:
        post, is_new = writing.answer(answered, worded, who=who, client_key=key, state=state)
        return post if is_new else _said_already()
    _topic, begun = writing.topic(
        planned.community, worded, who=who, title=planned.title, client_key=key, state=state
    )
    return begun or _said_already()


def _said_already() -> NoReturn:
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
