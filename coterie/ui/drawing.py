"""What the elements draw: icons, flowers, stitches. Plain functions that return safe HTML."""

from functools import cache, lru_cache
from urllib.parse import quote

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from coterie.ui.saying import per_language

FLOWER_SIZES = {"s": 28, "m": 44, "l": 64, "xl": 112}
TURNING = {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out", "reply", "send"}
"""Icons that point along the line and so flip in right-to-left scripts."""

STAMPS = {"public": "globe", "private": "door-open", "secret": "needle"}


@cache
def asset(path: str) -> str:
    """The address of one of our static files."""
    return static(path)


# Typed, for as keys of a dict a name that must be escaped and one that is safe are equal.
@lru_cache(maxsize=512, typed=True)
def icon(name: str, label: str = "") -> SafeString:
    """An icon in the colour of the text; with a label it is read aloud."""
    turns = " icon--turns" if name in TURNING else ""
    told = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon{}" width="24" height="24" {}><use href="{}#{}"></use></svg>',
        turns,
        mark_safe(told),  # noqa: S308
        asset("ui/icons.svg"),
        name,
    )


@lru_cache(maxsize=4_096)
def flower(seed: int | str | None, size: str = "m") -> SafeString:
    """The pressed flower of a persona; without a seed the linen bud of an anonymous voice."""
    px = FLOWER_SIZES[size]
    nobody = seed is None or seed == ""
    source = asset("ui/bud.svg") if nobody else f"/flower/{quote(str(seed))}.svg"
    # Nothing in it was typed by anybody, and format_html takes longer than all the rest of it.
    drawn = f'<img class="flower flower--{size}" src="{source}" alt="" width="{px}" height="{px}">'
    return mark_safe(drawn)  # noqa: S308


@lru_cache(maxsize=1_024, typed=True)
def persona(
    name: str, seed: int | None, note: str = "", href: str = "", size: str = "m"
) -> SafeString:
    """A flower and a name; a link when there is somewhere to go."""
    told = format_html('<span class="persona__note">{}</span>', note) if note else ""
    inside = format_html(
        '{}<span class="persona__who"><bdi class="persona__name">{}</bdi>{}</span>',
        flower(seed, size),
        name,
        told,
    )
    if href:
        return format_html('<a class="persona persona--{}" href="{}">{}</a>', size, href, inside)
    return format_html('<span class="persona persona--{}">{}</span>', size, inside)


@per_language
def privacy_word(privacy: str) -> str:
    """Public, Private or Secret, in the reader's language."""
    words = {
        "public": gettext("Public"),
        "private": gettext("Private"),
        "secret": gettext("Secret"),
    }
    return words[privacy]


@per_language
def stamp(privacy: str) -> SafeString:
    """Privacy, drawn and said: solid edge and globe, dashed and door, dotted and needle."""
    return format_html(
        '<span class="stamp is-{}">{}{}</span>',
        privacy,
        icon(STAMPS[privacy]),
        privacy_word(privacy),
    )


@lru_cache(maxsize=1_024)
def patch(name: str, hue: int, privacy: str = "private", size: str = "m") -> SafeString:
    """A community's lettered tile; its name stands beside it, so it is not read aloud."""
    letter = next((sign for sign in name if sign.isalnum()), "·").upper()
    return format_html(
        '<span class="patch patch--{} hue-{} is-{}" aria-hidden="true">{}</span>',
        size,
        hue,
        privacy,
        letter,
    )


def cover(src: str, at: str = "middle", width: int = 320, height: int = 180) -> SafeString:
    """A community's picture on its cloth: `at` says which part stays in sight. No words on it."""
    if not src:
        return mark_safe("")
    return format_html(
        '<img class="cover cover--{}" src="{}" alt="" width="{}" height="{}" decoding="async">',
        at,
        src,
        width,
        height,
    )


def stitches(done: int, of: int = 5, label: str = "") -> SafeString:
    """`done` stitches of `of`, the rest only pricked; said aloud by its label."""
    sewn = format_html_join(
        "", '<path d="M{} 8.6 {} 4.4"/>', ((12 * n + 2, 12 * n + 11) for n in range(done))
    )
    pricked = format_html_join(
        "",
        '<path class="stitches__open" d="M{} 8.6 {} 4.4"/>',
        ((12 * n + 3, 12 * n + 10) for n in range(done, of)),
    )
    told = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="stitches" width="{}" height="13" viewBox="0 0 {} 13" {}>{}{}</svg>',
        12 * of + 2,
        12 * of + 2,
        told,
        sewn,
        pricked,
    )


def thread(done: int, of: int) -> SafeString:
    """A seam sewn as far as step `done` of `of`, with the needle still in it."""
    at = max(16, round(384 * done / of))
    return format_html(
        '<svg class="thread" viewBox="0 0 432 18" aria-hidden="true">'
        '<path class="thread__open" d="M{} 9H430"/><path class="thread__sewn" d="M3 9H{}"/>'
        '<g transform="translate({} 0)">'
        '<path class="thread__needle" d="M0 10 40 1.5q3.5-.3 1 1.9L1.5 13.5Q-2 12 0 10Z"/>'
        '<path class="thread__eye" d="m3 11 8-2"/></g></svg>',
        at + 52,
        at,
        at - 2,
    )


def bars(counts: list[int]) -> SafeString:
    """Small bars side by side, the tallest filling the height; words must stand beside them."""
    top = max([*counts, 1])
    drawn = (
        (12 * n, 60 - height, height)
        for n, height in enumerate(max(4, round(56 * count / top)) for count in counts)
    )
    rects = format_html_join("", '<rect x="{}" y="{}" width="7" height="{}" rx="3.5"/>', drawn)
    wide = max(12 * len(counts) - 5, 7)
    return format_html(
        '<svg class="bars" viewBox="0 0 {} 60" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        wide,
        rects,
    )
