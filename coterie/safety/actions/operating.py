"""The operator decides: what was sent past the hosts, and what hosts may not do themselves.

An operator sees no persona of the anonymous voice either: the author is found inside
the act and named nowhere.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from coterie.communities.actions import hosting
from coterie.communities.models import Membership
from coterie.core.verdict import Refused, require
from coterie.personas.viewer import Viewer
from coterie.safety import rules
from coterie.safety.actions.deciding import BAN_WORDS, close, decided
from coterie.safety.models import Case, Decision, Outcome
from coterie.talk.actions import keeping_order


def carry_out(
    case: Case, outcome: str, *, by: Viewer, sentence: str = "", until: datetime | None = None
) -> Decision:
    """What the operator chose has happened."""
    if outcome == Outcome.WARNED:
        return warn(case, by=by, sentence=sentence)
    if outcome == Outcome.MEMBER_BANNED:
        return ban_member(case, by=by, sentence=sentence, until=until)
    acts = {
        Outcome.DISMISSED: dismiss,
        Outcome.POST_REMOVED: remove_post,
        Outcome.MEMBER_REMOVED: remove_member,
    }
    return acts[Outcome(outcome)](case, by=by, sentence=sentence)


@transaction.atomic
def dismiss(case: Case, *, by: Viewer, sentence: str = "") -> Decision:
    """No rule was broken."""
    return _act(case, by, Outcome.DISMISSED, sentence)


@transaction.atomic
def warn(case: Case, *, by: Viewer, sentence: str) -> Decision:
    """Whoever was reported reads a note."""
    if rules.membership_of(case) is None or not sentence.strip():
        raise Refused(rules.NOTHING.sentence)
    return _act(case, by, Outcome.WARNED, sentence)


@transaction.atomic
def remove_post(case: Case, *, by: Viewer, sentence: str = "") -> Decision:
    """The post is gone for everybody, and its author reads why."""
    made = _act(case, by, Outcome.POST_REMOVED, sentence)
    if case.post is None:
        raise Refused(rules.NOTHING.sentence)
    keeping_order.remove_post_for_all(case.post, by=by, sentence=sentence)
    return made


@transaction.atomic
def remove_member(case: Case, *, by: Viewer, sentence: str = "") -> Decision:
    """The author is no member any more; of the anonymous voice no page says who it was."""
    made = _act(case, by, Outcome.MEMBER_REMOVED, sentence)
    hosting.remove_for_the_operator(_seat(case), by=by)
    return made


@transaction.atomic
def ban_member(
    case: Case, *, by: Viewer, sentence: str = "", until: datetime | None = None
) -> Decision:
    """The author is out under any persona; of the anonymous voice no page says who it was."""
    made = _act(case, by, Outcome.MEMBER_BANNED, sentence, until)
    # Beside a name in the hosts' list of bans the words would tell whose post it was.
    words = "" if rules.is_nameless(case) else sentence[:BAN_WORDS]
    hosting.ban_for_the_operator(_seat(case), by=by, sentence=words, until=until)
    return made


def _act(
    case: Case, by: Viewer, outcome: str, sentence: str, until: datetime | None = None
) -> Decision:
    require(rules.may_operate(by, case))
    close(case)
    return decided(outcome, case, by=None, sentence=sentence, until=until)


def _seat(case: Case) -> Membership:
    membership = rules.membership_of(case)
    if membership is None:
        raise Refused(rules.NOTHING.sentence)
    return membership
