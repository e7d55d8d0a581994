"""What a community says about itself: name, purpose, colour, URL, interests, neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coterie.communities import rules, slugs
from coterie.communities.events import Redescribed
from coterie.communities.models import Community, FoundBy, Interest
from coterie.core.events import announce
from coterie.core.verdict import Refused, require
from coterie.personas.models import Persona

WORDS = frozenset({"name", "purpose", "welcome", "hue"})
INTERESTS = 12


@transaction.atomic
def describe(community: Community, *, by: Persona, **words: Any) -> Community:
    """The community is called and looks like this: any of name, purpose, welcome, hue."""
    unknown = words.keys() - WORDS
    if unknown:
        raise TypeError(f"not said about a community: {unknown}")
    require(rules.may_shape(by, community))
    if not words.get("name", community.name).strip():
        raise Refused(_("Give the community a name."))
    tidy = {key: word.strip() if isinstance(word, str) else word for key, word in words.items()}
    Community.objects.filter(pk=community.pk).update(**tidy)
    announce(Redescribed(community.pk, by.pk))
    return Community.objects.get(pk=community.pk)


@transaction.atomic
def show_cover(community: Community, cover: str, *, by: Persona, at: str) -> None:
    """This picture is on its banner, with that part of it in sight; an empty one takes it off."""
    require(rules.may_shape(by, community))
    Community.objects.filter(pk=community.pk).update(cover=cover, cover_at=at)
    announce(Redescribed(community.pk, by.pk))


@transaction.atomic
def give_address(community: Community, slug: str, *, by: Persona) -> Community:
    """The readable name stands in the URLs of this public community."""
    held = Community.objects.hold(community.pk)
    require(rules.may_shape(by, held))
    if not (held.is_public and held.found_by == FoundBy.EVERYONE):
        raise Refused(_("Only a public community has a readable address."))
    if not slugs.is_free(slug, held):
        raise Refused(_("This address is taken. Choose another."))
    Community.objects.filter(pk=held.pk).update(slug=slug)
    announce(Redescribed(held.pk, by.pk))
    return Community.objects.get(pk=held.pk)


@transaction.atomic
def name_interests(community: Community, words: Iterable[str], *, by: Persona) -> None:
    """These words, and no others, say what people here are into."""
    require(rules.may_shape(by, community))
    tidy = list(dict.fromkeys(" ".join(word.casefold().split())[:40] for word in words))
    chosen = [word for word in tidy if word][:INTERESTS]
    Interest.objects.bulk_create((Interest(word=word) for word in chosen), ignore_conflicts=True)
    community.interests.set(Interest.objects.filter(word__in=chosen))
    announce(Redescribed(community.pk, by.pk))


def note_dates(community_id: int, until: datetime | None) -> None:
    """Pages know until when they have to look for dates here."""
    Community.objects.filter(pk=community_id).update(gathers_until=until)
