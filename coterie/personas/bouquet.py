"""Flowers to choose from: fresh random seeds, signed, so that nobody can pick another's."""

from typing import Any

from django.core.signing import BadSignature, Signer

from coterie.personas.models import new_seed

_signer = Signer(salt="flower")


def offer(count: int = 4) -> list[int]:
    """So many fresh flowers."""
    return [new_seed() for _ in range(count)]


def ticket(seed: int) -> str:
    """What a form carries for a flower that we offered."""
    return _signer.sign(str(seed))


def redeem(value: Any) -> int | None:
    """The flower of a ticket of ours; None for anything else."""
    try:
        return int(_signer.unsign(str(value)))
    except (BadSignature, ValueError):
        return None


def spread(seeds: list[int], picked: int) -> list[dict[str, Any]]:
    """Flowers as a form shows them, one of them picked."""
    return [{"seed": seed, "ticket": ticket(seed), "checked": seed == picked} for seed in seeds]
