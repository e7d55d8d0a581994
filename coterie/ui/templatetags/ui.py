"""The elements that every page is made of. coterie/ui/templates/ui/patterns.html shows them all."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from coterie.ui import drawing, facing, fields, sheets, times, undoing
from coterie.ui.saying import per_language

register = template.Library()

register.simple_tag(drawing.icon)
register.simple_tag(drawing.flower)
register.simple_tag(drawing.persona)
register.simple_tag(drawing.stamp)
register.simple_tag(drawing.patch)
register.simple_tag(drawing.cover)
register.simple_tag(drawing.stitches)
register.simple_tag(drawing.bars)
register.simple_tag(fields.field)
register.simple_tag(fields.form_errors)
register.simple_tag(times.when)
register.simple_tag(times.times_words)
register.simple_tag(times.band)
register.simple_tag(times.replies)
register.simple_tag(sheets.styles)
register.simple_tag(facing.facing_head, takes_context=True)
register.simple_tag(undoing.undo, takes_context=True)
register.simple_tag(undoing.said, takes_context=True)

NOTICES = {
    "info": "info",
    "plain": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}
PLACES = (
    ("home", "/", "house"),
    ("talk", "/talk/", "messages-square"),
    ("new", "/new/", "plus"),
    ("alerts", "/alerts/", "bell"),
    ("me", "/me/", "user"),
)


@register.simple_tag
def site_name() -> str:
    """What this server is called."""
    return str(settings.SITE_NAME)


@register.simple_tag
def constant(part: str, **words: str) -> SafeString:
    """A part of a page that depends on the language and these plain words alone: drawn once."""
    return _constant(part, *words.items())


@per_language
def _constant(part: str, *words: tuple[str, str]) -> SafeString:
    return mark_safe(render_to_string(part, dict(words)))  # noqa: S308  our own template drew it


@register.simple_block_tag
def banner(
    content: str, hue: int = 1, privacy: str = "private", cover: str = "", at: str = "middle"
) -> SafeString:
    """A community's banner patch: cloth in its hue or its cover above it, stitched all round."""
    return format_html(
        '<div class="banner hue-{} is-{}{}">{}{}</div>',
        hue,
        privacy,
        " banner--cover" if cover else "",
        drawing.cover(cover, at, 960, 540) if cover else "",
        content,
    )


@register.simple_block_tag
def card(content: str, title: str = "", kind: str = "") -> SafeString:
    """A card; `kind` may be honey, moss, plum, sky or clay for a soft fill."""
    head = format_html('<h2 class="card__title">{}</h2>', title) if title else ""
    soft = f" card--{kind}" if kind else ""
    return format_html('<section class="card{}">{}{}</section>', soft, head, content)


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """Something to know: info, plain, good, warn or bad."""
    return format_html(
        '<div class="notice notice--{}">{}<div class="notice__text">{}</div></div>',
        kind,
        drawing.icon(NOTICES[kind]),
        content,
    )


@register.simple_tag
def empty(
    title: str, text: str = "", icon: str = "sprout", href: str = "", action: str = ""
) -> SafeString:
    """An empty place: one picture, one sentence, one thing to do."""
    button = link_button(href, action, "plain", "") if href else ""
    return format_html(
        '<div class="empty"><span class="empty__picture" aria-hidden="true">{}</span>'
        '<h2 class="empty__title">{}</h2><p class="empty__text">{}</p>{}</div>',
        drawing.icon(icon),
        title,
        text,
        button,
    )


@register.simple_tag
def submit(
    text: str, kind: str = "primary", icon: str = "", name: str = "", value: str = ""
) -> SafeString:
    """A button that sends its form."""
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="button button--{}" type="submit"{}>{}{}</button>',
        kind,
        named,
        drawing.icon(icon) if icon else "",
        text,
    )


@register.simple_tag(name="action")
def link_button(href: str, text: str, kind: str = "plain", icon: str = "") -> SafeString:
    """A link that looks like a button."""
    drawn = drawing.icon(icon) if icon else ""
    return format_html('<a class="button button--{}" href="{}">{}{}</a>', kind, href, drawn, text)


@register.simple_tag(takes_context=True)
def sign_in_and_come_back(context: Any) -> str:
    """The way to sign in that leads back to the page asked for, if that is one of this site."""
    asked = this_page(context)
    return f"/sign-in/?next={quote(asked)}" if asked else "/sign-in/"


@register.simple_tag(takes_context=True)
def this_page(context: Any) -> str:
    """The address to come back to; empty when this page cannot be asked for again."""
    request = context["request"]
    asked = str(request.get_full_path())
    # A path that begins with two slashes names another host.
    local = request.method == "GET" and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if local else ""


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Code and own name of each language that the house speaks."""
    return list(settings.LANGUAGES)


@register.simple_tag
def pieces(of: Iterable[tuple[str, bool]]) -> SafeString:
    """Text of which some was looked for: that is marked."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in of)
    )


@register.simple_tag
def seam(text: str = "") -> SafeString:
    """The stitched line; with words it marks where the unread begins."""
    if not text:
        return mark_safe('<hr class="seam-line">')
    return format_html('<p class="seam"><span>{}</span></p>', text)


@register.simple_tag
def pill(text: str, kind: str = "") -> SafeString:
    """A short word on a soft ground: host, good, warn, bad, persona, new or plain."""
    return format_html('<span class="pill{}">{}</span>', f" pill--{kind}" if kind else "", text)


@register.simple_block_tag
def tabs(content: str, label: str = "") -> SafeString:
    """Tabs that are links."""
    return format_html(
        '<nav class="tabs" aria-label="{}">{}</nav>', label or gettext("Sections"), content
    )


@register.simple_tag
def tab(href: str, text: str, current: object = False, live: str = "") -> SafeString:
    """One tab, current or not; with a live topic it says when something is new there."""
    mark = mark_safe(' aria-current="page"') if current else ""
    if live:
        mark = format_html('{} data-live-mark="{}"', mark, live)
    return format_html('<a class="tab" href="{}"{}>{}</a>', href, mark, text)


@register.simple_block_tag
def sheet(content: str, id: str, title: str, icon: str = "", kind: str = "plain") -> SafeString:
    """Something that opens over the page; with an icon its handle shows only that."""
    handle: str = title
    if icon:
        handle = format_html('{}<span class="hidden">{}</span>', drawing.icon(icon), title)
    return format_html(
        '<details class="sheet" id="{}" data-sheet>'
        '<summary class="button button--{}{}">{}</summary>'
        '<div class="sheet__body"><p class="sheet__title">{}</p>{}</div></details>',
        id,
        kind,
        " button--icon" if icon else "",
        handle,
        title,
        content,
    )


@register.simple_tag
def steps(n: int, of: int) -> SafeString:
    """How far through: said in words and sewn as a seam."""
    words = gettext("Step %(n)d of %(of)d") % {"n": n, "of": of}
    return format_html('<div class="steps"><p>{}</p>{}</div>', words, drawing.thread(n, of))


@register.simple_block_tag
def row(content: str, href: str) -> SafeString:
    """A whole row that is one link."""
    return format_html(
        '<a class="row" href="{}"><span class="row__body">{}</span>{}</a>',
        href,
        content,
        drawing.icon("chevron-right"),
    )


@register.simple_tag
def back_bar(href: str, title: str) -> SafeString:
    """The way back, at the top."""
    return format_html(
        '<nav class="back" aria-label="{}"><a class="back__link" href="{}">{}<span>{}</span></a>'
        "</nav>",
        gettext("Back"),
        href,
        drawing.icon("chevron-left", gettext("Back to")),
        title,
    )


@register.simple_block_tag
def sticky(content: str) -> SafeString:
    """The foot of a form: on phones it stays in reach of the thumb."""
    return format_html('<div class="sticky">{}</div>', content)


@register.simple_block_tag(takes_context=True)
def places(context: Any, content: str) -> SafeString:
    """The five places; `content` names the one where we are."""
    return _places(content.strip(), counted(context.get("alerts") or 0))


@per_language
def _places(here: str, count: SafeString | str) -> SafeString:
    words = {
        "home": gettext("Home"),
        "talk": gettext("Talk"),
        "new": gettext("New"),
        "alerts": gettext("Alerts"),
        "me": gettext("Me"),
    }
    links = format_html_join(
        "",
        '<a class="place place--{}" href="{}"{}>{}<span class="place__word">{}</span>{}</a>',
        (
            (
                name,
                href,
                mark_safe(' aria-current="page"') if name == here else "",
                drawing.icon(drawn),
                words[name],
                count if name == "alerts" else "",
            )
            for name, href, drawn in PLACES
        ),
    )
    return format_html('<nav class="places" aria-label="{}">{}</nav>', gettext("Main"), links)


def counted(alerts: int) -> SafeString | str:
    """The little number beside the bell, and what it means."""
    if not alerts:
        return ""
    shown = "99+" if alerts > 99 else str(alerts)
    return format_html(
        '<span class="place__count">{}<span class="hidden"> {}</span></span>',
        shown,
        gettext("unread"),
    )
