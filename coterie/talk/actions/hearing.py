"""How much a persona wants to hear of a topic or a tag. Nobody else learns of it."""

from __future__ import annotations

from django.db import transaction

from coterie.communities.models import Membership
from coterie.communities.models.belonging import Level
from coterie.core.verdict import Refused
from coterie.personas.models import Persona
from coterie.talk import rules
from coterie.talk.models import Conversation, Tag, TagLevel, TopicLevel


@transaction.atomic
def hear(conversation: Conversation, level: Level, *, by: Persona) -> None:
    """This much of it reaches them from now on, whatever they want of the community."""
    _reader(conversation, by)
    TopicLevel.objects.update_or_create(
        conversation=conversation, persona=by, defaults={"level": level}
    )


@transaction.atomic
def hear_as_the_community(conversation: Conversation, *, by: Persona) -> None:
    """What they want of the community counts here too."""
    TopicLevel.objects.filter(conversation=conversation, persona=by).delete()


@transaction.atomic
def hear_tag(tag: Tag, level: Level, *, by: Persona) -> None:
    """This much of the topics that bear it reaches them from now on."""
    _member(tag.community_id, by)
    TagLevel.objects.update_or_create(tag=tag, persona=by, defaults={"level": level})


@transaction.atomic
def hear_tag_as_the_community(tag: Tag, *, by: Persona) -> None:
    """What they want of the community counts for its topics too."""
    TagLevel.objects.filter(tag=tag, persona=by).delete()


def _reader(conversation: Conversation, by: Persona) -> None:
    _member(conversation.community_id, by)
    if not Conversation.objects.visible_to(by).filter(pk=conversation.pk).exists():
        raise Refused(rules.NOTHING.sentence)


def _member(community_id: int, by: Persona) -> None:
    if not Membership.objects.living().filter(persona=by, community=community_id).exists():
        raise Refused(rules.NOTHING.sentence)
