"""Every byte that somebody can see by following links from where they may start."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.test import Client

SKIP = re.compile(r"^/(static|sign-out)/|[?&](reply|at)=")
"""Nothing to see, and the same page at another place."""


class Links(HTMLParser):
    """The addresses that a page points at."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src", "hx-get") and value:
                self.found.append(value)
            if name == "srcset" and value:
                self.found += [each.split()[0] for each in value.split(",")]


def links(page: str, base: str) -> list[str]:
    """Same-origin paths in the page, without fragments."""
    parser = Links()
    parser.feed(page)
    joined = (urldefrag(urljoin(base, each)).url for each in parser.found)
    return [each for each in joined if not urlsplit(each).netloc and each.startswith("/")]


def everything(client: Client, *starts: str, limit: int = 400) -> dict[str, str]:
    """Path → status, headers and body as text, of all pages reachable by GET."""
    seen: dict[str, str] = {}
    todo = list(starts)
    while todo and len(seen) < limit:
        path = todo.pop(0)
        if path in seen or SKIP.match(path):
            continue
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        if "X-Coterie-File" in answer:
            # What the front would send in its place.
            body = (Path(settings.DATA) / "media" / answer["X-Coterie-File"]).read_bytes()
            del answer["X-Coterie-File"]
        head = "\n".join(f"{name}: {value}" for name, value in answer.items())
        text = body.decode("utf-8", "replace")
        seen[path] = f"{path}\n{answer.status_code}\n{head}\n\n{text}"
        if answer.get("Location"):
            todo += [link for link in [answer["Location"]] if link.startswith("/")]
        if answer.get("Content-Type", "").startswith("text/html"):
            todo += links(text, path)
    return seen
