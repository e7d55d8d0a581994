"""Where this process tells that something is new."""

from __future__ import annotations

from coterie.live.buses import Bus, Nowhere

_bus: Bus = Nowhere()


def install(bus: Bus) -> None:
    """From now on `tell` goes over this bus."""
    global _bus
    _bus = bus


def bus() -> Bus:
    """The bus of this process."""
    return _bus


def tell(name: str) -> None:
    """Whoever listens to this topic will be told what is new there. Call it after the commit."""
    _bus.tell(name)
