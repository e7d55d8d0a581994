"""Gates: what higher floors answer before something is let out, inside its transaction.

`config/wiring.py` hangs them. All are asked: one refusal stops it, one hold makes
it wait, and only if nobody objects it goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from coterie.core.verdict import Refused


@dataclass(frozen=True)
class Publish:
    """Nothing speaks against it."""


@dataclass(frozen=True)
class Hold:
    """A host looks first; `reason` is a sentence for the author and the hosts.

    It is kept, so it is a msgid: each reader's page says it in its own language.
    """

    reason: str


@dataclass(frozen=True)
class Refuse:
    """It does not happen; `sentence` says why."""

    sentence: str


type Answer = Publish | Hold | Refuse
type Gate = Callable[[Any, Any], Answer]
"""Takes what is to go out, and who lets it: with all that this action knows of them already."""

_gates: dict[str, tuple[Gate, ...]] = {}


def hang(gates: dict[str, Iterable[Gate]]) -> None:
    """From now on these gates are asked (config/wiring.py calls this once)."""
    _gates.clear()
    _gates.update({name: tuple(asked) for name, asked in gates.items()})


def ask(name: str, subject: Any, who: Any) -> Publish | Hold:
    """What the gates of this name say of `subject`; raises `Refused` when one refuses."""
    waiting: Hold | None = None
    for gate in _gates.get(name, ()):
        answer = gate(subject, who)
        if isinstance(answer, Refuse):
            raise Refused(answer.sentence)
        if isinstance(answer, Hold):
            waiting = waiting or answer
    return waiting or Publish()
