"""Where passkeys work: at a name, over a connection that the browser trusts."""

import ipaddress

from django.http import HttpRequest
from django.utils.translation import gettext as _


def trouble(request: HttpRequest) -> str:
    """Why this address cannot have passkeys; empty where it can."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    if _is_number(host):
        return _(
            "Passkeys need a name, and this address is a number. Open this site under its name "
            "(on the same computer: localhost) to use one. The other ways work here."
        )
    if not (request.is_secure() or host == "localhost" or host.endswith(".localhost")):
        return _(
            "Passkeys need a secure connection (https), and this one is not. "
            "The other ways work here."
        )
    return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
