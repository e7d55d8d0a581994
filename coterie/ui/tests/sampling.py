# ruff: noqa: E501
"""Sample pages made of nothing but elements, for the eye, for axe and for comparing engines."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

PAGES = Path(__file__).parent / "pages"
SAMPLES = ["patterns", *sorted(page.stem for page in PAGES.glob("*.html"))]
STRANGERS = {"landing", "preview"}


class AskForm(forms.Form):
    name = forms.CharField(label="Name in this community", help_text="Only here.", max_length=40)
    why = forms.CharField(label="What did you last repair, or wish you had?", widget=forms.Textarea)
    place = forms.CharField(
        label="What would make this a good place for you?",
        required=False,
        widget=forms.Textarea(attrs={"placeholder": "A sentence is plenty"}),
    )
    who = forms.ChoiceField(
        label="Who may find it",
        choices=[
            ("e", "everyone"),
            ("p", "members of the parent"),
            ("n", "nobody, only by invitation"),
        ],
        widget=forms.RadioSelect,
        initial="e",
        help_text="It can be changed later.",
    )
    many = forms.MultipleChoiceField(
        label="What members can do here",
        choices=[("t", "topics"), ("c", "chat <live>")],
        widget=forms.CheckboxSelectMultiple,
    )
    s = forms.ChoiceField(label="Language", choices=[("en", "English"), ("de", "Deutsch")])
    file = forms.FileField(label="Export", required=False)
    keep = forms.BooleanField(label="I will keep to these.")

    def clean(self) -> None:
        raise forms.ValidationError("Two things need another look.")


WHY = "My father’s gardening jumper. I darned one cuff and ran out of courage at the elbow."
RAIL: list[dict[str, Any]] = [
    {
        "name": "Mending circle",
        "path": "/samples/topics/",
        "hue": 2,
        "privacy": "private",
        "unread": 3,
    },
    {"name": "Houseplants", "path": "/c/h/", "hue": 4, "privacy": "public", "unread": 12},
    {"name": "Swap shop", "path": "/c/s/", "hue": 6, "privacy": "public", "unread": 0},
    {
        "name": "Quiet quilters of the long Lindenhof street",
        "path": "/c/q/",
        "hue": 10,
        "privacy": "secret",
        "unread": 140,
    },
]
TOPICS: list[dict[str, Any]] = [
    {
        "seed": 101,
        "title": "Moth holes in cashmere: save it or let it go?",
        "words": "marrow: a fine weave over silk organza, then felt it lightly.",
        "kind": "Help please",
        "replies": 14,
        "at": timedelta(minutes=12),
        "unread": 4,
    },
    {
        "seed": 1,
        "title": "Sashiko over the elbow, finally done",
        "words": "",
        "kind": "Show & tell",
        "replies": 8,
        "at": timedelta(minutes=20),
        "unread": 2,
    },
    {
        "seed": None,
        "title": "Is it silly to mend fast fashion?",
        "words": "A member: it cost nine euros and I love it.",
        "kind": "Talk",
        "replies": 21,
        "at": timedelta(hours=5),
        "unread": 1,
    },
    {
        "seed": 104,
        "title": "Repair café on Saturday: who brings what",
        "words": "",
        "kind": "Dates",
        "replies": 23,
        "at": timedelta(days=1),
        "unread": 0,
    },
    {
        "seed": 105,
        "title": "Darning films for left hands",
        "words": "",
        "kind": "Tools",
        "replies": 9,
        "at": timedelta(days=4),
        "unread": 0,
    },
    {
        "seed": 106,
        "title": "Walnut, madder and one happy accident",
        "words": "",
        "kind": "Show & tell",
        "replies": 17,
        "at": timedelta(days=500),
        "unread": 0,
    },
]
POSTS: list[dict[str, Any]] = [
    {
        "sheet": "m1",
        "name": "Ines",
        "seed": 1,
        "host": True,
        "at": timedelta(hours=2),
        "words": "Three evenings, two podcasts and one pricked thumb. The thread is offcuts from Sam’s dye pot, the patch an old pillowcase.",
    },
    {
        "sheet": "m2",
        "name": "Juno",
        "seed": 2,
        "at": timedelta(hours=1),
        "quote": "the patch an old pillowcase",
        "words": "Linen or cotton? Mine frayed within a month, right under the arcs.",
    },
    {
        "sheet": "m3",
        "name": "A member",
        "seed": None,
        "at": timedelta(minutes=50),
        "words": "This made me take my late husband’s jacket out of the box. I am not ready to cut it, but I have bought the thread.",
    },
    {
        "sheet": "m4",
        "name": "Sam",
        "seed": 3,
        "host": True,
        "at": timedelta(minutes=20),
        "words": "Linen, twice washed. I still have walnut and weld left. Take a skein on Saturday.",
    },
]
ASKERS: list[dict[str, Any]] = [
    {
        "name": "pebble",
        "seed": 201,
        "at": timedelta(days=2),
        "words": "My gran’s apron. The pocket is more hole than pocket.",
    },
    {
        "name": "thistledown",
        "seed": 12,
        "at": timedelta(days=1),
        "words": "My father’s gardening jumper. I darned one cuff…",
    },
    {
        "name": "Juno",
        "seed": 2,
        "at": timedelta(hours=23),
        "words": "Jeans, inner thigh, like everyone’s.",
    },
    {
        "name": "oxeye",
        "seed": 204,
        "at": timedelta(hours=20),
        "words": "A linen shirt I sat on a cactus in.",
    },
    {
        "name": "best_deals_24",
        "seed": 205,
        "at": timedelta(hours=9),
        "words": "Great group! Premium repair kits, write me for prices.",
    },
]
TILES: list[dict[str, Any]] = [
    {
        "name": "Houseplants",
        "hue": 4,
        "words": "Leggy stems, lost labels and cuttings by post.",
        "size": 200,
    },
    {
        "name": "Natural dye",
        "hue": 8,
        "words": "Walnut, madder, woad: colour out of the garden.",
        "size": 50,
    },
    {
        "name": "Zero-waste sewing",
        "hue": 11,
        "words": "Patterns that leave no scrap on the floor.",
        "size": 200,
    },
    {"name": "Swap shop", "hue": 7, "words": "Give one, take one. No money needed.", "size": 50},
    {
        "name": "Seed savers",
        "hue": 3,
        "words": "Beans with stories, and who grew them first.",
        "size": 20,
    },
]
SHAPES: list[dict[str, Any]] = [
    {
        "name": "Private group",
        "words": "Topics for people you let in.",
        "privacy": "private",
        "hue": 2,
        "icon": "users",
    },
    {
        "name": "Close circle",
        "words": "A handful you trust. Nobody else knows it is there.",
        "privacy": "secret",
        "hue": 9,
        "icon": "heart",
    },
    {
        "name": "Forum",
        "words": "Topics anyone can read and learn from.",
        "privacy": "public",
        "hue": 7,
        "icon": "messages-square",
    },
    {
        "name": "Channel",
        "words": "You speak, many listen. Replies come to you alone.",
        "privacy": "public",
        "hue": 0,
        "icon": "megaphone",
    },
]


def sample(name: str, now: datetime | None = None) -> dict[str, Any]:
    """What the sample page `name` shows."""
    now = now or datetime.now(UTC)
    counts = "6 7 9 8 12 11 14 15 13 18 20 19 22 26 30 28 24 31 35 33 38 36 30 34"
    begun = {"name": "thistledown", "why": WHY}
    return {
        "now": now,
        "alerts": 3,
        "hues": range(12),
        "counts": [int(count) for count in counts.split()],
        "seeds": [12, 21, 33, 40],
        "form": AskForm(initial=begun),
        "wrong": AskForm({"name": "x" * 50, "who": "e"}),
        "rail": RAIL,
        "topics": _since(now, TOPICS),
        "posts": _since(now, POSTS),
        "askers": _since(now, ASKERS),
        "tiles": TILES,
        "shapes": SHAPES,
    }


def _since(now: datetime, things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, each so long ago as it says."""
    return [thing | {"at": now - thing["at"]} for thing in things]


def show(request: HttpRequest, name: str) -> HttpResponse:
    """One sample page, as a member or as a stranger sees it."""
    if name not in SAMPLES:
        raise Http404
    request.viewer = SimpleNamespace(signed_in=name not in STRANGERS)  # type: ignore[attr-defined]
    return HttpResponse(template(name).render(sample(name), request))


def template(name: str, engine: Any = None) -> Any:
    engine = engine or next(iter(engines.all()))
    if name == "patterns":
        return engine.get_template("ui/patterns.html")
    return engine.from_string((PAGES / f"{name}.html").read_text())


urlpatterns = [
    path("samples/<str:name>/", show),
    path("", include("coterie.config.urls")),
]
