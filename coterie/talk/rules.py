"""Who may read, say and change what. `may_see` and `may_read` are pairs of `visible_to`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.models import (
    Block,
    CircleMember,
    Community,
    Membership,
    PostedBy,
    SeenBy,
    TaggedBy,
)
from coterie.core.verdict import YES, Verdict
from coterie.media.rules import MOST_TOGETHER
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, ids_of
from coterie.pure.markup import MAX_SOURCE, is_blank
from coterie.talk.emoji import is_emoji
from coterie.talk.mentions import MOST
from coterie.talk.models import Conversation, Kind, Post, PostState, Voice
from coterie.talk.paces import spoken_pace

type Who = Viewer | Persona | None

NOTHING = communities.NOTHING
KINDS_OF_REACTIONS = 20

PHOTOS = "talk.post"
"""The guard of pictures that belong to a post."""
MOST_PHOTOS = MOST_TOGETHER

POST_GATE = "talk.post"
"""Asked with a post that is written but not out; may hold it."""
EDIT_GATE = "talk.edit"
"""Asked with a post that carries its new words; a hold counts as a refusal."""


def keeps_order(who: Who, community: Community) -> Verdict:
    """Carries the duty of talk: reads what waits, removes, locks, pins."""
    return communities.has_duty(who, community, Membership.Duty.TALK)


def may_see(who: Who, conversation: Conversation) -> Verdict:
    """Read this conversation."""
    if conversation.arriving:
        return NOTHING
    begun = conversation.last_seq or conversation.kind == Kind.ROOM
    if not begun and not _in_the_making(who, conversation):
        return NOTHING
    if conversation.circle_id and not _in_circle(who, conversation):
        return NOTHING
    open_to_all = conversation.see == SeenBy.EVERYONE
    return YES if open_to_all or _is_in_time(who, conversation) else NOTHING


def reads_from(who: Who, conversation: Conversation) -> datetime | None:
    """From when on whoever may see this room reads what is said in it; None: from its beginning.

    Of everything else that is started all is read, or nothing.
    """
    open_to_all = conversation.kind != Kind.ROOM or conversation.see == SeenBy.EVERYONE
    if open_to_all or _is_shared_with(who, conversation):
        return None
    moments = [place.history_from for place in _counting_seats(who, conversation)]
    late = [moment for moment in moments if moment and moment > conversation.started_at]
    return min(late) if late and len(late) == len(moments) else None


def _in_the_making(who: Who, conversation: Conversation) -> bool:
    place = communities.seat(who, conversation.community)
    starts = place is not None and conversation.started_by_id in ids_of(who)
    if not starts and not keeps_order(who, conversation.community):
        return False
    return conversation.posts.filter(state__in=Post.SAID if starts else Post.LIVING).exists()


def _in_circle(who: Who, conversation: Conversation) -> bool:
    seats = [place.pk for place in communities.seats(who).values()]
    members = CircleMember.objects.filter(circle=conversation.circle)
    return members.filter(membership__in=seats).exists()


def came_late(who: Who, community: Community) -> datetime | None:
    """The moment that this person's history begins at here, or above; None: all that is here."""
    seats = communities.seats(who)
    places = [seats.get(community.pk), seats.get(community.parent_id or 0)]
    moments = [place.history_from for place in places if place]
    late = [moment for moment in moments if moment]
    return min(late) if late and len(late) == len(moments) else None


def _is_in_time(who: Who, conversation: Conversation) -> bool:
    """Whether a seat here, or above where that counts, reaches back to its beginning.

    Into a room every seat reaches, as far as `reads_from` says.
    """
    if _is_shared_with(who, conversation):
        return True
    seats = _counting_seats(who, conversation)
    if conversation.kind == Kind.ROOM:
        return bool(seats)
    moments = [place.history_from for place in seats]
    return any(not since or since <= conversation.started_at for since in moments)


def _is_shared_with(who: Who, conversation: Conversation) -> bool:
    return conversation.history_shared and communities.is_member(who, conversation.community_id)


def _counting_seats(who: Who, conversation: Conversation) -> list[Membership]:
    """The seat here, and the one above where members of the parent read along."""
    seats = communities.seats(who)
    counting = [seats.get(conversation.community_id)]
    above = seats.get(conversation.community.parent_id or 0)
    if above and conversation.see == SeenBy.PARENT:
        counting.append(above if communities.sees_from_above(who, conversation.community) else None)
    return [place for place in counting if place]


def may_read(who: Who, post: Post) -> Verdict:
    """Read this post: of those without seq only what is one's own to read."""
    if not may_see(who, post.conversation):
        return NOTHING
    since = reads_from(who, post.conversation)
    if since and post.said_at < since:
        return NOTHING
    if post.seq is not None:
        return YES
    ids, community = ids_of(who), post.conversation.community
    if post.state not in Post.SAID or communities.seat(who, community) is None:
        return NOTHING
    kept = post.lives and bool(keeps_order(who, community))
    answered = post.aside_with_id in ids and post.state == PostState.PUBLISHED
    return YES if post.persona_id in ids or kept or answered else NOTHING


def may_start(who: Who, community: Community, kind: Kind = Kind.TOPIC) -> Verdict:
    """Start a topic here, or something else that begins with a post."""
    verdict = communities.may_post(who, community)
    if verdict and kind == Kind.TOPIC and not community.topics:
        return Verdict(_("Topics are switched off here."))
    if verdict and kind == Kind.GATHERING and not community.gatherings:
        return Verdict(_("Gatherings are switched off here."))
    return verdict


def may_bring_tags(who: Who, community: Community) -> Verdict:
    """Put a word on a topic that the hosts do not offer."""
    if community.tagged_by == TaggedBy.MEMBERS or keeps_order(who, community):
        return communities.may_post(who, community)
    return Verdict(_("Here the hosts say which tags there are. Choose among theirs."))


def may_reply(who: Who, conversation: Conversation) -> Verdict:
    """Say something in this conversation."""
    community = conversation.community
    if not may_see(who, conversation):
        return NOTHING
    if conversation.archived_at:
        return Verdict(_("This topic is archived. It can be read, not answered."))
    if conversation.locked_at and not keeps_order(who, community):
        return Verdict(_locked(conversation))
    if conversation.kind == Kind.ROOM and not community.chat:
        return Verdict(_("Rooms are switched off here. What was said stays readable."))
    if conversation.kind == Kind.GATHERING and not community.gatherings:
        return Verdict(_("Gatherings are switched off here. What was said stays readable."))
    verdict = communities.may_post(who, community)
    if not verdict and answers_aside(who, community):
        return may_take_part(who, community)
    return verdict


def _locked(conversation: Conversation) -> str:
    if conversation.kind == Kind.ROOM:
        return _("This room is locked. It can be read, not written in.")
    return _("This topic is locked. It can be read, not answered.")


def may_reply_now(who: Who, conversation: Conversation) -> Verdict:
    """The same, and not too soon after one's last words where hosts slowed it down.

    Asked once the conversation is held, so that two clicks do not both come first.
    """
    verdict = may_reply(who, conversation)
    if not verdict or not conversation.slow_seconds or keeps_order(who, conversation.community):
        return verdict
    mine = Post.objects.filter(persona__in=ids_of(who), conversation=conversation, brought=False)
    last = mine.aggregate(last=Max("created_at"))["last"]
    left = conversation.slow_seconds - (timezone.now() - last).total_seconds() if last else 0
    if left <= 0:
        return YES
    return Verdict(
        _(
            "Here everybody waits a little: %(pace)s between two posts. "
            "Yours can go out in %(left)s."
        )
        % {"pace": spoken_pace(conversation.slow_seconds), "left": spoken_pace(ceil(left))}
    )


def answers_aside(who: Who, community: Community) -> bool:
    """Where members do not meet, a member's words reach the hosts alone."""
    return not community.members_meet and not keeps_order(who, community)


def may_take_part(who: Who, community: Community) -> Verdict:
    """React, vote and the like: it asks for a seat, an open house and accepted rules."""
    if communities.seat(who, community) is None:
        visible = communities.may_see(who, community)
        return Verdict(_("Join to take part.")) if visible else NOTHING
    if community.closed_at:
        return Verdict(_("This community is closed. What was said stays readable."))
    if not communities.has_agreed(who, community):
        return Verdict(_("The rules have changed. Please read and accept them first."))
    return YES


def may_draft(who: Who, community: Community) -> Verdict:
    """Keep words here that are not sent: whoever has a seat, whatever can be said today."""
    return YES if communities.seat(who, community) else communities.may_post(who, community)


def are_apart(who: Who, post: Post) -> bool:
    """Whether its author spoke under their own name, and a block stands between the two.

    Whoever keeps order meets everybody.
    """
    place = communities.seat(who, post.conversation.community)
    if place is None or place.may(place.Duty.TALK) or post.voice != Voice.OWN:
        return False
    seats = Membership.objects.filter(community=place.community_id, persona=post.persona_id)
    author = seats.exclude(pk=place.pk).first() if post.persona_id else None
    return author is not None and Block.objects.between(place, author).exists()


def may_answer(who: Who, post: Post) -> Verdict:
    """Reply to this very post."""
    if not may_read(who, post) or are_apart(who, post):
        return NOTHING
    if post.state != PostState.PUBLISHED:
        return Verdict(_("This post cannot be answered."))
    return may_reply(who, post.conversation)


def may_answer_in(who: Who, post: Post, conversation: Conversation) -> Verdict:
    """Reply to this post, and in the conversation that it is part of."""
    return may_answer(who, post) if post.conversation_id == conversation.pk else NOTHING


def may_speak_as(who: Who, community: Community, voice: str) -> Verdict:
    """Use this voice."""
    if voice == Voice.HOSTS:
        return keeps_order(who, community)
    if voice == Voice.MEMBER and not community.anonymous_voice:
        return Verdict(_("There is no anonymous voice here."))
    return YES if voice in Voice.values else NOTHING


def can_be_said(source: str, photos: int = 0) -> Verdict:
    """There is something, and not too much of it."""
    if photos > MOST_PHOTOS:
        return Verdict(_("At most %(n)d photos fit on one post.") % {"n": MOST_PHOTOS})
    if is_blank(source) and not photos:
        return Verdict(_("Write something first."))
    if len(source) > MAX_SOURCE:
        return Verdict(_("This is too long for one post."))
    return YES


def can_be_titled(title: str) -> Verdict:
    """There is something in it that a reader sees, and can open it by."""
    return Verdict(_("Give it a title.")) if is_blank(title) else YES


def can_be_called(names: Sequence[str]) -> Verdict:
    """These are not too many to be called in one post."""
    if len(names) > MOST:
        return Verdict(_("At most %(n)d people can be called by name in one post.") % {"n": MOST})
    return YES


def is_author(who: Who, post: Post) -> bool:
    """Whether these are this person's own words, in whatever voice."""
    return post.persona_id is not None and post.persona_id in ids_of(who)


def may_edit(who: Who, post: Post) -> Verdict:
    """Change one's own words."""
    community = post.conversation.community
    if not is_author(who, post) or not post.lives or not may_read(who, post):
        return NOTHING
    if post.state == PostState.PUBLISHED and is_looked_at(who, community):
        return _read_before()
    if post.conversation.archived_at:
        return Verdict(_("It is archived. It can be read, not changed."))
    if post.conversation.locked_at and not keeps_order(who, community):
        return Verdict(_("It is locked. It can be read, not changed."))
    return may_take_part(who, community)


def is_looked_at(who: Who, community: Community) -> bool:
    """Whether a host reads what this person says before it is out.

    Then it stays as it is: else anything could be put in place of what a host has read.
    """
    return community.posted_by == PostedBy.APPROVED and not keeps_order(who, community)


def may_differ_from_what_was_read(who: Who, conversation: Conversation) -> Verdict:
    """Have another title, once a host has read and let out the one that it has."""
    out = conversation.last_seq and is_looked_at(who, conversation.community)
    return _read_before() if out else YES


def _read_before() -> Verdict:
    return Verdict(
        _(
            "The hosts read this before it was published, so it cannot be changed. "
            "You can take it back and write anew."
        )
    )


def may_retract(who: Who, post: Post) -> Verdict:
    """Take one's own words back: also where nothing new can be said any more."""
    if not may_have_meant_to_retract(who, post):
        return NOTHING
    return YES if communities.seat(who, post.conversation.community) else NOTHING


def may_have_meant_to_retract(who: Who, post: Post) -> Verdict:
    """Have them taken back as was meant: also by whoever has no seat any more by then."""
    return YES if is_author(who, post) and post.lives else NOTHING


def may_undo(who: Who, post: Post) -> Verdict:
    """Take back what is not out yet; too late is not for a rule to say."""
    return YES if is_author(who, post) else NOTHING


def may_react(who: Who, post: Post) -> Verdict:
    """Answer with an emoji, or take it back."""
    if not may_read(who, post) or post.state != PostState.PUBLISHED or are_apart(who, post):
        return NOTHING
    if post.conversation.archived_at:
        return Verdict(_("This topic is archived. It can be read, not answered."))
    return may_take_part(who, post.conversation.community)


def may_react_with(post: Post, emoji: str) -> Verdict:
    """It is one emoji, and there are not too many kinds under this post already."""
    if not is_emoji(emoji):
        return Verdict(_("Choose one emoji."))
    kinds = set(post.reactions.values_list("emoji", flat=True).distinct())
    if emoji not in kinds and len(kinds) >= KINDS_OF_REACTIONS:
        return Verdict(_("There are enough kinds here. Choose one of them."))
    return YES


def may_keep(who: Who, conversation: Conversation) -> Verdict:
    """Lock, pin, share the history of this conversation."""
    if not may_see(who, conversation):
        return NOTHING
    return keeps_order(who, conversation.community)


def may_announce(who: Who, conversation: Conversation) -> Verdict:
    """Ask every member to read what the hosts began."""
    if not may_keep(who, conversation):
        return NOTHING
    if conversation.kind != Kind.TOPIC or conversation.voice != Voice.HOSTS:
        return Verdict(_("Only a topic that begins with a word of the hosts can go to everybody."))
    if conversation.announced_at:
        return Verdict(_("Everybody was told of this topic already."))
    if conversation.circle_id or conversation.aside_with_id or not conversation.last_seq:
        return Verdict(_("Not everybody here can read this."))
    return may_take_part(who, conversation.community)


def may_retitle(who: Who, conversation: Conversation) -> Verdict:
    """Give it another title: whoever started it while nobody else spoke, and the hosts."""
    if keeps_order(who, conversation.community):
        return may_see(who, conversation)
    if conversation.started_by_id not in ids_of(who) or not may_see(who, conversation):
        return NOTHING
    if conversation.last_seq > 1:
        return Verdict(_("Others have answered. Ask the hosts to change the title."))
    if not (verdict := may_differ_from_what_was_read(who, conversation)):
        return verdict
    return may_take_part(who, conversation.community)


def may_publish(who: Who, post: Post) -> Verdict:
    """Let out what waits."""
    if post.state != PostState.HELD or not may_read(who, post):
        return NOTHING
    return keeps_order(who, post.conversation.community)


def may_remove(who: Who, post: Post) -> Verdict:
    """Take somebody's post away, for a reason."""
    if not post.lives or not may_read(who, post):
        return NOTHING
    return keeps_order(who, post.conversation.community)


def may_note(who: Who, post: Post) -> Verdict:
    """Put a content note before what somebody else said."""
    return NOTHING if is_author(who, post) else may_remove(who, post)


def may_restore(who: Who, post: Post) -> Verdict:
    """Put back what hosts removed."""
    if post.state != PostState.REMOVED:
        return NOTHING
    verdict = keeps_order(who, post.conversation.community)
    if verdict and not post.removal.removed_by_id:
        return Verdict(_("No host removed this, so no host can put it back."))
    return verdict


def may_read_versions(who: Who, post: Post) -> Verdict:
    """See what it said before: everybody who reads it now."""
    return may_read(who, post) if post.lives else NOTHING
