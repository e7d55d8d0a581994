"""Over which bus the processes of this installation tell each other what is new."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections

from coterie.live.buses import Bus
from coterie.live.buses.local import Local


def bus() -> Bus:
    """What COTERIE_BUS names; else PostgreSQL itself, or a socket in the data folder."""
    if settings.BUS.startswith(("redis://", "rediss://", "valkey://", "unix://")):
        from coterie.live.buses.redis import Redis

        return Redis(settings.BUS.replace("valkey://", "redis://", 1))
    if connections["default"].vendor == "postgresql":
        from coterie.live.buses.postgres import Postgres

        return Postgres(_line_to_postgres)
    return Local(settings.DATA)


def _line_to_postgres() -> dict[str, Any]:
    """How to reach the house's own database once more."""
    asked = connections["default"].get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "service")
    return {name: value for name, value in asked.items() if name in wanted and value}
