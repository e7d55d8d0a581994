"""Who may ask with options, vote, add to a poll and end it; beside `rules`, which is long."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from coterie.core.verdict import YES, Verdict
from coterie.talk import rules
from coterie.talk.models import MOST_OPTIONS, OPTION_LENGTH, Asked, Poll, PollKind, PostState
from coterie.talk.rules import Who


def can_be_asked(asked: Asked | None) -> Verdict:
    """It is no poll at all, or one that can be answered."""
    if asked is None:
        return YES
    if len(asked.options) < 2:
        return Verdict(_("A poll needs at least two options."))
    if len(asked.options) > MOST_OPTIONS:
        return Verdict(_("At most %(n)d options fit in a poll.") % {"n": MOST_OPTIONS})
    listed: list[str] = []
    for option in asked.options:
        verdict = can_be_listed(option, listed)
        if not verdict:
            return verdict
        listed.append(option)
    return YES


def can_be_listed(option: str, beside: Sequence[str]) -> Verdict:
    """It can stand as an option beside these."""
    if not option.strip():
        return Verdict(_("Write the option first."))
    if len(option) > OPTION_LENGTH:
        return Verdict(_("An option has at most %(n)d characters.") % {"n": OPTION_LENGTH})
    if option.casefold() in map(str.casefold, beside):
        return Verdict(_("“%(option)s” stands there twice.") % {"option": option})
    return YES


def may_vote(who: Who, poll: Poll) -> Verdict:
    """Answer a poll: whoever may answer the post with an emoji, while it is open."""
    verdict = rules.may_react(who, poll.post)
    return verdict if not verdict or poll.is_open else Verdict(_("This poll is closed."))


def can_be_chosen(poll: Poll, places: Sequence[int]) -> Verdict:
    """These options are there, each once, and not too many of them."""
    there = [place for place, option in enumerate(poll.options) if option]
    if not places:
        return Verdict(_("Choose something first."))
    if len(set(places)) < len(places) or not set(places) <= set(there):
        return Verdict(_("The options have changed. Look at them again."))
    if poll.kind == PollKind.ONE and len(places) > 1:
        return Verdict(_("Choose one of them."))
    if poll.kind == PollKind.SEVERAL and poll.most and len(places) > poll.most:
        return Verdict(_("Choose at most %(n)d of them.") % {"n": poll.most})
    return YES


def may_add_option(who: Who, poll: Poll) -> Verdict:
    """Put one more option on the list: everybody who votes, if whoever asked allowed it.

    Where a host reads first what is said, no option that nobody read stands there.
    """
    verdict = may_vote(who, poll)
    if verdict and rules.is_looked_at(who, poll.post.conversation.community):
        return Verdict(_("The options of this poll are fixed."))
    if verdict and not poll.grows and not rules.is_author(who, poll.post):
        return Verdict(_("The options of this poll are fixed."))
    if verdict and poll.is_full:
        return Verdict(_("At most %(n)d options fit in a poll.") % {"n": MOST_OPTIONS})
    return verdict


def may_end_poll(who: Who, poll: Poll) -> Verdict:
    """Close it before its time, or strike out an option: whoever asked, and the hosts."""
    if not rules.may_read(who, poll.post) or poll.post.state != PostState.PUBLISHED:
        return rules.NOTHING
    if not rules.is_author(who, poll.post):
        verdict = rules.keeps_order(who, poll.post.conversation.community)
        if not verdict:
            return verdict
    return YES if poll.is_open else Verdict(_("This poll is closed."))
