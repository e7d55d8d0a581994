"""What happened in safety. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reported:
    """Somebody reported something; the case is open."""

    case_id: int


@dataclass(frozen=True)
class CaseClosed:
    case_id: int


@dataclass(frozen=True)
class Decided:
    """Hosts or the operator decided about a case, or about something on their own initiative."""

    decision_id: int


@dataclass(frozen=True)
class OperatorAsked:
    """Hosts asked the operator for what they cannot do themselves."""

    case_id: int
    by_id: int
