"""A mail server on this machine that keeps the bytes it was given."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

from django_tasks_db.models import DBTaskResult

from coterie.config import signing_in
from coterie.inbox import carrying


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(220)
        for line in self.rfile:
            verb = line.split()[0].upper()
            if verb == b"DATA":
                self.say(354)
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say(221 if verb == b"QUIT" else 250)
            if verb == b"QUIT":
                return

    def say(self, number: int):
        self.wfile.write(f"{number} yes\r\n".encode())


@contextmanager
def postbox(settings):
    """The bytes of every mail that the worker sends meanwhile."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.taken = []
        port = server.server_address[1]
        settings.MAIL_SERVER = True
        settings.MAILERS = {"default": signing_in.mailer(f"smtp://127.0.0.1:{port}")}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.taken
        finally:
            server.shutdown()


def queued():
    """The letters on their way, as the worker finds them."""
    path = f"{carrying.__name__}.carry"
    return DBTaskResult.objects.filter(task_path=path).order_by("enqueued_at")


def work() -> None:
    """The worker carries every letter that waits, once."""
    for task in queued():
        carrying.carry.func(*task.args_kwargs["args"])
        task.delete()


def read(taken: bytes):
    return message_from_bytes(taken, policy=policy.SMTP)
