"""What happened in the inbox. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A persona has something new to know, and a plain mail about it is due."""

    notification_id: int
