"""What a post shows of the words that it says, and of the note that stands before them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coterie.core.verdict import Refused
from coterie.pure.markup import RENDERER, count_spoilers, fold, render, unfold
from coterie.talk import reads
from coterie.talk.models import Post

MOST_SPOILERS = 200
"""More that can be opened no page bears."""


def show(post: Post) -> None:
    """Its HTML is that of its source; whoever is called in it by name was found by now."""
    post.html, post.renderer = fold(unfolded(post, at=post.path), post.noted), RENDERER


def unfolded(post: Post, *, at: str) -> str:
    """The HTML of its source without its note; refused where no page bears it."""
    html = render(post.source, at=at, people=reads.meant(post))
    if count_spoilers(html) > MOST_SPOILERS:
        said = _("At most %(n)d passages can be hidden in one post.")
        raise Refused(said % {"n": MOST_SPOILERS})
    return html


def refold(post: Post) -> None:
    """The same HTML stands behind the note that the post has now, or behind none."""
    post.html = fold(unfold(post.html)[1], post.noted)
