"""How much one request may bring."""

from dataclasses import dataclass

from coterie.config.front.types import Scope


@dataclass(frozen=True)
class Limits:
    """Forms are small; photos and archives come from signed-in browsers, where they are read."""

    plain: int
    archive: int
    photos: int
    cookie: bytes
    """The name of the session cookie: without one nobody fills the disk."""
    folder: str = "/imports/"
    pictured: tuple[str, ...] = ("/media/", "/posts/", "/topics/new/", "/settings/cover/")
    """How the addresses end that take photos."""

    def of(self, scope: Scope) -> int:
        """The most bytes this request's body may have."""
        path = scope["path"]
        if self.folder in path and self._may_be_signed_in(scope):
            return self.archive
        if path.endswith(self.pictured) and self._may_be_signed_in(scope):
            return max(self.photos, self.plain)
        return self.plain

    def _may_be_signed_in(self, scope: Scope) -> bool:
        return any(
            name == b"cookie" and self.cookie + b"=" in value for name, value in scope["headers"]
        )
