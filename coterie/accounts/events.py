"""What happens to accounts, as facts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Closed:
    """An account was closed; its row goes at the end of this transaction.

    For consequences only, never for listeners: a listener would put the account's id into
    the outbox table, beside what the outbox says about personas.
    """

    account_id: int
