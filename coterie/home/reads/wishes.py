"""What somebody wants to see at home; it stands in the address, so that Back and a link keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coterie.home.reads.tiles import places
from coterie.personas.viewer import Viewer
from coterie.talk.models import Kind
from coterie.talk.reads import Wanted

KINDS: dict[str, tuple[str | Promise, Wanted]] = {
    "": (_("Everything"), Wanted()),
    "followed": (_("What I follow"), Wanted(followed=True)),
    "topics": (_("Topics"), Wanted(kind=Kind.TOPIC)),
    "rooms": (_("Rooms"), Wanted(kind=Kind.ROOM)),
    "gatherings": (_("Gatherings"), Wanted(kind=Kind.GATHERING)),
}
"""What `?show=` may ask for, in words; anything else is everything."""


@dataclass(frozen=True)
class Wish:
    """One way to look at home."""

    show: str = ""
    place: dict[str, Any] | None = None
    choosing: bool = False
    """Somebody is about to choose one of their communities."""
    known: bool = False
    """What was read before is wanted, in place of what is new."""
    after: str = ""
    among: tuple[dict[str, Any], ...] = ()
    """The communities to choose from."""

    @property
    def wanted(self) -> Wanted:
        """The same for `talk`."""
        return KINDS[self.show][1]._replace(place=self.place["pk"] if self.place else None)

    @property
    def is_plain(self) -> bool:
        """Nothing is left out."""
        return not self.show and self.place is None

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """Each kind in words, the way to it, and whether it is what is shown."""
        return [
            {"words": words, "way": self._path(show=show), "here": show == self.show}
            for show, (words, _wanted) in KINDS.items()
        ]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """My communities and the way to the news of each."""
        return [each | {"way": self._path(place=each["public_id"])} for each in self.among]

    @property
    def choose_path(self) -> str:
        """The way to the choice of a community."""
        return self._path(place="") + ("&in=" if self.show else "?in=")

    @property
    def anywhere_path(self) -> str:
        """The same of all communities."""
        return self._path(place="")

    @property
    def news_path(self) -> str:
        """The way back from what was read before."""
        return self._path()

    @property
    def known_path(self) -> str:
        """The same of what was read before."""
        return self._path(seen="1")

    def older_path(self, after: str) -> str:
        """What was read before that."""
        return self._path(seen="1", after=after)

    def _path(self, **other: str) -> str:
        here = {"show": self.show, "in": self.place["public_id"] if self.place else ""}
        if "place" in other:
            other["in"] = other.pop("place")
        asked = {name: value for name, value in (here | other).items() if value}
        return f"/?{urlencode(asked)}" if asked else "/"


def wish_of(viewer: Viewer, asked: Mapping[str, str]) -> Wish:
    """What an address asks for; what it may not or cannot ask for is left away."""
    show, handle = asked.get("show", ""), asked.get("in", "")
    mine = places(viewer)
    found = next((pk for pk, each in mine.items() if each["public_id"] == handle), None)
    return Wish(
        show=show if show in KINDS else "",
        place=mine[found] | {"pk": found} if found is not None else None,
        choosing="in" in asked and found is None,
        among=tuple(mine.values()) if "in" in asked and found is None else (),
        known=bool(asked.get("seen")),
        after=asked.get("after", "") if asked.get("seen") else "",
    )
