"""Every address there is, read from the URL resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One pattern and what answers it."""

    pattern: str
    """As Django writes it: /c/<slug:handle>/members/"""
    view: Any

    @property
    def path(self) -> str:
        """For people: /c/<handle>/members/"""
        return re.sub(r"<\w+:", "<", self.pattern)

    @property
    def names(self) -> list[str]:
        """The parameters in the path."""
        return re.findall(r"<(?:\w+:)?(\w+)>", self.pattern)

    @property
    def is_ours(self) -> bool:
        """Whether the page is written here or comes with a library."""
        return str(self.view.__module__).startswith("coterie.")

    @property
    def says(self) -> str:
        """The first line of the view's docstring."""
        return (self.view.__doc__ or "").strip().split("\n")[0]

    def filled(self, values: dict[str, Any]) -> str:
        """The path with these values in it."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.pattern)


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[Route]:
    """All routes, in the order in which they are tried."""
    for each in (resolver or get_resolver()).url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Route(path, getattr(each.callback, "view_class", each.callback))
        else:
            yield from routes(each, path)
