"""Guards: who may see a picture is decided by what it belongs to.

A picture names its guard and its subject; `config/wiring.py` says which function answers
for a guard. No guard, no picture.
"""

from __future__ import annotations

from collections.abc import Callable

from coterie.media.models import Picture
from coterie.media.rules import may_change
from coterie.personas.viewer import Viewer

type Guard = Callable[[Viewer, int], bool]

_guards: dict[str, Guard] = {}


def post(guards: dict[str, Guard]) -> None:
    """From now on these guards stand (config/wiring.py calls this once)."""
    _guards.clear()
    _guards.update(guards)


def may_see(viewer: Viewer, picture: Picture) -> bool:
    """Whether this viewer may see it; one that waits is its sender's alone."""
    if not picture.guard:
        return bool(may_change(viewer, picture))
    guard = _guards.get(picture.guard)
    return guard is not None and picture.subject is not None and guard(viewer, picture.subject)
