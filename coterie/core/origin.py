"""This site's own address: what stands before a path in a link."""

import ipaddress
import os

from django.conf import settings
from django.http import HttpRequest


def public_origin(request: HttpRequest | None = None) -> str:
    """What the operator named in COTERIE_URL, else where `coterie serve` listens.

    With a request it is the name that this browser asked for, where none was set: only for
    what the same browser is shown (`kept_by`). A browser may claim any name, so no letter has it.
    """
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL)
    if request is not None:
        return request.build_absolute_uri("/").rstrip("/")
    return served_at(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")


def kept_by() -> str:
    """Who may keep a page whose links start with `public_origin(request)`, for `Cache-Control`.

    Where COTERIE_URL is not set, that is the name one browser asked for: it is kept by that
    browser, and by no cache that would show it to others.
    """
    return "public" if settings.PUBLIC_URL else "private"


def served_at(host: str, port: int | str) -> str:
    """What people type for this place to listen: a name, because passkeys need a name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if address.is_loopback or address.is_unspecified:
        return f"http://localhost:{port}"
    return f"http://[{host}]:{port}" if address.version == 6 else f"http://{host}:{port}"
