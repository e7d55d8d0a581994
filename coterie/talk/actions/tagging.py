"""Keeping topics under words: the hosts offer some, members choose, or bring their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.communities import rules as communities
from coterie.communities.actions import shaping
from coterie.communities.models import Community
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.actions import holding, marking
from coterie.talk.events import Retagged
from coterie.talk.models import (
    MOST_ON_A_TOPIC,
    MOST_TAGS,
    Conversation,
    Tag,
    Tagging,
    key_of,
    tidy_tags,
)

AT_ONCE = 500


@transaction.atomic
def offer(community: Community, *, by: Persona, words: Iterable[str], tagged_by: str) -> None:
    """The hosts offer exactly these; what members brought stays theirs."""
    Community.objects.hold_tree()
    require(communities.may_shape(by, Community.objects.hold(community.pk)))
    wanted = _by_key(words)
    if len(wanted) > MOST_TAGS:
        raise Refused(_("At most %(n)d tags fit in one community.") % {"n": MOST_TAGS})
    old = Tag.objects.filter(community=community)
    other = old.filter(key__in=wanted).exclude(by_hosts=True, word__in=wanted.values())
    gone = old.filter(by_hosts=True).exclude(key__in=wanted)
    bearing = Tagging.objects.filter(tag__in=[*other, *gone])
    holding.conversations(Conversation.objects.filter(pk__in=bearing.values("conversation")))
    for tag in other:
        Tag.objects.filter(pk=tag.pk).update(word=wanted[tag.key], by_hosts=True)
        _write_all(_bearing(tag))
    for tag in gone:
        _drop(tag)
    new = [Tag(community=community, word=word, key=key) for key, word in wanted.items()]
    Tag.objects.bulk_create(new, ignore_conflicts=True)
    # Last, with its entry in the log.
    shaping.reshape(community, by=by, tagged_by=tagged_by)


@transaction.atomic
def choose(topic: Conversation, *, by: Persona, words: Sequence[str]) -> None:
    """The topic bears exactly these tags."""
    require(rules.may_retitle(by, topic))
    holding.conversation(topic.pk)
    if put(topic, by=by, words=words):
        marking.conversation(topic.pk)
        announce(Retagged(topic.pk, by.pk))


def put(topic: Conversation, *, by: Persona, words: Iterable[str]) -> bool:
    """The same inside an action whose rule was asked; whether anything is different."""
    tags = _found(topic.community, by, _by_key(words))
    bears = Tagging.objects.filter(conversation=topic)
    before = set(bears.values_list("tag", flat=True))
    if before == {tag.pk for tag in tags}:
        return False
    gone = bears.exclude(tag__in=[tag.pk for tag in tags])
    lost = list(gone.values_list("tag", flat=True))
    gone.delete()
    Tagging.objects.bulk_create(
        [Tagging(conversation=topic, tag=tag) for tag in tags if tag.pk not in before],
        ignore_conflicts=True,
    )
    _sweep(lost)
    _write([topic.pk])
    return True


def carry(topic: Conversation, *, to: Community) -> None:
    """In another community it bears those of its tags that are known there."""
    keys = [key_of(word) for word in topic.tagged]
    bears = Tagging.objects.filter(conversation=topic)
    lost = list(bears.values_list("tag", flat=True))
    bears.delete()
    known = Tag.objects.filter(community=to, key__in=keys, by_hosts=True)
    Tagging.objects.bulk_create([Tagging(conversation=topic, tag=tag) for tag in known])
    _sweep(lost)
    _write([topic.pk])


def join(topic: Conversation, *, to: Conversation) -> None:
    """The other one bears its tags too, as far as there is room."""
    mine = Tagging.objects.filter(conversation=to).values("tag")
    more = Tagging.objects.filter(conversation=topic).exclude(tag__in=mine)
    room = max(MOST_ON_A_TOPIC - mine.count(), 0)
    tags = list(more.values_list("tag", flat=True)[:room])
    Tagging.objects.bulk_create([Tagging(conversation=to, tag_id=tag) for tag in tags])
    Tagging.objects.filter(conversation=topic).delete()
    _write([topic.pk, to.pk])


def _by_key(words: Iterable[str]) -> dict[str, str]:
    return {key_of(word): word for word in tidy_tags(words)}


def _found(community: Community, by: Persona, wanted: dict[str, str]) -> list[Tag]:
    if len(wanted) > MOST_ON_A_TOPIC:
        raise Refused(_("At most %(n)d tags fit on one topic.") % {"n": MOST_ON_A_TOPIC})
    if not wanted:
        return []
    here = Tag.objects.filter(community=community)
    missing = wanted.keys() - set(here.filter(key__in=wanted).values_list("key", flat=True))
    if missing:
        require(rules.may_bring_tags(by, community))
        here.filter(by_hosts=False, taggings=None).delete()
        if here.count() + len(missing) > MOST_TAGS:
            raise Refused(_("There are enough tags here. Choose among them."))
        new = [Tag(community=community, word=wanted[key], key=key, by_hosts=False)
               for key in sorted(missing)]  # fmt: skip
        Tag.objects.bulk_create(new, ignore_conflicts=True)
    return list(here.filter(key__in=wanted))


def _drop(tag: Tag) -> None:
    topics = _bearing(tag)
    tag.delete()
    _write_all(topics)


def _bearing(tag: Tag) -> list[int]:
    return list(tag.taggings.values_list("conversation", flat=True))


def _write_all(topics: Sequence[int]) -> None:
    for some in batched(topics, AT_ONCE, strict=False):
        _write(some)


def _sweep(tags: Iterable[int]) -> None:
    """What members brought goes with the last topic that bore it."""
    Tag.objects.filter(pk__in=list(tags), by_hosts=False, taggings=None).delete()


def _write(topics: Sequence[int]) -> None:
    """Each topic knows the words of its tags."""
    words: dict[int, list[str]] = {pk: [] for pk in topics}
    rows = Tagging.objects.filter(conversation__in=topics).order_by("tag__key")
    for pk, word in rows.values_list("conversation", "tag__word"):
        words[pk].append(word)
    known = [Conversation(pk=pk, tagged=found) for pk, found in words.items()]
    Conversation.objects.bulk_update(known, ["tagged"])
