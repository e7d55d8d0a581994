"""What happens to accounts, as facts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Closing:
    """An account is about to be deleted, in this transaction.

    For consequences only, never for listeners: a listener would put the account's id into
    the outbox table, beside what the outbox says about personas.
    """

    account_id: int
