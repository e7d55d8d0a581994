"""What a post shows of the words that it says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coterie.core.verdict import Refused
from coterie.pure.markup import RENDERER, count_spoilers, render
from coterie.talk import reads
from coterie.talk.models import Post

MOST_SPOILERS = 200
"""More that can be opened no page bears."""


def show(post: Post) -> None:
    """Its HTML is that of its source; whoever is called in it by name was found by now."""
    html = render(post.source, at=post.path, people=reads.meant(post))
    if count_spoilers(html) > MOST_SPOILERS:
        said = _("At most %(n)d passages can be hidden in one post.")
        raise Refused(said % {"n": MOST_SPOILERS})
    post.html, post.renderer = html, RENDERER
