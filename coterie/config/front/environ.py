"""From an ASGI scope to the WSGI environ that Django reads."""

import re
import sys
from typing import IO
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

from coterie.config.front.types import Environ, Scope

CHARSET = re.compile(r";\s*charset\s*=[^;,]*", re.IGNORECASE)
"""What is sent is read as UTF-8. Django would look up the codec that a client names, before any
of its error pages stand; some are no encodings of words."""


def environ_of(scope: Scope, body: IO[bytes], length: int, *, https: bool) -> Environ:
    """The request as PEP 3333 describes it; bytes of the path stand as latin-1."""
    server = scope.get("server") or ("localhost", 80)
    root = scope.get("root_path", "").encode().decode("latin-1")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root,
        "PATH_INFO": _path(scope).removeprefix(root),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if https else scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.file_wrapper": FileWrapper,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope)
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _path(scope: Scope) -> str:
    raw = scope.get("raw_path")
    path = unquote_to_bytes(raw) if raw is not None else scope["path"].encode()
    return path.decode("latin-1")


def _add_headers(environ: Environ, scope: Scope) -> None:
    for raw_name, raw_value in scope["headers"]:
        # `X_Forwarded_For` must not pass for `X-Forwarded-For`.
        if b"_" in raw_name:
            continue
        name, value = (
            raw_name.decode("latin-1").upper().replace("-", "_"),
            raw_value.decode("latin-1"),
        )
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        if name in ("CONTENT_LENGTH", "TRANSFER_ENCODING"):
            continue
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
