"""What happened to gatherings. Ids only; `occurrence_id` 0 stands for all dates to come."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answered:
    """Somebody said whether they come, or does not come any more."""

    occurrence_id: int


@dataclass(frozen=True)
class MovedUp:
    """Who waited has a place."""

    attendance_id: int


@dataclass(frozen=True)
class Rearranged:
    """When or where it is has changed."""

    gathering_id: int
    occurrence_id: int
    by_id: int


@dataclass(frozen=True)
class CalledOff:
    """It does not take place."""

    gathering_id: int
    occurrence_id: int
    by_id: int


@dataclass(frozen=True)
class ConvenerNamed:
    """A member may arrange it too."""

    gathering_id: int
    membership_id: int
    by_id: int


@dataclass(frozen=True)
class ConvenerDropped:
    """A member does not arrange it any more."""

    gathering_id: int
    persona_id: int
    by_id: int


@dataclass(frozen=True)
class ReminderDue:
    """Somebody wanted to be reminded by now."""

    attendance_id: int
