"""Answers of rules: yes, or no with a sentence that a page may show."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """True when nothing speaks against it; else false, with the reason."""

    sentence: str = ""

    def __bool__(self) -> bool:
        return not self.sentence


YES = Verdict()


class Refused(PermissionDenied):
    """A rule said no; `sentence` says why in words for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


def require(verdict: Verdict) -> None:
    """Raise `Refused` unless the verdict is yes."""
    if not verdict:
        raise Refused(verdict.sentence)
