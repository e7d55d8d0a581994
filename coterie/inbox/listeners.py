"""What the inbox hears and whom it tells. Loads afresh; may run twice without harm."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Max, When

from coterie.communities import events as communities
from coterie.communities import rules
from coterie.communities.models import Community, JoinRequest, Membership, Remark
from coterie.communities.models.belonging import Duty
from coterie.communities.reads import hidden_personas
from coterie.core.prepared import prepared
from coterie.inbox import events, reads
from coterie.inbox.actions import mailing, notifying
from coterie.inbox.models import Notification
from coterie.live.telling import tell
from coterie.personas.models import Persona
from coterie.talk import events as talk
from coterie.talk.models import Conversation, Draft, Post, PostState, Voice


def mail_what_is_due(event: events.Told) -> None:
    mailing.mail_once(event.notification_id)


def tell_open_pages(event: events.Told) -> None:
    """The persona's own open pages look again."""
    row = Notification.objects.filter(pk=event.notification_id)
    for public_id in row.values_list("persona__public_id", flat=True):
        tell(f"persona/{public_id}")


def tell_hosts_who_waits(
    event: communities.AskedToJoin | communities.Withdrawn | communities.TurnedAway,
) -> None:
    """Hosts with the door duty see how many wait, or nothing when nobody does."""
    asked = JoinRequest.objects.filter(pk=event.join_request_id).select_related("community").first()
    if asked:
        count_who_waits(asked.community)


def welcome(event: communities.Admitted) -> None:
    """Who asked and was let in learns it; hosts see one less waiting."""
    seat = (
        Membership.objects.filter(pk=event.membership_id)
        .select_related("community", "persona")
        .first()
    )
    if seat is None:
        return
    count_who_waits(seat.community)
    asked = JoinRequest.objects.filter(
        community=seat.community, persona=seat.persona, state=JoinRequest.State.ADMITTED
    )
    if event.by_id == seat.persona_id or not asked.exists():
        return
    notifying.tell(
        seat.persona,
        kind="admitted",
        community=seat.community,
        path=seat.community.path,
        key=f"admitted:{seat.pk}:{seat.joined_at.isoformat()}",
    )


def tell_who_was_turned_away(event: communities.TurnedAway) -> None:
    """The asker reads the hosts' sentence, and no host's name."""
    asked = (
        JoinRequest.objects.filter(pk=event.join_request_id, state=JoinRequest.State.DECLINED)
        .select_related("community", "persona")
        .first()
    )
    if asked is None:
        return
    notifying.tell(
        asked.persona,
        kind="declined",
        community=asked.community,
        facts={"sentence": asked.sentence} if asked.sentence else {},
        key=f"declined:{asked.pk}",
        known_as=asked.known_as,
    )


def tell_who_was_asked_back(event: communities.AskedBack) -> None:
    """The asker reads what the hosts ask, and no host's name."""
    asked = _remark(event.remark_id)
    if asked and asked.join_request.state == JoinRequest.State.PENDING:
        notifying.tell(
            asked.join_request.persona,
            kind="asked-back",
            community=asked.join_request.community,
            path=asked.join_request.path,
            facts={"sentence": asked.text},
            key=f"asked-back:{asked.pk}",
            known_as=asked.join_request.known_as,
        )


def tell_hosts_of_the_answer(event: communities.AnsweredBack) -> None:
    """Every host at the door learns that there is more to decide on."""
    answer = _remark(event.remark_id)
    if answer is None or answer.join_request.state != JoinRequest.State.PENDING:
        return
    community = answer.join_request.community
    for persona in reads.on_duty(community, Duty.DOOR):
        notifying.tell(
            persona,
            kind="answered-back",
            community=community,
            path=f"{community.path}join-requests/{answer.join_request.public_id}/",
            key=f"answered-back:{answer.pk}",
            actor=answer.join_request.persona,
        )


def _remark(remark_id: int) -> Remark | None:
    rows = Remark.objects.select_related("join_request__community", "join_request__persona")
    return rows.filter(pk=remark_id).first()


def tell_whose_words_came_back(event: talk.SentBack) -> None:
    """Who has gone on learns that it did not go out, while they may still go there."""
    drafts = Draft.objects.select_related("persona", "community")
    draft = drafts.exclude(refusal="").filter(pk=event.draft_id).first()
    if draft is None or not rules.is_member(draft.persona, draft.community_id):
        return
    topic = Conversation.objects.filter(public_id=draft.place).first()
    notifying.tell(
        draft.persona,
        kind="sent-back",
        community=draft.community,
        path=f"{topic.path}#say" if topic else f"{draft.community.path}topics/new/",
        key=f"sent-back:{draft.pk}",
        conversation=topic,
    )


def tell_who_was_answered(event: talk.Posted) -> None:
    """The author of what was answered learns it; without one, whoever began the conversation."""
    if not any(_answered(event.post_id)):
        return
    post = Post.objects.select_related("conversation__community", "persona", "reply_to__persona")
    said = post.filter(pk=event.post_id, state=PostState.PUBLISHED, brought=False).first()
    if said is None:
        return
    answered = said.reply_to.persona if said.reply_to else said.conversation.started_by
    if answered is None or answered.pk == said.persona_id or not _would_read(answered, said):
        return
    topic = said.conversation
    if said.reply_to is None:
        notifying.tell_again(
            answered,
            kind="answered",
            community=topic.community,
            path=said.path,
            key=f"answered:{topic.pk}",
            latest=said.pk,
            conversation=topic,
        )
        return
    notifying.tell(
        answered,
        kind="replied",
        community=topic.community,
        path=said.path,
        key=f"replied:{said.pk}",
        conversation=topic,
        facts={"voice": said.voice},
        actor=said.persona if said.voice == Voice.OWN else None,
    )


@prepared
def _answered(post_id: int) -> Any:
    """Whether there is anybody to tell; most words in a room answer nobody."""
    author, starter = F("reply_to__persona"), F("conversation__started_by")
    answered = Case(When(reply_to=None, then=starter), default=author)
    found = Post.objects.filter(pk=post_id).annotate(answered=answered)
    return found.exclude(persona=F("answered")).values_list("answered", flat=True)


def unsay(event: talk.PostRemoved | talk.Retracted) -> None:
    """Nobody is told of an answer that is gone."""
    post = Post.objects.filter(pk=event.post_id).first()
    if post and not post.lives:
        notifying.unsay(post.path, kinds=("replied", "answered"))


def tell_members_of_the_empty_chair(event: communities.Orphaned) -> None:
    """All members learn that nobody hosts any more."""
    community = Community.objects.filter(pk=event.community_id).first()
    if community is None or community.orphaned_at is None:
        return
    seats = Membership.objects.living().filter(community=community)
    notifying.tell_all(
        seats.values_list("persona_id", flat=True),
        kind="orphaned",
        community=community,
        path=community.path,
        key=f"orphaned:{community.pk}:{community.orphaned_at:%Y%m%d%H%M%S}",
    )


def clear_after_leaving(
    event: communities.Left | communities.Removed | communities.Banned,
) -> None:
    """Who is no longer there hears nothing more from there, but why they are not."""
    seat = _ended(event.membership_id)
    if seat:
        notifying.leave_alone(seat.persona, community=seat.community)


def count_who_waits(community: Community) -> None:
    """Every host at the door has the true number of waiting people."""
    waiting = JoinRequest.objects.pending().filter(community=community)
    notifying.tell_waiting(
        reads.on_duty(community, Duty.DOOR),
        kind="asked",
        community=community,
        path=f"{community.path}join-requests/",
        count=waiting.count(),
        latest=waiting.aggregate(latest=Max("pk"))["latest"] or 0,
    )


def _would_read(persona: Persona, post: Post) -> bool:
    if not Post.objects.visible_to(persona).filter(pk=post.pk).exists():
        return False
    if post.voice != Voice.OWN:
        return True  # silence about another voice would tell whose it is
    return post.persona_id not in hidden_personas(persona, post.conversation.community)


def _ended(membership_id: int) -> Membership | None:
    gone = Membership.objects.exclude(state=Membership.State.LIVING).filter(pk=membership_id)
    return gone.select_related("community", "persona").first()
