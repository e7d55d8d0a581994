"""Hosts decide: each act has a decision with its rule and words, and closes the case it answers.

The acts themselves are those of talk and communities; what follows from their events
(consequences.py) finds the decision made here.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities.actions import hosting
from coterie.communities.models import Community, Membership, Rule
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.safety import rules
from coterie.safety.events import CaseClosed, Decided
from coterie.safety.models import Case, Decision, Desk, Outcome
from coterie.talk.actions import keeping_order
from coterie.talk.models import Post, PostState

BAN_WORDS = 300
"""What fits on a ban; the decision beside it has all."""


def carry_out(
    case: Case,
    outcome: str,
    *,
    by: Persona,
    rule: Rule | None = None,
    sentence: str = "",
    until: datetime | None = None,
) -> Decision:
    """What was chosen has happened."""
    if outcome == Outcome.DISMISSED:
        return dismiss(case, by=by, sentence=sentence)
    if outcome == Outcome.WARNED:
        return warn(case, by=by, rule=rule, sentence=sentence)
    if outcome == Outcome.MEMBER_BANNED:
        return ban_member(case, by=by, rule=rule, sentence=sentence, until=until)
    acts = {
        Outcome.POST_REMOVED: remove_post,
        Outcome.LOCKED: lock_conversation,
        Outcome.MEMBER_REMOVED: remove_member,
    }
    return acts[Outcome(outcome)](case, by=by, rule=rule, sentence=sentence)


@transaction.atomic
def dismiss(case: Case, *, by: Persona, sentence: str = "") -> Decision:
    """No rule was broken; whoever was reported never hears of it."""
    require(rules.may_judge(by, case))
    close(case)
    return decided(Outcome.DISMISSED, case, by=by, sentence=sentence)


@transaction.atomic
def warn(case: Case, *, by: Persona, rule: Rule | None = None, sentence: str) -> Decision:
    """Whoever was reported reads a note from the hosts, and nothing else happens."""
    require(rules.may_judge(by, case))
    _require_words(sentence)
    if rules.membership_of(case) is None:
        raise Refused(_("There is nobody to write to."))
    close(case)
    return decided(Outcome.WARNED, case, by=by, rule=rule, sentence=sentence)


@transaction.atomic
def remove_post(
    case: Case, *, by: Persona, rule: Rule | None = None, sentence: str = ""
) -> Decision:
    """The post is gone for everybody, and its author reads why."""
    require(rules.may_judge(by, case))
    post = _living_post(case)
    close(case)
    made = decided(Outcome.POST_REMOVED, case, by=by, rule=rule, sentence=sentence)
    keeping_order.remove_post(post, by=by, rule=rule, sentence=sentence)
    return made


@transaction.atomic
def lock_conversation(
    case: Case, *, by: Persona, rule: Rule | None = None, sentence: str = ""
) -> Decision:
    """Nobody but hosts adds to the conversation; the post stays."""
    require(rules.may_judge(by, case))
    if case.post is None:
        raise Refused(_("There is no conversation to lock."))
    if case.post.conversation.locked_at:
        raise Refused(_("The conversation is locked already."))
    close(case)
    made = decided(Outcome.LOCKED, case, by=by, rule=rule, sentence=sentence)
    keeping_order.lock(case.post.conversation, by=by)
    return made


@transaction.atomic
def remove_member(
    case: Case, *, by: Persona, rule: Rule | None = None, sentence: str = ""
) -> Decision:
    """The author is no member any more and reads why; they may ask to come back."""
    membership = _sanctioned(case, by)
    close(case)
    made = decided(Outcome.MEMBER_REMOVED, case, by=by, rule=rule, sentence=sentence)
    hosting.remove(membership, by=by)
    return made


@transaction.atomic
def ban_member(
    case: Case,
    *,
    by: Persona,
    rule: Rule | None = None,
    sentence: str = "",
    until: datetime | None = None,
) -> Decision:
    """The author is out, under whatever persona they return, and reads why."""
    membership = _sanctioned(case, by)
    close(case)
    made = decided(Outcome.MEMBER_BANNED, case, by=by, rule=rule, sentence=sentence, until=until)
    hosting.ban(membership, by=by, sentence=sentence[:BAN_WORDS], until=until)
    return made


@transaction.atomic
def close(case: Case) -> None:
    """The case is closed, once: of two hosts the second is told."""
    if not Case.objects.open().filter(pk=case.pk).update(closed_at=timezone.now()):
        raise Refused(_("Somebody else decided already."))
    announce(CaseClosed(case.pk))


@transaction.atomic
def settle(post_id: int) -> None:
    """Of a post that is removed nothing that was reported to the hosts waits for them any more."""
    reported = Case.objects.open().filter(post=post_id, post__state=PostState.REMOVED)
    for case in reported.filter(desk=Desk.HOSTS).order_by("pk"):
        if Case.objects.open().filter(pk=case.pk).update(closed_at=timezone.now()):
            announce(CaseClosed(case.pk))


@transaction.atomic
def decided(
    outcome: str,
    case: Case,
    *,
    by: Persona | None,
    rule: Rule | None = None,
    sentence: str = "",
    until: datetime | None = None,
) -> Decision:
    """There is a decision about the case, and its subject will read it."""
    made = Decision.objects.create(
        community=case.community,
        case=case,
        outcome=outcome,
        post=case.post,
        subject=_subject_of(case, outcome),
        rule=_own(rule, case.community),
        sentence=sentence.strip()[:500],
        by=by,
        until=until,
        is_logged=outcome in (Outcome.DISMISSED, Outcome.WARNED),
    )
    announce(Decided(made.pk))
    return made


def _sanctioned(case: Case, by: Persona) -> Membership:
    require(rules.may_judge(by, case))
    require(rules.may_sanction_openly(case))
    membership = rules.membership_of(case)
    if membership is None:
        raise Refused(rules.NOTHING.sentence)
    return membership


def _living_post(case: Case) -> Post:
    if case.post is None or not case.post.lives:
        raise Refused(_("The post is gone already."))
    return case.post


def _require_words(sentence: str) -> None:
    if not sentence.strip():
        raise Refused(_("Write what they should know."))


def _subject_of(case: Case, outcome: str) -> Persona | None:
    # What led to nothing stands against nobody; the anonymous voice is nobody.
    if outcome == Outcome.DISMISSED or rules.is_nameless(case):
        return None
    seat = rules.membership_of(case)
    return seat.persona if seat else None


def _own(rule: Rule | None, community: Community) -> Rule | None:
    return rule if rule and rule.community_id == community.pk else None
