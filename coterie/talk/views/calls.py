"""Where the `#words` and `@names` in a post lead.

Their addresses begin with the post's, which never changes: so they hold wherever the post and
its community go, say nothing of either, and lead as far as this reader may go now.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coterie.communities import rules as communities
from coterie.communities.models import Membership
from coterie.personas.requests import Request
from coterie.talk import reads
from coterie.talk.models import key_of, tidy_tag
from coterie.talk.views.finding import acting, find_post


@never_cache
@require_safe
def tag(request: Request, public_id: str, tag: str) -> HttpResponse:
    """From a word in a post to the topics under this tag, or to where else it is said here."""
    here = find_post(request, public_id).conversation.community
    word = tidy_tag(tag)
    if communities.may_see(request.viewer, here):
        offered = {each["key"]: each["path"] for each in reads.tags(acting(request, here), here)}
        if key_of(word) in offered:
            return redirect(offered[key_of(word)])
    return redirect(f"/search/?{urlencode({'q': word, 'in': here.handle})}")


@never_cache
@require_safe
def member(request: Request, public_id: str, seat: str) -> HttpResponse:
    """From a name in a post to the page of whoever was meant, while this reader meets them."""
    here = find_post(request, public_id).conversation.community
    met = Membership.objects.visible_to(request.viewer).filter(community=here)
    return redirect(f"{here.path}members/{get_object_or_404(met, public_id=seat).public_id}/")
