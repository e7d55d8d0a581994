"""What a page tells those who are not people: crawlers, and whoever draws a card for a link."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

CARD = (1200, 630)
KEPT_OUT = "noindex"
MAY_SHOW = "max-image-preview:large"
NOT_FOR_LEARNING = "noai, noimageai"
"""What is said to machines that learn; as a header, too (`ui.middleware`)."""
ROBOTS = '<meta name="robots" content="{}">'
RESERVED = '<meta name="tdm-reservation" content="1">'
HARMLESS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Facing:
    """A page as the world may know it. A page without one is kept out of every index."""

    origin: str
    """This site's own address, before each path."""
    path: str
    """The one address of what is shown; empty where the address itself is a secret."""
    title: str
    text: str = ""
    card: str = ""
    """Where its picture is."""
    listed: bool = True
    """Whether search engines may keep it; a card may be drawn for a link all the same."""
    kind: str = "website"
    feed: str = ""
    teaches: bool = False
    """Whether machines may learn from it."""
    told: tuple[Mapping[str, Any], ...] = ()
    """What is on it, in the words of schema.org."""


def facing_head(context: Any) -> SafeString:
    """The lines of this page's head that only machines read."""
    facing: Facing | None = context.get("facing")
    if facing is None:
        return SafeString(ROBOTS.format(KEPT_OUT))
    if facing.teaches:
        context["request"].teaches = True
    return SafeString("".join(_lines(facing)))


def _lines(facing: Facing) -> list[str]:
    at = facing.origin + facing.path
    lines: list[str] = []
    known = [MAY_SHOW if facing.listed else KEPT_OUT]
    lines.append(ROBOTS.format(", ".join(known if facing.teaches else [*known, NOT_FOR_LEARNING])))
    if not facing.teaches:
        lines.append(RESERVED)
    if facing.path and facing.listed:
        lines.append(format_html('<link rel="canonical" href="{}">', at))
    if facing.text:
        lines.append(format_html('<meta name="description" content="{}">', facing.text))
    lines += [format_html(OPEN_GRAPH, name, said) for name, said in _graph(facing, at) if said]
    if facing.card:
        lines.append(mark_safe('<meta name="twitter:card" content="summary_large_image">'))
    if facing.feed:
        lines.append(format_html(FEED, facing.origin + facing.feed, facing.title))
    lines += [LINKED.format(as_data(each)) for each in facing.told]
    return lines


OPEN_GRAPH = '<meta property="og:{}" content="{}">'
FEED = '<link rel="alternate" type="application/atom+xml" href="{}" title="{}">'
LINKED = '<script type="application/ld+json">{}</script>'


def _graph(facing: Facing, at: str) -> list[tuple[str, str]]:
    wide, high = CARD
    drawn = facing.card and [
        ("image", facing.origin + facing.card),
        ("image:type", "image/jpeg"),
        ("image:width", str(wide)),
        ("image:height", str(high)),
        ("image:alt", facing.title),
    ]
    return [
        ("site_name", settings.SITE_NAME),
        ("type", facing.kind),
        ("title", facing.title),
        ("description", facing.text),
        ("url", at if facing.path else ""),
        *(drawn or ()),
    ]


def as_data(told: Mapping[str, Any]) -> str:
    """JSON that ends no element, whatever words are in it."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(HARMLESS)
