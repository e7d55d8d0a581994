"""What the alerts page and the badge need, in a constant number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coterie.communities.models import Community, Membership
from coterie.communities.reads import still_known
from coterie.core.pages import Page, cut
from coterie.core.prepared import prepared
from coterie.inbox.kinds import KINDS, signature
from coterie.inbox.models import Notification
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer

SIZE = 30
TOGETHER = ("replied", "mentioned")
COUNTED = 100
"""The badge says "99+" beyond; nobody needs the exact number."""

FIELDS = (
    "public_id",
    "kind",
    "facts",
    "told_at",
    "is_unread",
    "path",
    "community_id",
    "known_as",
    "persona__name",
    "persona__seed",
    "actor__name",
    "actor__seed",
    "actor__gone",
    "conversation__title",
    "community__name",
    "community__hue",
    "community__slug",
    "community__public_id",
    "community__seen_by",
    "community__found_by",
    "persona_id",
    "actor_id",
    "post_id",
    "conversation_id",
)


def unread_count(viewer: Viewer) -> int:
    """New things for all personas of this sign-in, looked up once per request, 100 at most."""
    if not viewer.personas:
        return 0
    if "unread" not in viewer.memo:
        viewer.memo["unread"] = len(_unread(tuple(sorted(viewer.ids))))
    found: int = viewer.memo["unread"]
    return found


@prepared
def _unread(ids: tuple[int, ...]) -> Any:
    return Notification.objects.of(ids).unread().values_list("pk", flat=True)[:COUNTED]


def page(viewer: Viewer, after: str = "") -> Page[dict[str, Any]]:
    """Alerts, unread first and newest first; each row knows its words."""
    rows = _after(Notification.objects.of(viewer), after).order_by("-is_unread", "-id")
    found = worded(viewer, list(rows.values(*FIELDS)[: SIZE + 1]))
    last = found[SIZE - 1] if len(found) > SIZE else None
    return cut(found, SIZE, f"{'ru'[last['is_unread']]}.{last['public_id']}" if last else "")


def worded(viewer: Viewer, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in words; a place that this viewer may not find has its name of then."""
    today = still_known(viewer, (row["community_id"] for row in rows if row["community_id"]))
    return [told(row) if row["community_id"] in today else told(_as_told(row)) for row in rows]


def sections(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """First what waits for this person to act, then what was said to them."""
    needs = _merged([row for row in rows if row["needs_them"] and row["is_unread"]])
    others = _merged([row for row in rows if not (row["needs_them"] and row["is_unread"])])
    named = (("needs", _("Needs you"), needs), ("told", _("To you"), others))
    return [{"id": id, "title": title, "rows": found} for id, title, found in named if found]


def _merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers of several people in one conversation are one row: the newest, that counts them."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        talk = row["conversation_id"] if row["kind"] in TOGETHER else None
        key = (row["kind"], talk, row["persona_id"], row["is_unread"]) if talk else row["public_id"]
        first = found.setdefault(key, row | {"faces": []})
        face = (row["actor__name"], row["actor__seed"])
        if row["actor__seed"] is not None and not row["actor__gone"] and face not in first["faces"]:
            first["faces"].append(face)
    return [_counted(row) for row in found.values()]


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    others = len(row["faces"]) - 1
    if others < 1:
        return row
    names = {"actor": row["faces"][0][0], "topic": row["conversation__title"] or "", "many": others}
    words = (
        ngettext(
            "%(actor)s and one other answered you in “%(topic)s”",
            "%(actor)s and %(many)d others answered you in “%(topic)s”",
            others,
        )
        if row["kind"] == "replied"
        else ngettext(
            "%(actor)s and one other mentioned you in “%(topic)s”",
            "%(actor)s and %(many)d others mentioned you in “%(topic)s”",
            others,
        )
    )
    return row | {"words": words % names}


def on_duty(community: Community, duty: str) -> list[Persona]:
    """The personas that carry this duty here: hosts, and moderators who were given it."""
    trusted = [Membership.Role.HOST, Membership.Role.MODERATOR]
    seats = Membership.objects.living().filter(community=community, role__in=trusted)
    return [seat.persona for seat in seats.select_related("persona") if seat.may(duty)]


def _after(rows: QuerySet[Notification], after: str) -> QuerySet[Notification]:
    section, _, public_id = after.partition(".")
    pk = (
        rows.filter(public_id=public_id).values_list("pk", flat=True).first() if public_id else None
    )
    if pk is None:
        return rows
    if section == "u":
        return rows.filter(Q(is_unread=True, pk__lt=pk) | Q(is_unread=False))
    return rows.filter(is_unread=False, pk__lt=pk)


def _as_told(row: dict[str, Any]) -> dict[str, Any]:
    """Where it happened under the name of then, without look and address."""
    then = {"name": row["known_as"], "hue": 1, "slug": "", "public_id": ""}
    then |= {"seen_by": "members", "found_by": "nobody"}
    return row | {f"community__{field}": value for field, value in then.items()}


def told(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its words, and where it leads."""
    kind = KINDS[row["kind"]]
    actor = "" if row["actor__gone"] else row["actor__name"]
    facts = {**row["facts"], "actor": actor, "conversation": row["conversation__title"] or ""}
    handle = row["community__slug"] or row["community__public_id"]
    public, secret = row["community__seen_by"] == "everyone", row["community__found_by"] == "nobody"
    return row | {
        "words": kind.words(facts),
        "sentence": row["facts"].get("sentence", ""),
        "rule": row["facts"].get("rule", ""),
        "signed": signature(row["facts"]),
        "icon": kind.icon,
        "subject": str(kind.subject),
        "needs_them": kind.needs_them,
        "action": kind.action if row["path"] else "",
        "href": f"/alerts/{row['public_id']}/" if row["path"] else "",
        "community": row["community__name"],
        "privacy": "public" if public else "secret" if secret else "private",
        "community_path": f"/c/{handle}/" if handle else "",
    }
