"""Who may open a socket, whatever the headers say."""

import pytest

from coterie.config.live import address_of, is_ours, visitor_of
from coterie.live.sockets import Socket, Sockets


class Line:
    """A connection that keeps what is written to it."""

    def __init__(self):
        self.written = b""

    def get_extra_info(self, name):
        return ("127.0.0.1", 1)

    def get_write_buffer_size(self):
        return 0

    def write(self, output):
        self.written += output

    def is_closing(self):
        return False

    def close(self):
        pass


class NoHub:
    def join(self, listener):
        pass


def answer_to(*headers):
    line = Line()
    sockets = Sockets(NoHub(), visitor_of=visitor_of, is_ours=is_ours, address_of=address_of)
    socket = Socket(sockets, set())
    socket.connection_made(line)
    said = ["GET /live HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"]  # fmt: skip
    socket.data_received("\r\n".join([*said, *headers, "", ""]).encode())
    return line.written.partition(b"\r\n")[0].decode()


HERE = ("Host: here.test", "Origin: http://here.test")


def test_a_page_of_this_house_may():
    assert answer_to(*HERE) == "HTTP/1.1 101 Switching Protocols"


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: here.test",),
        ("Host: here.test", "Origin: null"),
        ("Host: here.test", "Origin: http://["),
        (*HERE, "Origin: http://elsewhere.test"),
        (*HERE, "Host: elsewhere.test"),
        ("Origin: http://here.test",),
    ],
)
def test_whoever_does_not_say_clearly_where_they_are_from_is_refused(headers):
    assert answer_to(*headers) == "HTTP/1.1 403 Forbidden"
