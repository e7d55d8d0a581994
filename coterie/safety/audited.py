"""What the log says of each audited event. config/wiring.py lists them.

Each is asked inside the event's transaction and loads what it needs afresh. The
anonymous voice, the reporter and the asker's answers are in no fact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coterie.communities import events as communities
from coterie.communities.models import Ban, JoinRequest, Membership
from coterie.gatherings import events as gatherings
from coterie.gatherings.models import Convener, Gathering
from coterie.safety import events
from coterie.safety.audit import Fact
from coterie.safety.consequences import unlogged, unlogged_sanction
from coterie.safety.models import Case, Decision, Outcome
from coterie.talk import events as talk
from coterie.talk.models import Conversation, Post, Voice


def plainly(kind: str) -> Callable[[Any], Fact]:
    """For events that say no more than which community and who."""
    return lambda event: Fact(event.community_id, kind, event.by_id)


def reshaped(event: communities.Reshaped) -> Fact:
    kind = "narrowed" if event.narrowed else "taught" if event.taught else "reshaped"
    return Fact(event.community_id, kind, event.by_id)


def orphaned(event: communities.Orphaned) -> Fact:
    return Fact(event.community_id, "orphaned")


def admitted(event: communities.Admitted) -> Fact:
    seat = _seat(event.membership_id)
    kind = "admitted" if event.by_id != seat.persona_id else "came-in"
    return Fact(seat.community_id, kind, event.by_id, seat.persona_id)


def turned_away(event: communities.TurnedAway) -> Fact:
    asked = JoinRequest.objects.get(pk=event.join_request_id)
    return Fact(
        asked.community_id, "turned-away", event.by_id, asked.persona_id, sentence=asked.sentence
    )


def removed(event: communities.Removed) -> Fact:
    seat = _seat(event.membership_id)
    made = unlogged_sanction(Outcome.MEMBER_REMOVED, seat.community_id, seat.persona_id)
    return _sanction("member-removed", made, seat.community_id, event.by_id, seat.persona_id)


def banned(event: communities.Banned) -> Fact:
    ban = Ban.objects.get(pk=event.ban_id)
    made = unlogged_sanction(Outcome.MEMBER_BANNED, ban.community_id, ban.persona_id)
    return _sanction("member-banned", made, ban.community_id, event.by_id, ban.persona_id)


def ban_lifted(event: communities.BanLifted) -> Fact:
    ban = Ban.objects.get(pk=event.ban_id)
    return Fact(ban.community_id, "ban-lifted", event.by_id or None, _named(ban))


def role_changed(event: communities.RoleChanged) -> Fact:
    seat = _seat(event.membership_id)
    return Fact(seat.community_id, f"made-{seat.role}", event.by_id, seat.persona_id)


def handed_over(event: communities.HandedOver) -> Fact:
    seat = _seat(event.membership_id)
    return Fact(seat.community_id, "handed-over", event.by_id, seat.persona_id)


def post_removed(event: talk.PostRemoved) -> Fact:
    post = _post(event.post_id)
    why = _reasons(unlogged(Outcome.POST_REMOVED, post=post))
    return Fact(
        post.conversation.community_id, "post-removed", event.by_id or None, _author(post), *why
    )


def post_restored(event: talk.PostRestored) -> Fact:
    post = _post(event.post_id)
    return Fact(post.conversation.community_id, "post-restored", event.by_id, _author(post))


def noted(event: talk.Noted) -> Fact:
    post = _post(event.post_id)
    kind = "noted" if post.hosts_note else "note-taken-away"
    community = post.conversation.community_id
    return Fact(community, kind, event.by_id, _author(post), sentence=post.hosts_note)


def locked(event: talk.Locked) -> Fact:
    talked = Conversation.objects.get(pk=event.conversation_id)
    why = _reasons(unlogged(Outcome.LOCKED, post__conversation=talked))
    return Fact(talked.community_id, "locked", event.by_id, None, *why)


def of_a_talk(kind: str) -> Callable[[Any], Fact]:
    """For what hosts did to a conversation, and no more."""

    def told(event: Any) -> Fact:
        talked = Conversation.objects.get(pk=event.conversation_id)
        return Fact(talked.community_id, kind, event.by_id)

    return told


def rearranged(event: gatherings.Rearranged) -> Fact | None:
    return _of_gathering("rearranged", event)


def called_off(event: gatherings.CalledOff) -> Fact | None:
    return _of_gathering("called-off", event)


def _of_gathering(kind: str, event: gatherings.Rearranged | gatherings.CalledOff) -> Fact | None:
    """Only what hosts do to what somebody else calls together."""
    gathering = Gathering.objects.select_related("conversation").get(pk=event.gathering_id)
    conveners = Convener.objects.filter(gathering=gathering).order_by("pk")
    personas = list(conveners.values_list("persona", flat=True))
    if not personas or event.by_id in personas:
        return None
    return Fact(gathering.conversation.community_id, kind, event.by_id, personas[0])


def convener_dropped(event: gatherings.ConvenerDropped) -> Fact | None:
    """Nothing of who stepped back themselves."""
    if event.by_id == event.persona_id:
        return None
    gathering = Gathering.objects.select_related("conversation").get(pk=event.gathering_id)
    community = gathering.conversation.community_id
    return Fact(community, "convener-dropped", event.by_id, event.persona_id)


def decided(event: events.Decided) -> Fact | None:
    """Only what no other event tells: a note, and a report that led to nothing."""
    made = Decision.objects.select_related("rule").get(pk=event.decision_id)
    if made.outcome not in (Outcome.WARNED, Outcome.DISMISSED):
        return None
    return Fact(
        made.community_id,
        made.outcome,
        made.by_id,
        made.subject_id,
        sentence=made.sentence,
        rule=made.rule.text if made.rule else "",
    )


def operator_asked(event: events.OperatorAsked) -> Fact:
    case = Case.objects.get(pk=event.case_id)
    return Fact(case.community_id, "operator-asked", event.by_id)


def _sanction(
    kind: str, made: Decision | None, community_id: int, by_id: int, subject_id: int | None
) -> Fact:
    sentence, rule = _reasons(made)
    if made and made.subject_id is None:
        # The anonymous voice: beside a name the words would tell whose post it was.
        return Fact(community_id, kind, by_id or None, rule=rule)
    return Fact(community_id, kind, by_id or None, subject_id, sentence, rule)


def _reasons(made: Decision | None) -> tuple[str, str]:
    """Words and rule of the decision that is carried out; it gets this one entry only."""
    if made is None:
        return "", ""
    Decision.objects.filter(pk=made.pk).update(is_logged=True)
    return made.sentence, made.rule.text if made.rule else ""


def _named(ban: Ban) -> int | None:
    """Whom a ban is about; nobody where the operator's was over an anonymous post."""
    if not ban.by_operator:
        return ban.persona_id
    named = Decision.objects.filter(community=ban.community_id, subject=ban.persona_id)
    return ban.persona_id if named.filter(outcome=Outcome.MEMBER_BANNED).exists() else None


def _seat(membership_id: int) -> Membership:
    return Membership.objects.get(pk=membership_id)


def _post(post_id: int) -> Post:
    return Post.objects.select_related("conversation").get(pk=post_id)


def _author(post: Post) -> int | None:
    return None if post.voice == Voice.MEMBER else post.persona_id
