"""What stands on the card of a link: nothing that its page would not say to whoever follows it."""

from __future__ import annotations

import contextlib

from django.conf import settings

from coterie.communities.models import Community, Invitation
from coterie.media import shelf
from coterie.pure.cards import Card
from coterie.talk.models import Conversation

COVER = 960


def card_of_community(community: Community) -> Card:
    """Name, purpose and cloth of a public community."""
    return Card(
        community.name, community.purpose, settings.SITE_NAME, community.hue, _cover(community)
    )


def card_of_topic(topic: Conversation) -> Card:
    """The title of a topic that everybody may read, on the cloth of its community."""
    place = topic.community
    foot = f"{place.name} · {settings.SITE_NAME}"
    if not topic.title:
        return Card(place.name, place.purpose, foot, place.hue, _cover(place))
    return Card(topic.title, "", foot, place.hue, _cover(place))


def card_of_invitation(token: str) -> Card | None:
    """Of a link that still opens: what its page says first, without the cover, which it guards."""
    found = Invitation.objects.at(token).usable().select_related("community").first()
    if found is None:
        return None
    place = found.community
    return Card(place.name, place.purpose, settings.SITE_NAME, place.hue)


def _cover(community: Community) -> bytes:
    if community.cover:
        with contextlib.suppress(FileNotFoundError):  # it went in this moment
            return shelf.file_of(community.public_id, community.cover, COVER).read_bytes()
    return b""
