"""What happened in the inbox. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A persona has something new to know."""

    notification_id: int


@dataclass(frozen=True)
class Called:
    """It is urgent: about themselves, or about somebody's safety."""

    notification_id: int
