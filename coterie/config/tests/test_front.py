"""The ASGI front under a real uvicorn, before a small WSGI application that tells what it saw."""

import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from coterie.config.front import Front
from coterie.config.front.files import Files
from coterie.config.front.limits import Limits
from coterie.config.front.statics import Statics

BIG = 3_000_000
PRINT = bytes(n % 251 for n in range(700_000))


class Mirror:
    """A WSGI application that answers with what it was asked."""

    def __init__(self) -> None:
        self.threads: set[str] = set()
        self.closed = threading.Event()
        self.produced = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.threads.add(threading.current_thread().name)
        path = environ["PATH_INFO"]
        if path == "/stream":
            return self._stream(start_response)
        if path == "/m/picture":
            headers = [("Content-Type", "image/webp"), ("Content-Length", "0"), ("ETag", '"p-320"')]
            named = environ["QUERY_STRING"]
            start_response("200 OK", [*headers, ("X-Coterie-File", named)])
            return [b""]
        if path == "/fall":
            raise RuntimeError("outside any error page")
        body = environ["wsgi.input"].read()
        seen = {key: value for key, value in environ.items() if isinstance(value, str)}
        said = json.dumps({**seen, "body_length": len(body), "tail": body[-3:].decode()}).encode()
        start_response(
            "200 OK",
            [("Content-Length", str(len(said))), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")],
        )
        return [said]

    def _stream(self, start_response: Any) -> Any:
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return Endless(self)


class Endless:
    """Chunks until 300 MB or until nobody listens."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(300_000_000 // 100_000):
            self.mirror.produced += 100_000
            yield b"x" * 100_000

    def close(self) -> None:
        self.mirror.closed.set()


@pytest.fixture
def mirror() -> Mirror:
    return Mirror()


@pytest.fixture
def port(mirror: Mirror, tmp_path: Path) -> Iterator[int]:
    static = tmp_path / "static"
    static.mkdir()
    (static / "sheet.0123456789ab.css").write_text("a{}")
    (static / "plain.txt").write_text("plain")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "print.webp").write_bytes(PRINT)
    front = Front(
        application=mirror,
        folder=tmp_path / "incoming",
        statics=Statics(static, "/static/"),
        files=Files(tmp_path / "media"),
        limits=Limits(plain=BIG, archive=3 * BIG, photos=2 * BIG, cookie=b"sessionid"),
        threads=2,
    )
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        front, http="httptools", ws="none", lifespan="on", log_config=None, server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield bound.getsockname()[1]
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()


def ask(
    port: int,
    path: str,
    method: str = "GET",
    body: Any = None,
    headers: dict[str, str] | None = None,
):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, body=body, headers=headers or {})
    response = line.getresponse()
    return response, response.read()


def seen(port: int, path: str, **more: Any) -> dict[str, Any]:
    return json.loads(ask(port, path, **more)[1])


def test_the_path_arrives_as_its_bytes(port):
    told = seen(port, "/c/caf%C3%A9/%ff/a%2Fb?q=%C3%A9&x=1")
    assert told["PATH_INFO"].encode("latin-1") == b"/c/caf\xc3\xa9/\xff/a/b"
    assert told["QUERY_STRING"] == "q=%C3%A9&x=1"
    assert told["SCRIPT_NAME"] == ""
    assert told["wsgi.url_scheme"] == "http"
    assert told["REMOTE_ADDR"] == "127.0.0.1"


def test_headers_that_come_twice_come_joined_and_underscores_not_at_all(port):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(
            b"GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\nCookie: b=2\r\nX-Two: 1\r\nX-Two: 2\r\n"
            b"X_Forwarded_Proto: https\r\nConnection: close\r\n\r\n"
        )
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    told = json.loads(answer.split(b"\r\n\r\n", 1)[1])
    assert told["HTTP_COOKIE"] == "a=1; b=2"
    assert told["HTTP_X_TWO"] == "1,2"
    assert "HTTP_X_FORWARDED_PROTO" not in told


@pytest.mark.parametrize("named", ["hex", "idna", "utf-16", "undefined", '"UTF-8"'])
def test_whatever_encoding_a_client_names_utf_8_is_read(port, named):
    kind = f"multipart/form-data; charset={named}; boundary=x"
    told = seen(port, "/", headers={"Content-Type": kind})
    assert told["CONTENT_TYPE"] == "multipart/form-data; boundary=x"
    told = seen(port, "/", headers={"Content-Type": f"text/plain;Charset={named}"})
    assert told["CONTENT_TYPE"] == "text/plain"


def test_answers_keep_headers_that_come_twice_and_name_no_server(port):
    response, _ = ask(port, "/")
    assert response.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    assert "Server" not in response.headers


def test_head_has_the_length_and_no_body(port):
    response, body = ask(port, "/", method="HEAD")
    assert int(response.headers["Content-Length"]) > 0
    assert body == b""


def test_a_body_arrives_whole_in_memory_or_on_disk(port):
    for size in (0, 10, 999_999, BIG):
        told = seen(port, "/", method="POST", body=b"y" * size)
        assert (told["body_length"], told["CONTENT_LENGTH"]) == (size, str(size))


def test_a_body_of_unknown_length_arrives_too(port):
    told = seen(port, "/", method="POST", body=iter([b"one", b"two"]))
    assert (told["body_length"], told["tail"]) == (6, "two")
    assert told["CONTENT_LENGTH"] == "6"


def test_too_much_is_refused_with_a_sentence_before_a_thread_is_taken(port, mirror):
    response, body = ask(port, "/", method="POST", body=b"y" * (BIG + 1))
    assert response.status == 413
    assert b"at most 3 MB" in body
    assert not mirror.threads


def test_too_much_of_unknown_length_is_refused_too(port, mirror):
    response, body = ask(port, "/", method="POST", body=iter([b"y" * 100_000] * 40))
    assert (response.status, b"too large" in body) == (413, True)
    assert not mirror.threads


def test_who_asks_first_is_refused_before_sending(port):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(
            b"POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
            b"Content-Length: 9000000000\r\n\r\n"
        )
        assert line.recv(1000).startswith(b"HTTP/1.1 413")


def test_an_archive_may_be_larger_where_it_is_read_for_who_may_be_signed_in(port):
    size, cookie = BIG + 1, {"Cookie": "sessionid=x"}
    assert ask(port, "/imports/", method="POST", body=b"y" * size)[0].status == 413
    assert ask(port, "/c/a/", method="POST", body=b"y" * size, headers=cookie)[0].status == 413
    assert (
        seen(port, "/imports/", method="POST", body=b"y" * size, headers=cookie)["body_length"]
        == size
    )


def test_photos_may_be_larger_only_where_they_are_sent_by_who_may_be_signed_in(port):
    size, cookie = BIG + 1, {"Cookie": "sessionid=x"}
    for path, status in (("/c/a/media/", 200), ("/t/a/posts/", 200), ("/c/a/join/", 413)):
        assert ask(port, path, method="POST", body=b"y" * size, headers=cookie)[0].status == status
        assert ask(port, path, method="POST", body=b"y" * size)[0].status == 413


def test_a_file_that_django_names_goes_out_and_its_name_does_not(port):
    response, body = ask(port, "/m/picture?print.webp")
    assert (response.status, body) == (200, PRINT)
    told = {name.lower(): value for name, value in response.getheaders()}
    assert told.pop("date")
    assert told == {
        "content-type": "image/webp",
        "content-length": "700000",
        "etag": '"p-320"',
        "accept-ranges": "bytes",
    }
    head, nothing = ask(port, "/m/picture?print.webp", method="HEAD")
    assert (head.status, head.headers["Content-Length"], nothing) == (200, "700000", b"")


@pytest.mark.parametrize(
    ("headers", "status", "start", "stop"),
    [
        ({"Range": "bytes=0-9"}, 206, 0, 10),
        ({"Range": "bytes=699990-"}, 206, 699_990, 700_000),
        ({"Range": "bytes=-10"}, 206, 699_990, 700_000),
        ({"Range": "bytes=5-9999999"}, 206, 5, 700_000),
        ({"Range": "bytes=300000-600000", "If-Range": '"p-320"'}, 206, 300_000, 600_001),
        ({"Range": "bytes=0-9", "If-Range": '"another"'}, 200, 0, 700_000),
        ({"Range": "bytes=0-1,5-6"}, 200, 0, 700_000),
        ({"Range": "bytes=9-5"}, 200, 0, 700_000),
        ({"Range": "lines=1-2"}, 200, 0, 700_000),
        ({"Range": "bytes=700000-"}, 416, 0, 0),
        ({"Range": "bytes=-0"}, 416, 0, 0),
        ({"If-None-Match": 'W/"x", "p-320"'}, 304, 0, 0),
    ],
)
def test_as_much_of_a_file_as_is_asked_for(port, headers, status, start, stop):
    response, body = ask(port, "/m/picture?print.webp", headers=headers)
    assert (response.status, body) == (status, PRINT[start:stop])
    part = {206: f"bytes {start}-{stop - 1}/700000", 416: "bytes */700000"}.get(status)
    assert response.headers["Content-Range"] == part
    head, nothing = ask(port, "/m/picture?print.webp", method="HEAD", headers=headers)
    assert (head.status, nothing) == (status, b"")


@pytest.mark.parametrize("name", ["../secret", "%2e%2e/secret", "/etc/passwd", "gone.webp", "."])
def test_a_file_that_is_not_there_or_not_below_is_not_there(port, tmp_path, name):
    (tmp_path / "secret").write_text("key")
    response, body = ask(port, f"/m/picture?{name}")
    assert (response.status, body) == (404, b"")


def test_who_reads_a_file_slowly_keeps_no_thread(port, mirror):
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
    for line in lines:
        line.sendall(b"GET /m/picture?print.webp HTTP/1.1\r\nHost: h\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    assert ask(port, "/")[0].status == 200
    for line in lines:
        line.close()


def test_a_client_that_leaves_in_the_middle_takes_no_thread(port, mirror):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nhalf")
        time.sleep(0.1)
    time.sleep(0.2)
    assert not mirror.threads
    assert seen(port, "/")["PATH_INFO"] == "/"


def test_a_long_answer_streams_and_stops_when_nobody_reads(port, mirror):
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
    assert mirror.closed.wait(10)
    assert mirror.produced < 300_000_000


def test_what_falls_outside_django_is_told_plainly_and_the_next_request_is_served(port, caplog):
    response, body = ask(port, "/fall")
    assert (response.status, body) == (500, b"Something went wrong here. Please try again.\n")
    assert "outside any error page" in caplog.text
    assert ask(port, "/")[0].status == 200


def test_the_pool_is_fixed(port, mirror):
    asking = [threading.Thread(target=ask, args=(port, "/")) for _ in range(20)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert 1 <= len(mirror.threads) <= 2


def test_static_files_never_reach_the_application(port, mirror):
    response, body = ask(port, "/static/sheet.0123456789ab.css")
    assert body == b"a{}"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in response.headers
    again, nothing = ask(
        port,
        "/static/plain.txt",
        headers={"If-None-Match": ask(port, "/static/plain.txt")[0].headers["ETag"]},
    )
    assert (again.status, nothing) == (304, b"")
    assert ask(port, "/static/plain.txt", headers={"Range": "bytes=1-2"})[1] == b"la"
    assert ask(port, "/static/plain.txt", method="POST")[0].status == 405
    assert not mirror.threads


@pytest.mark.parametrize(
    "path",
    ["/static/../secret", "/static/%2e%2e/secret", "/static//etc/passwd", "/static/none.css"],
)
def test_what_is_no_static_file_is_asked_of_django(port, tmp_path, path, mirror):
    (tmp_path / "secret").write_text("key")
    _, body = ask(port, path)
    assert b"key" not in body
    assert mirror.threads


def test_large_bodies_leave_nothing_on_disk(port, tmp_path):
    ask(port, "/", method="POST", body=b"y" * BIG)
    assert os.listdir(tmp_path / "incoming") == []
