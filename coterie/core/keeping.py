"""What becomes of each row when a person leaves or a community departs.

Each app's `keeping.py` registers its models here: a model that reaches a persona
or a community and stands in no register fails a house test. `custody` runs them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Keeping:
    """How one model is exported and erased, and why it is kept at all."""

    model: type[models.Model]
    why: str
    export: Callable[[int], list[dict[str, Any]]] | None
    """Rows of one persona id for its owner's archive; None: nothing of it is the persona's."""
    erase: Callable[[int], int] | None
    """Erase what one persona id left here, return the number of rows; None: nothing to erase."""


register: dict[type[models.Model], Keeping] = {}


def keep(
    model: type[models.Model],
    *,
    why: str,
    export: Callable[[int], list[dict[str, Any]]] | None,
    erase: Callable[[int], int] | None,
) -> None:
    """`model` has a place in the register."""
    register[model] = Keeping(model, why, export, erase)
