"""Slugs: readable names in URLs that nobody can mistake for something of ours."""

import re
from collections.abc import Iterator
from itertools import count

from django.utils.text import slugify

from coterie.communities.models import Community
from coterie.core.ids import ALPHABET, LENGTH

RESERVED = frozenset(
    [
        "account",
        "alerts",
        "api",
        "c",
        "claim",
        "flower",
        "home",
        "imports",
        "j",
        "join",
        "join-requests",
        "live",
        "log",
        "me",
        "media",
        "members",
        "new",
        "operator",
        "p",
        "search",
        "settings",
        "sign-in",
        "sign-up",
        "static",
        "t",
    ]
)
LONGEST = 60
_LIKE_AN_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def is_free(slug: str, community: Community | None = None) -> bool:
    """Whether this slug is ours to give: not reserved, not like an id, not another's."""
    if slug in RESERVED or _LIKE_AN_ID.fullmatch(slug):
        return False
    others = Community.objects.filter(slug=slug)
    return not (others.exclude(pk=community.pk) if community else others).exists()


def slug_for(name: str) -> str | None:
    """A free slug made from a name; None when the name has no letters that a slug can hold."""
    stem = slugify(name)[: LONGEST - 5].strip("-")
    if not stem:
        return None
    return next(each for each in _variants(stem) if is_free(each))


def _variants(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))
