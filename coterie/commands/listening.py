"""The address to listen on, and the address to print."""

import errno
import os
import socket

from coterie.commands.trouble import Trouble


def bound_socket() -> socket.socket:
    """A socket bound to HOST and PORT."""
    host, port = os.environ.get("HOST") or "127.0.0.1", _port()
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except socket.gaierror:
        raise Trouble(f"HOST={host} is no address of this machine. Try HOST=127.0.0.1.") from None
    except OSError as error:
        raise Trouble(_why_not(error, host, port)) from None
    # With PORT=0 the system chose: the links in letters, also the worker's, need to know.
    os.environ["PORT"] = str(bound.getsockname()[1])
    return bound


def base_url(bound: socket.socket) -> str:
    """What people type: a name where there is one, because passkeys need a name."""
    from coterie.core.origin import served_at

    host, port = bound.getsockname()[:2]
    return os.environ.get("COTERIE_URL", "").rstrip("/") or served_at(host, port)


def _port() -> int:
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or int(asked) > 65535:
        raise Trouble(f"PORT={asked} is no port. Take a number from 1 to 65535, such as PORT=8000.")
    return int(asked)


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        stop_or = f"Stop it, or take another port: PORT={port + 1}."
        return f"Port {port} is taken by another program. {stop_or}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this user has. Take one above 1023: PORT=8000."
    return f"Nothing can listen on {host}, port {port} ({error.strerror}). Try HOST=127.0.0.1."
