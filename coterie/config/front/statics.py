"""Static files, answered by the loop itself: small, hashed by name, cached for ever."""

from io import BytesIO
from pathlib import Path
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from coterie.config.front.types import Environ, Scope, Send

HASHED = r"^.+\.[0-9a-f]{12}\..+$"
SOON = 60


class Statics:
    """The files below one folder under one URL prefix, found once when the server starts."""

    def __init__(self, root: Path, prefix: str) -> None:
        self.prefix = prefix
        root.mkdir(parents=True, exist_ok=True)
        self.files: dict[str, StaticFile] = WhiteNoise(
            None,  # it only finds files here; it never answers as WSGI
            root=str(root),
            prefix=prefix,
            max_age=SOON,
            allow_all_origins=False,
            immutable_file_test=HASHED,
            add_headers_function=_harmless,
        ).files

    async def answer(self, scope: Scope, send: Send) -> bool:
        """Whether there was such a file; then it has been sent."""
        if not scope["path"].startswith(self.prefix):
            return False
        file = self.files.get(scope["path"])
        if file is None:
            return False
        answer = file.get_response(scope["method"], _wsgi_headers(scope))
        with answer.file or BytesIO() as content:
            body = content.read()
        headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in answer.headers]
        await send(
            {"type": "http.response.start", "status": answer.status.value, "headers": headers}
        )
        await send({"type": "http.response.body", "body": body})
        return True


def _harmless(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _wsgi_headers(scope: Scope) -> Environ:
    return {
        f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}": value.decode("latin-1")
        for name, value in scope["headers"]
    }
