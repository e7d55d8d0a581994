"""What hosts and moderators do so that a conversation stays one."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from coterie.communities import seating
from coterie.communities.models import Community, Rule
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer
from coterie.talk import events, rules
from coterie.talk.actions import holding, indexing, marking, reading, tagging
from coterie.talk.models import Conversation, Post, PostState, PostVersion, Removal


@transaction.atomic
def lock(conversation: Conversation, *, by: Persona) -> None:
    """It can be read, and only hosts add to it."""
    require(rules.may_keep(by, conversation))
    still_open = Conversation.objects.filter(pk=conversation.pk, locked_at=None)
    if still_open.update(locked_at=timezone.now()):
        marking.conversation(conversation.pk)
        announce(events.Locked(conversation.pk, by.pk))


@transaction.atomic
def unlock(conversation: Conversation, *, by: Persona) -> None:
    """It goes on."""
    require(rules.may_keep(by, conversation))
    locked = Conversation.objects.filter(pk=conversation.pk, locked_at__isnull=False)
    if locked.update(locked_at=None):
        marking.conversation(conversation.pk)
        announce(events.Unlocked(conversation.pk, by.pk))


@transaction.atomic
def pin(conversation: Conversation, *, by: Persona) -> None:
    """It stands above the other topics."""
    require(rules.may_keep(by, conversation))
    loose = Conversation.objects.filter(pk=conversation.pk, pinned_at=None)
    if loose.update(pinned_at=timezone.now()):
        announce(events.Pinned(conversation.pk, by.pk))


@transaction.atomic
def unpin(conversation: Conversation, *, by: Persona) -> None:
    """It stands where its last post puts it."""
    require(rules.may_keep(by, conversation))
    pinned = Conversation.objects.filter(pk=conversation.pk, pinned_at__isnull=False)
    if pinned.update(pinned_at=None):
        announce(events.Unpinned(conversation.pk, by.pk))


@transaction.atomic
def share_history(conversation: Conversation, *, by: Persona) -> None:
    """Members may read it whenever they came."""
    require(rules.may_keep(by, conversation))
    kept = Conversation.objects.filter(pk=conversation.pk, history_shared=False)
    if kept.update(history_shared=True):
        marking.conversation(conversation.pk)
        reading.look_again(conversation.community_id, conversation.last_post_at)
        announce(events.HistoryShared(conversation.pk, by.pk))


@transaction.atomic
def close_history(conversation: Conversation, *, by: Persona) -> None:
    """Members whose history begins later do not read it."""
    require(rules.may_keep(by, conversation))
    Community.objects.hold(conversation.community_id)
    shared = Conversation.objects.filter(pk=conversation.pk, history_shared=True)
    if shared.update(history_shared=False):
        seating.ask_again(conversation.community_id)
        marking.conversation(conversation.pk)
        announce(events.HistoryClosed(conversation.pk, by.pk))


@transaction.atomic
def retitle(conversation: Conversation, *, by: Persona, title: str) -> None:
    """It has another title."""
    require(rules.may_retitle(by, conversation))
    require(rules.can_be_titled(title))
    Conversation.objects.filter(pk=conversation.pk).update(title=title.strip()[:120])
    conversation.title = title.strip()[:120]
    indexing.retitled(conversation)
    marking.conversation(conversation.pk)
    announce(events.Retitled(conversation.pk, by.pk))


@transaction.atomic
def rename(topic: Conversation, *, by: Persona, title: str, tags: Sequence[str]) -> None:
    """It has this title and these tags, or neither."""
    if title.strip() != topic.title:
        retitle(topic, by=by, title=title)
    tagging.choose(topic, by=by, words=tags)


@transaction.atomic
def remove_post(
    post: Post, *, by: Persona, rule: Rule | None = None, sentence: str = ""
) -> Removal:
    """An empty tombstone names the rule; the words are kept for hosts, until it is erased."""
    require(rules.may_remove(by, post))
    return _remove(post, by, rule, sentence)


@transaction.atomic
def remove_post_for_all(
    post: Post, *, by: Viewer, rule: Rule | None = None, sentence: str = ""
) -> Removal:
    """The same by the operator, who has no seat here and stands in no log by name."""
    if not by.is_operator or not post.lives:
        raise Refused(rules.NOTHING.sentence)
    return _remove(post, None, rule, sentence)


def _remove(post: Post, by: Persona | None, rule: Rule | None, sentence: str) -> Removal:
    holding.conversation(post.conversation_id)
    gone = Post.objects.filter(pk=post.pk, state=post.state).update(
        state=PostState.REMOVED, source="", html="", held_because=""
    )
    if not gone:
        raise holding.ChangedMeanwhile
    PostVersion.objects.create(post=post, source=post.source, html=post.html)
    Removal.objects.filter(post=post).delete()
    removal = Removal.objects.create(post=post, rule=rule, sentence=sentence[:500], removed_by=by)
    post.state, post.source, post.html = PostState.REMOVED, "", ""
    indexing.drop(post)
    marking.post(post)
    announce(events.PostRemoved(post.pk, by.pk if by else 0))
    return removal


@transaction.atomic
def restore_post(post: Post, *, by: Persona) -> None:
    """A removed post says again what it said; one that never was out waits for a host again."""
    require(rules.may_restore(by, post))
    holding.conversation(post.conversation_id)
    last = post.versions.order_by("pk").last()
    if last is None:
        raise holding.ChangedMeanwhile
    was_out = post.seq is not None or post.published_at is not None
    state = PostState.PUBLISHED if was_out else PostState.HELD
    back = Post.objects.filter(pk=post.pk, state=PostState.REMOVED).update(
        state=state, source=last.source, html=last.html
    )
    if not back:
        raise holding.ChangedMeanwhile
    last.delete()
    Removal.objects.filter(post=post).delete()
    post.state, post.source, post.html = state, last.source, last.html
    indexing.note(post)
    marking.post(post)
    announce(events.PostRestored(post.pk, by.pk))
