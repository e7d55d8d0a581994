"""How much one request may bring."""

from dataclasses import dataclass

from coterie.config.front.types import Scope


@dataclass(frozen=True)
class Limits:
    """Forms are small; only a signed-in browser may send an archive, and only where one is read."""

    plain: int
    archive: int
    cookie: bytes
    """The name of the session cookie: without one nobody fills the disk."""
    folder: str = "/imports/"

    def of(self, scope: Scope) -> int:
        """The most bytes this request's body may have."""
        archives = self.folder in scope["path"] and self._may_be_signed_in(scope)
        return self.archive if archives else self.plain

    def _may_be_signed_in(self, scope: Scope) -> bool:
        return any(
            name == b"cookie" and self.cookie + b"=" in value for name, value in scope["headers"]
        )
