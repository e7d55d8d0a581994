"""Topics with something new to one person, over all her communities and selves; and the rest."""

from typing import Any

from coterie.home.reads.tiles import places
from coterie.home.reads.wishes import Wish
from coterie.personas.viewer import Viewer
from coterie.talk import reads as talk
from coterie.talk.models import path_of
from coterie.talk.reads.faces import face
from coterie.talk.reads.rows import beginning

SIZE = 30


def newest(viewer: Viewer, wish: Wish | None = None) -> tuple[list[dict[str, Any]], bool]:
    """The latest first, with the first new words of each; and whether there are more."""
    rows = talk.newest(viewer, SIZE + 1, *([wish.wanted] if wish else []))
    where = places(viewer)
    found = [_topic(row, where[row["community_id"]]) for row in rows[:SIZE]]
    # Where all that is new was said by somebody whom this reader does not meet, nothing is.
    return [each for each in found if each["new"]], len(rows) > SIZE


def known(viewer: Viewer, wish: Wish) -> tuple[list[dict[str, Any]], str]:
    """What holds nothing new, by name, the latest first; and where the next page begins."""
    page = talk.read_before(viewer, SIZE, wish.wanted, wish.after)
    where = places(viewer)
    rows = [
        {
            "path": path_of(row["kind"], row["public_id"]),
            "title": row["title"],
            "at": row["last_post_at"],
            "place": where[row["community_id"]],
        }
        for row in page.rows
    ]
    return rows, page.after


def _topic(row: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    words = beginning(row["beginning"] or "", 180) if row["met"] else ""
    return {
        "path": path_of(row["kind"], row["public_id"]),
        "title": row["title"],
        "at": row["last_post_at"],
        "new": row["new"],
        "face": face(row) if words else None,
        "words": words,
        "place": place,
    }
