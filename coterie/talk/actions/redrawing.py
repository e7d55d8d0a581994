"""Posts that an earlier renderer drew are drawn anew, a few at a time, as if they always had been.

Nobody changed them: they keep their order and their time, are not marked as edited, and no open
page hears of it. Which are left is written in their own rows, so it may stop at any moment.
Whom their names mean nobody asks again: a link stays or goes, and none appears.
"""

from __future__ import annotations

import html
import logging
import re
import time
from dataclasses import dataclass

from django.db import transaction

from coterie.communities.models import Community
from coterie.core.verdict import Refused
from coterie.pure.markup import RENDERER, Text, TooLong, fold, unfold
from coterie.talk import reads
from coterie.talk.actions import wording
from coterie.talk.models import Post, PostVersion

log = logging.getLogger(__name__)

AT_ONCE = 50
SECONDS = 2.0
"""At a time: then somebody else's turn has come."""
CALLED = re.compile(r'<a class="mention"[^>]*/members/([^/"]+)/">@([^<]*)</a>')


@dataclass(frozen=True)
class Drawn:
    """A post, and by their keys those of its versions that look different now."""

    post: Post
    html: str
    earlier: list[tuple[int, str]]


def redraw() -> int:
    """Some of what is left is drawn anew; how many posts."""
    until, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and (some := _redraw_some(until)):
        done += some
    return done


def _redraw_some(until: float) -> int:
    stale = Post.objects.filter(renderer__lt=RENDERER).order_by("pk")
    with_places = stale.select_related("conversation__community").prefetch_related("versions")
    done = 0
    for post in with_places[:AT_ONCE]:
        _keep(_redrawn(post))
        done += 1
        if time.monotonic() > until:
            break
    return done


def _redrawn(post: Post) -> Drawn:
    versions = [(each, _drawn(post, each.source, each.html)) for each in post.versions.all()]
    different = [(each.pk, new) for each, new in versions if new != each.html]
    return Drawn(post, _drawn(post, post.source, post.html), different)


@transaction.atomic
def _keep(drawn: Drawn) -> None:
    """A transaction of its own: who holds a post and waits for the next holds up others."""
    post = drawn.post
    # What somebody changed meanwhile is met once more.
    same = Post.objects.filter(
        pk=post.pk, source=post.source, html=post.html, edited_at=post.edited_at
    )
    if same.update(html=drawn.html, renderer=RENDERER):
        for version, new in drawn.earlier:
            PostVersion.objects.filter(pk=version).update(html=new)


def _drawn(post: Post, source: str, old: str) -> str:
    """The words behind the note that stands before them; what was brought stays as it came."""
    if post.brought or not source:
        return old
    people = _called_still(old, post.conversation.community)
    try:
        return fold(wording.drawn(Text(source), people, at=post.path), unfold(old)[0])
    except (Refused, TooLong):
        return old
    except Exception as trouble:
        # One post must not stop those behind it; what is said in it stands in no log.
        log.error("post %s stays as it was drawn: %s", post.pk, type(trouble).__name__)
        return old


def _called_still(old: str, community: Community) -> dict[str, str]:
    """The names that are linked, and each member who bears theirs to this day."""
    called = linked(old)
    if not called:
        return {}
    meant = reads.meant(tuple(called), community)
    return {name: seat for name, seat in called.items() if meant.get(name) == seat}


def linked(drawn: str) -> dict[str, str]:
    """Whom the names in what was drawn lead to, by casefolded name."""
    return {html.unescape(name).casefold(): seat for seat, name in CALLED.findall(drawn)}
