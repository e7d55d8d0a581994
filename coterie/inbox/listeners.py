"""What the inbox hears and whom it tells. Loads afresh; may run twice without harm."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone

from coterie.communities import events as communities
from coterie.communities import rules
from coterie.communities.models import Community, JoinRequest, Membership, Remark
from coterie.communities.models.belonging import Duty
from coterie.communities.reads import hidden_personas
from coterie.core.prepared import prepared
from coterie.inbox import events, reads
from coterie.inbox.actions import calling, notifying
from coterie.inbox.models import Notification
from coterie.live.telling import tell
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk import events as talk
from coterie.talk import reads as talk_reads
from coterie.talk import rules as talk_rules
from coterie.talk.models import Conversation, Draft, Planned, Post, PostState, Voice

AT_ONCE = 500


def call_at_once(event: events.Called) -> None:
    """What is urgent goes out now, if its person wants that; else when they do."""
    calling.call(event.notification_id, at=timezone.now())


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
        path=f"{seat.community.path}welcome/",
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


def tell_what_did_not_go_out(event: talk.NotSent) -> None:
    """Whose words were to go out by themselves learns that they wait, while they are there."""
    held = Planned.objects.select_related("persona", "community").exclude(refusal="")
    planned = held.filter(pk=event.planned_id).first()
    if planned is None or not rules.is_member(planned.persona, planned.community_id):
        return
    notifying.tell(
        planned.persona,
        kind="sent-back",
        community=planned.community,
        path=planned.path,
        key=f"not-sent:{planned.public_id}:{event.at}",
    )


def tell_who_was_answered(event: talk.Answered) -> None:
    """The author of what was answered learns it; without one, whoever began the conversation."""
    said = next(iter(_said(event.post_id)), None)
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
            post=said,
        )
        return
    notifying.tell(
        answered,
        kind="replied",
        community=topic.community,
        path=said.path,
        key=f"replied:{said.pk}",
        conversation=topic,
        post=said,
        facts={"voice": said.voice},
        actor=said.persona if said.voice == Voice.OWN else None,
    )


def tell_who_was_mentioned(event: talk.Mentioned) -> None:
    """Who is called by name in a post learns it, unless they learn already that it answers them."""
    said = next(iter(_said(event.post_id)), None)
    if said is None:
        return
    answered = said.reply_to.persona_id if said.reply_to else None
    for persona in talk_reads.mentioned(said):
        if persona.pk == answered or not _would_read(persona, said):
            continue
        notifying.tell(
            persona,
            kind="mentioned",
            community=said.conversation.community,
            path=said.path,
            key=f"mentioned:{said.pk}",
            conversation=said.conversation,
            post=said,
            facts={"voice": said.voice},
            actor=said.persona if said.voice == Voice.OWN else None,
        )


@prepared
def _said(post_id: int) -> Any:
    """The post, if it is out, with all who may hear of it."""
    out = Post.objects.filter(pk=post_id, state=PostState.PUBLISHED, brought=False)
    place = ("conversation__community__parent", "conversation__started_by")
    return out.select_related(*place, "persona", "reply_to__persona")


def unsay(event: talk.PostRemoved | talk.Retracted) -> None:
    """Nobody is told of an answer that is gone."""
    post = Post.objects.filter(pk=event.post_id).first()
    if post and not post.lives:
        notifying.unsay(post.path, kinds=("replied", "answered", "mentioned", "followed"))


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


def tell_everybody(event: talk.Announced) -> None:
    """Every member who may read it is asked to, and each is called as they want."""
    found = Conversation.objects.select_related("community").filter(pk=event.conversation_id)
    topic = found.exclude(announced_at=None).first()
    if topic is None:
        return
    members = list(reads.asked_to_read(topic, by_id=event.by_id))
    for start in range(0, len(members), AT_ONCE):
        notifying.tell_all(
            members[start : start + AT_ONCE],
            kind="announced",
            community=topic.community,
            path=topic.path,
            key=f"announced:{topic.pk}",
            conversation=topic,
            post=Post.objects.filter(conversation=topic, seq=1).first(),
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
    reader = Viewer((persona,), persona)
    if not talk_rules.may_read(reader, post):
        return False
    if post.voice != Voice.OWN:
        return True  # silence about another voice would tell whose it is
    return post.persona_id not in hidden_personas(reader, post.conversation.community)


def _ended(membership_id: int) -> Membership | None:
    gone = Membership.objects.exclude(state=Membership.State.LIVING).filter(pk=membership_id)
    return gone.select_related("community", "persona").first()
