"""A letter, before anybody knows to which address it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Letter:
    """Plain words, the same in HTML where somebody made them, and headers beyond the usual."""

    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
