"""The words around a post, as a stylesheet in the reader's language.

A post that is broadcast has the same bytes for everybody, so it holds no word
of any language: it says `data-word="member"`, and this stylesheet says what
that is called here.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coterie.core.wordless import wordless


@wordless
@require_safe
@cache_control(max_age=3600, public=True)
def words(request: HttpRequest, language: str) -> HttpResponse:
    """One rule for each word."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        rules = [
            f'[data-word="{word}"]::before{{content:{quoted(said)}}}' for word, said in all_words()
        ]
    return HttpResponse("@layer apps{\n" + "\n".join(rules) + "\n}\n", content_type="text/css")


def all_words() -> list[tuple[str, str]]:
    """Every word that `talk/_post.html` may leave to the page."""
    return [
        ("member", _("A member")),
        ("hosts", _("The hosts")),
        ("former", _("A former member")),
        ("host", _("Host")),
        ("moderator", _("Moderator")),
        ("anonymous", _("anonymous voice")),
        ("unseen", _("Nobody here can see who.")),
        ("edited", _("edited")),
        ("held", _("Waiting for a host")),
        ("scheduled", _("Not out yet")),
        ("aside", _("Between this member and the hosts")),
        ("retracted", _("Taken back by its author.")),
        ("removed", _("Removed by the hosts.")),
        ("erased", _("Its author left and took it along.")),
        ("answers", _("Answer to")),
        ("spoiler", _("Hidden")),
        ("note", _("Content note:")),
        ("hosts-note", _("Content note by the hosts:")),
        ("one", _("Poll: choose one")),
        ("several", _("Poll: choose several")),
        ("ranked", _("Poll: put them in an order")),
        ("named", _("Votes are named.")),
        ("unnamed", _("Nobody sees who chose what.")),
        ("until", _("Open until")),
        ("counting", _("Closed, and being counted.")),
        ("over", _("Closed.")),
        ("voters", _("Votes:")),
        ("untold", _("Too few people voted to tell the result.")),
        ("first", _("Most votes")),
        ("tovote", _("Look at the poll")),
    ]


def quoted(said: str) -> str:
    """A CSS string: whatever a translation holds, it does not end it."""
    plain = " .,-'"
    safe = (s if s.isalnum() or s in plain else f"\\{ord(s):x} " for s in said)
    return f'"{"".join(safe)}"'
