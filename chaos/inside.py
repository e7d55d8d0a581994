"""What needs the house's own code: run as `python -m chaos.inside plant …`, speaks JSON.

The clients never come here: they have doors.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from coterie.commands.house import open_house


def plant(people: str, topics: str) -> dict[str, Any]:
    """One community with a host and so many members, all signed in, and topics to write in."""
    from signing_in import session

    from coterie.accounts.actions import opening
    from coterie.communities import seating
    from coterie.communities.actions import founding
    from coterie.communities.models import Membership
    from coterie.personas import sealed
    from coterie.talk.actions import posting
    from coterie.talk.models import Said

    made: list[dict[str, Any]] = []
    place = None
    for n in range(int(people) + 1):
        account = opening.open_account(f"chaos{n}@example.org")
        persona = sealed.new_persona(sealed.Owner(account.pk), name=f"Somebody {n}")
        if place is None:
            host, place = persona, founding.found("Weather", by=persona).community
            seat = Membership.objects.get(community=place, persona=persona)
        else:
            seat = seating.begin(place, persona, agreed=0)
        headers = session(account)
        keys = {"cookie": headers["Cookie"], "csrf": headers["$csrf"]}
        made.append({"persona": persona.public_id, "member": seat.public_id, **keys})
    assert place is not None
    started = [
        posting.start_topic(
            place, Said("It begins."), by=host, title=f"Storm {n}", client_key=f"{n}"
        )
        for n in range(int(topics))
    ]
    # Whoever keeps order may write as fast as they like; others are asked to take a breath.
    keepers = Membership.objects.filter(persona__public_id__in=[p["persona"] for p in made[-12:]])
    keepers.update(role=Membership.Role.MODERATOR, duties=[Membership.Duty.TALK])
    # So that no member counts as one who came after.
    Membership.objects.update(joined_at=place.created_at - timedelta(days=1))
    return {"path": place.path, "people": made, "topics": [topic.public_id for topic in started]}


def rows() -> dict[str, Any]:
    """All posts and how far all topics have come; times on the clock of this machine's start."""
    from coterie.talk.models import Conversation, Post

    shift = time.monotonic() - time.time()
    told = Post.objects.values_list(
        "public_id", "conversation__public_id", "seq", "persona__public_id", "source", "created_at",
        "published_at",
    )  # fmt: skip
    names = ("topic", "seq", "persona", "words", "at", "out")
    posts = {
        public_id: dict(
            zip(
                names, (*rest, at.timestamp() + shift, out and out.timestamp() + shift), strict=True
            )
        )
        for public_id, *rest, at, out in told
    }
    points = Conversation.objects.values_list("public_id", "epoch", "last_seq", "last_rev")
    topics = {one: {"epoch": epoch, "seq": seq, "rev": rev} for one, epoch, seq, rev in points}
    return {"posts": posts, "topics": topics}


def burst(topic: str, count: str) -> dict[str, Any]:
    """So many posts are said there, one transaction each, as fast as it goes."""
    from coterie.talk.actions import posting
    from coterie.talk.models import Conversation, Said

    place = Conversation.objects.select_related("community", "started_by").get(public_id=topic)
    for n in range(int(count)):
        assert place.started_by is not None
        posting.reply(place, Said(f"burst {n}"), by=place.started_by, client_key=f"burst-{n}")
    return {"said": int(count)}


VERBS = {"plant": plant, "rows": rows, "burst": burst}


def main() -> None:
    folder = open_house()
    from coterie.commands import schema

    schema.bring_up_to_date(folder)
    json.dump(VERBS[sys.argv[1]](*sys.argv[2:]), sys.stdout)


if __name__ == "__main__":
    main()
