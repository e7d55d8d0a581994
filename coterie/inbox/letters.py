"""What letters look like, and the headers by which mail programs know and stop them."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from coterie.core.keys import keyed
from coterie.core.letter import Letter
from coterie.core.origin import public_origin
from coterie.inbox.letterboxes import Opened
from coterie.inbox.reads.letters import Place

HERE = Path(__file__).parent / "templates" / "inbox" / "letters"


def one(box: Opened, places: list[Place], subject: str, mark: str) -> Letter:
    """A letter about one thing."""
    return _letter(box, places, subject=subject, mark=f"one:{mark}", digest=False)


def digest(box: Opened, places: list[Place], mark: str) -> Letter:
    """A letter about all that did not interrupt."""
    many = count(places)
    words = ngettext("One thing that was new", "%(many)d things that were new", many)
    return _letter(box, places, subject=words % {"many": many}, mark=f"digest:{mark}", digest=True)


def count(places: list[Place]) -> int:
    """How many things a letter tells of."""
    return sum(len(place.things) + len(place.topics) + place.more for place in places)


def _letter(box: Opened, places: list[Place], *, subject: str, mark: str, digest: bool) -> Letter:
    origin = public_origin()
    stop = f"{origin}/u/{box.token}/"
    shown = {
        "places": places,
        "subject": subject,
        "origin": origin,
        "stop": stop,
        "is_digest": digest,
        "site": settings.SITE_NAME,
    }
    return Letter(
        subject,
        tidy(render_to_string("inbox/letters/letter.txt", shown)),
        render_to_string("inbox/letters/letter.html", shown | {"css": styles()}),
        headers(box.persona_id, mark, stop),
    )


def headers(persona_id: int, mark: str, stop: str) -> dict[str, str]:
    """The same for the same letter; nothing in them is equal for two personas of one person."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return {
        "Message-ID": f"<{keyed('message', persona_id, mark)[:32]}@{domain}>",
        "List-Id": f"<{keyed('list', persona_id)[:20]}.{domain}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def tidy(text: str) -> str:
    """Plain words: no entities, no blanks at the ends, never two empty lines."""
    lines = (line.strip() for line in html.unescape(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@cache
def styles() -> dict[str, SafeString]:
    """Each class of the letter's style sheet as an attribute: many mail programs read no sheet."""
    sheet = (HERE / "letter.css").read_text()
    rules = re.findall(r"\.([a-z_]+) \{\s*(.*?)\s*\}", sheet, re.DOTALL)
    return {
        name: format_html('class="{}" style="{}"', name, " ".join(declared.split()))
        for name, declared in rules
    }
