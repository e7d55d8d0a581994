"""Whom safety tells. Loads afresh; may run twice without harm."""

from __future__ import annotations

from coterie.communities.models import Community, Membership
from coterie.inbox.actions import notifying
from coterie.inbox.reads import on_duty
from coterie.personas.models import Persona
from coterie.safety import events, rules
from coterie.safety.actions import alerting, deciding
from coterie.safety.models import Case, Decision, Outcome, Report
from coterie.talk import events as talk
from coterie.talk.models import Post, PostState

TOLD_AS = {
    Outcome.WARNED: "note",
    Outcome.POST_REMOVED: "post-removed",
    Outcome.MEMBER_REMOVED: "removed",
    Outcome.MEMBER_BANNED: "banned",
}


def tell_hosts_of_reports(
    event: events.Reported | events.CaseClosed | events.OperatorAsked,
) -> None:
    """Each host who may judge sees how many cases wait for them."""
    case = Case.objects.filter(pk=event.case_id).select_related("community").first()
    if case:
        count_reports(case.community)


def settle_reports(event: talk.PostRemoved) -> None:
    """What was reported about the post is settled, whichever way it went."""
    deciding.settle(event.post_id)


def tell_operators(event: events.Reported | events.OperatorAsked) -> None:
    """Operators hear that something waits; what came within the hour, with the next mail."""
    alerting.alert_operators()


def warn_the_nameless(event: events.OperatorAsked) -> None:
    """Whoever spoke anonymously is told beforehand that a removal or a ban would show."""
    case = (
        Case.objects.filter(pk=event.case_id).select_related("community", "post__persona").first()
    )
    if case and case.post and case.post.persona and rules.is_nameless(case):
        notifying.tell(
            case.post.persona,
            kind="operator-asked",
            community=case.community,
            path=case.post.path,
            key=f"operator-asked:{case.pk}",
        )


def tell_reporters(event: events.CaseClosed) -> None:
    """Everybody who reported hears that somebody looked; not what was done, or to whom."""
    reports = Report.objects.filter(case=event.case_id, reporter__isnull=False)
    for report in reports.select_related("reporter", "case__community"):
        if report.reporter:
            notifying.tell(
                report.reporter,
                kind="report-closed",
                community=report.case.community,
                key=f"report-closed:{report.case_id}",
            )


def tell_whom_it_concerns(event: events.Decided) -> None:
    """Whoever was decided about reads the rule and the words, signed by the hosts."""
    made = (
        Decision.objects.filter(pk=event.decision_id)
        .select_related("community", "rule", "subject", "post__persona")
        .first()
    )
    if made is None or made.outcome not in TOLD_AS:
        return
    persona = made.subject or (made.post.persona if made.post else None)
    if persona is None:
        return
    never_out = made.outcome == Outcome.POST_REMOVED and made.post and not made.post.published_at
    rule = {"rule": made.rule.text} if made.rule else {}
    sentence = {"sentence": made.sentence} if made.sentence else {}
    notifying.tell(
        persona,
        kind="held-back" if never_out else TOLD_AS[Outcome(made.outcome)],
        community=made.community,
        path=made.path,
        key=f"decided:{made.pk}",
        facts={**sentence, **rule, "signed": "hosts" if made.by_id else "operator"},
    )


def tell_who_waited(event: talk.LetOut) -> None:
    """The author knows that everybody can read it now."""
    post = Post.objects.select_related("conversation__community", "persona")
    out = post.filter(pk=event.post_id, state=PostState.PUBLISHED).first()
    if out and out.persona:
        notifying.tell(
            out.persona,
            kind="published",
            community=out.conversation.community,
            path=out.path,
            conversation=out.conversation,
            key=f"published:{out.pk}",
        )


def tell_hosts_what_waits(
    event: talk.HeldBack | talk.PostRemoved | talk.Retracted | talk.LetOut,
) -> None:
    """Hosts see how many posts wait for one of them."""
    post = Post.objects.filter(pk=event.post_id).select_related("conversation__community").first()
    if post:
        count_held(post.conversation.community)


def count_reports(community: Community) -> None:
    """Every host has the true number of cases that they may judge."""
    for persona in on_duty(community, Membership.Duty.TALK):
        cases = Case.objects.open().judged_by(persona).filter(community=community)
        _say_how_many(persona, community, "reported", list(cases.values_list("pk", flat=True)))


def count_held(community: Community) -> None:
    """Every host has the true number of posts that wait."""
    held = Post.objects.filter(conversation__community=community, state=PostState.HELD)
    waiting = list(held.values_list("pk", flat=True))
    for persona in on_duty(community, Membership.Duty.TALK):
        _say_how_many(persona, community, "held", waiting)


def _say_how_many(persona: Persona, community: Community, kind: str, waiting: list[int]) -> None:
    if not waiting:
        notifying.forget([persona], kind=kind, community=community)
        return
    notifying.tell_again(
        persona,
        kind=kind,
        community=community,
        path=f"{community.path}reports/",
        key=f"{kind}:{community.pk}",
        latest=max(waiting),
        facts={"count": len(waiting)},
    )
