"""Looking behind the link of a post, so that no reader's browser has to.

Whoever runs the other server learns that somebody here named the address, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coterie.core.events import announce
from coterie.core.origin import public_origin
from coterie.core.verdict import Refused, require
from coterie.media.actions import sending as media
from coterie.media.actions import using
from coterie.media.models import Picture
from coterie.personas.models import Persona
from coterie.pure.glimpses import glimpse
from coterie.pure.markup import first_link
from coterie.pure.outgoing import Unreachable, fetch
from coterie.talk import glimpse_rules
from coterie.talk.actions import holding, knocking, marking
from coterie.talk.events import Carded, Linked
from coterie.talk.models import Glimpse, Post, PostState, Voice

PAGES = ("text/html", "application/xhtml+xml")
LARGEST_PAGE = 1_000_000
LARGEST_PICTURE = 5_000_000
SMALLEST_SIDE = 64
"""What is smaller is a dot that counts readers, or a sign for a tab."""
SAME_FOR = timedelta(hours=12)
"""How long what was seen is shown with a new post without another look."""
TOO_LATE = timedelta(hours=1)
"""Nobody waits for the preview of a post that is older."""


@transaction.atomic(savepoint=False)
def note(post: Post) -> None:
    """Somebody will look behind the post's link; called in the transaction that lets it out."""
    if _address(post.html) and glimpse_rules.are_wanted(post.conversation):
        announce(Linked(post.pk))


def renew(post: Post) -> None:
    """Its words are others now: what was seen behind another link goes, and a new one is noted."""
    seen = Glimpse.objects.filter(post=post).first()
    if seen is not None and seen.key == _key(_address(post.html)):
        return
    if seen is not None:
        forget(post)
    note(post)


def forget(post: Post) -> None:
    """The post shows nothing of what its link leads to."""
    clear([post.pk])
    post.card = ""


def clear(posts: Any) -> None:
    """None of these posts shows anything of what its link leads to; a few statements."""
    Post.objects.filter(pk__in=posts).exclude(card="").update(card="")
    Glimpse.objects.filter(post__in=posts).delete()
    using.let_go(glimpse_rules.PICTURES, posts)


@transaction.atomic
def put_away(post: Post, *, by: Persona) -> None:
    """Its link stands there without a preview, and none comes back while it is the same link."""
    require(glimpse_rules.may_put_away(by, post))
    holding.conversation(post.conversation_id)
    if Post.objects.filter(pk=post.pk).exclude(card="").update(card=""):
        Glimpse.objects.filter(post=post).update(put_away=True)
        using.let_go(glimpse_rules.PICTURES, [post.pk])
        post.card = ""
        marking.post(post)
        announce(Carded(post.pk))


def look(post_id: int, *, ask: knocking.Fetch = fetch) -> None:
    """The post shows what its link leads to, if that can be had; if not, nobody hears of it.

    Not in a transaction: strangers take their time. Twice does no harm. Raises
    `knocking.TooOften` where it is worth another look in a minute.
    """
    recent = Post.objects.filter(state=PostState.PUBLISHED, pk=post_id)
    late = timezone.now() - TOO_LATE
    recent = recent.filter(Q(published_at__gt=late) | Q(edited_at__gt=late))
    post = recent.with_place().select_related("conversation__circle").first()
    url = _address(post.html) if post else ""
    if post is None or not url or not glimpse_rules.are_wanted(post.conversation):
        return
    if Glimpse.objects.filter(post=post, key=_key(url)).exists():
        return
    with suppress(knocking.Enough):
        card, picture = _seen_before(post, url) or _seen(post, url, knocking.carefully(ask, post))
        _show(post, url, card, picture)


type Seen = tuple[dict[str, Any], Picture | None]


def _seen_before(post: Post, url: str) -> Seen | None:
    """What another post here shows of the same address: one that its author reads anyway.

    Any other would tell them, by how soon it comes, that the address was named there. And what
    shows what its author reads shows who may have written it: a post without a name is looked
    behind as if it were the first.
    """
    if post.persona is None or post.voice != Voice.OWN:
        return None
    readable = Post.objects.visible_to(post.persona).filter(
        conversation__community=post.conversation.community_id,
        state=PostState.PUBLISHED,
        glimpse__key=_key(url),
        glimpse__put_away=False,
        glimpse__looked_at__gt=timezone.now() - SAME_FOR,
    )
    other = readable.order_by("-glimpse__looked_at").first()
    if other is None:
        return None
    card = json.loads(other.card) if other.card else {}
    place = post.conversation.community
    picture = media.copied(glimpse_rules.PICTURES, other.pk, community=place)
    return card and card | {"url": url} | _pictured(picture), picture


def _seen(post: Post, url: str, ask: knocking.Fetch) -> Seen:
    """What is there now; nothing where there is nothing to tell."""
    try:
        page = ask(url, kinds=PAGES, most=LARGEST_PAGE)
    except knocking.Unasked:
        raise
    except Unreachable:
        return {}, None
    seen = glimpse(page.body, charset=page.charset, address=page.address)
    if not seen.title:
        return {}, None
    picture = _drawn(post, seen.picture, ask) if seen.picture else None
    # The host of the link itself: where it was led on to is not where readers are led.
    told = {"url": url, "host": urlsplit(url).hostname, "title": seen.title, "words": seen.words}
    return told | _pictured(picture), picture


def _drawn(post: Post, url: str, ask: knocking.Fetch) -> Picture | None:
    """The page's picture, drawn anew as a photo that a member sends; nothing where none is had."""
    try:
        found = ask(url, kinds=("image/",), most=LARGEST_PICTURE)
        if not found.whole:
            return None
        return media.found(BytesIO(found.body), community=post.conversation.community)
    except knocking.TooOften:
        raise
    except (Unreachable, Refused):
        return None


def _pictured(picture: Picture | None) -> dict[str, Any]:
    if picture is None or min(picture.width, picture.height) < SMALLEST_SIDE:
        return {"picture": None}
    names = ("public_id", "width", "height", "thumbhash")
    return {"picture": {name: getattr(picture, name) for name in names}}


@transaction.atomic
def _show(post: Post, url: str, card: dict[str, Any], picture: Picture | None) -> None:
    """Unless by now it was taken back, says something else, or stands where this is not wanted."""
    told = json.dumps(card) if card else ""
    holding.conversation(post.conversation_id)
    same = Post.objects.filter(
        pk=post.pk,
        state=PostState.PUBLISHED,
        html=post.html,
        conversation=post.conversation_id,
        conversation__community=post.conversation.community_id,
        conversation__community__sensitive=False,
    )
    if not same.update(card=told):
        return
    seen = {"key": _key(url), "looked_at": timezone.now(), "put_away": False}
    Glimpse.objects.update_or_create(post=post, defaults=seen)
    if picture is not None and card.get("picture"):
        using.hang(picture, guard=glimpse_rules.PICTURES, subject=post.pk)
    if card:
        marking.post(post)
        announce(Carded(post.pk))


def _address(html: str) -> str:
    """Where the post's first link leads; nothing where that is a page of ours."""
    url = first_link(html)
    return "" if url.startswith(f"{public_origin()}/") else url


def _key(url: str) -> str:
    return hashlib.sha256(url.partition("#")[0].encode()).hexdigest()
