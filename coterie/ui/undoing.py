"""What can still be undone: said in words, with the thread that runs out and a button."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from coterie.ui.drawing import icon

MARK = "undo"
ICONS = {"error": "circle-alert", "warning": "triangle-alert", "info": "info"}


def say(request: HttpRequest, sentence: str, *, path: str, due_at: datetime) -> None:
    """The next page says this, and until then has a button that posts to `path`."""
    messages.info(request, sentence, extra_tags=f"{MARK} {due_at.timestamp():.1f} {path}")


def undo(context: Any, path: str, due_at: datetime, words: str) -> SafeString:
    """Words, the seconds that are left, and the button: a plain form that a script counts down."""
    left = max((due_at - timezone.now()).total_seconds(), 0)
    seconds = gettext("# s").replace("#", "<span data-seconds>{}</span>")
    return format_html(
        '<form class="undo" method="post" action="{}" data-undo="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<p class="undo__words">{} <span class="undo__left" role="timer">{}</span></p>'
        '<button class="button button--plain" type="submit">{}{}</button>'
        '<span class="undo__seam" aria-hidden="true"><span class="undo__thread"></span></span>'
        "</form>",
        path,
        f"{left:.1f}",
        context.get("csrf_token") or "",
        words,
        format_html(seconds, max(round(left), 1)),
        icon("undo-2"),
        gettext("Undo"),
    )


def said(context: Any, message: Message) -> SafeString:
    """One line of what was just done, with its undo while there is one."""
    mark, _, rest = (message.extra_tags or "").partition(" ")
    if mark != MARK:
        level = message.level_tag
        drawn = icon(ICONS.get(level, "check"))
        return format_html('<p class="said__line said__line--{}">{}{}</p>', level, drawn, message)
    moment, _, path = rest.partition(" ")
    return undo(context, path, datetime.fromtimestamp(float(moment), UTC), str(message))
