"""What of a persona itself is exported and erased. Whose it is goes with `actions.being.fade`."""

from typing import Any

from coterie.core.keeping import keep
from coterie.personas.models import Intention, Persona


def looks(persona_id: int) -> list[dict[str, Any]]:
    """Its name, words and flower, and since when it is somebody."""
    rows = Persona.objects.filter(pk=persona_id)
    return [dict(row) for row in rows.values("public_id", "name", "bio", "seed", "created_on")]


def blank(persona_id: int) -> int:
    """It has no words about itself any more; `fade` takes name, flower and owner."""
    return Persona.objects.filter(pk=persona_id).update(bio="")


keep(Persona, why="So that others know who speaks.", export=looks, erase=blank)
keep(
    Intention,
    why="So that an act can be undone; it is gone once the act is done.",
    export=None,
    erase=lambda persona_id: Intention.objects.filter(persona=persona_id).delete()[0],
)
