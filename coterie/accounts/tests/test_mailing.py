"""Where mails go."""

import json
import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django_tasks_db.models import DBTaskResult

from coterie.accounts import mailing, reads
from coterie.accounts.models import OutgoingMail, today
from coterie.config import signing_in
from coterie.core.boxes import unseal

pytestmark = pytest.mark.django_db


def send(**changes):
    fields = {"subject": "News", "text": "The kettle is on."} | changes
    mailing.send("wren@example.org", **fields)


def raw(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return " ".join(str(cell) for row in cursor.fetchall() for cell in row)


def test_without_a_server_mails_wait_sealed_and_newest_first():
    send(text="first")
    send(text="second")
    assert [each["text"] for each in reads.waiting_mails()] == ["second", "first"]
    table = raw("accounts_outgoingmail")
    assert "wren" not in table
    assert "second" not in table
    assert not mail.outbox


def test_the_console_shows_a_code_but_not_a_personas_news(
    capsys, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(text="ABCD-EFGH")
        send(text="Moss answered you", shown_on_console=False)
    shown = capsys.readouterr().err
    assert "ABCD-EFGH" in shown
    assert "Moss" not in shown
    assert shown.count("wren@example.org") == 1
    assert "/operator/outbox/" in shown


def test_nothing_is_shown_of_what_was_rolled_back(capsys):
    send()
    assert "kettle" not in capsys.readouterr().err


def test_a_week_old_mail_is_gone():
    send()
    OutgoingMail.objects.update(made_on=today() - timedelta(days=8))
    send()
    assert mailing.clear_old() == 1
    assert OutgoingMail.objects.count() == 1


def test_with_a_server_a_sealed_task_sends_it(settings):
    settings.MAIL_SERVER = True
    send(html="<p>The kettle is on.</p>")
    assert not OutgoingMail.objects.exists()
    task = DBTaskResult.objects.get()
    assert "wren" not in raw("django_tasks_database_dbtaskresult")
    [box] = task.args_kwargs["args"]
    assert json.loads(unseal(box, mailing.BOX))["to"] == "wren@example.org"
    mailing.deliver.func(box)
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["wren@example.org"], "News", "The kettle is on.")
    assert sent.alternatives[0].content == "<p>The kettle is on.</p>"


def smtp(port: int) -> dict[str, object]:
    return {"default": signing_in.mailer(f"smtp://127.0.0.1:{port}")}


def test_a_server_that_is_away_is_asked_again_later(settings):
    settings.MAIL_SERVER, settings.MAILERS = True, smtp(port=1)
    send()
    task = DBTaskResult.objects.get()
    [box] = task.args_kwargs["args"]
    mailing.deliver.func(box, 2)
    later = DBTaskResult.objects.exclude(pk=task.pk).get()
    assert later.args_kwargs["args"] == [box, 3]
    assert later.run_after - later.enqueued_at > timedelta(minutes=3)
    with pytest.raises(OSError, match="refused"):
        mailing.deliver.func(box, mailing.TRIES)


class Postbox(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self):
        self.say(220)
        for line in self.rfile:
            verb = line.split()[0].upper()
            if verb == b"DATA":
                self.say(354)
                self.server.taken = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.say(221 if verb == b"QUIT" else 250)

    def say(self, number: int):
        self.wfile.write(f"{number} yes\r\n".encode())


def test_a_real_mail_server_gets_the_mail(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Postbox) as server:
        settings.MAIL_SERVER, settings.MAILERS = True, smtp(server.server_address[1])
        threading.Thread(target=server.handle_request, daemon=True).start()
        send()
        mailing.deliver.func(*DBTaskResult.objects.get().args_kwargs["args"])
        assert b"To: wren@example.org" in server.taken
        assert b"The kettle is on." in server.taken


def test_a_subject_cannot_bring_headers_of_its_own():
    send(subject="News\nBcc: everybody@example.org")
    assert "\n" not in reads.waiting_mails()[0]["subject"]


@pytest.mark.parametrize(
    ("address", "host", "port", "ssl", "tls"),
    [
        ("smtp://me%40x.org:p%2Fw@mail.example:2525", "mail.example", 2525, False, True),
        ("smtps://mail.example", "mail.example", None, True, False),
        ("smtp://localhost", "localhost", None, False, False),
    ],
)
def test_one_address_names_the_server(address, host, port, ssl, tls):
    options = signing_in.mailer(address)["OPTIONS"]
    assert (options["host"], options["port"]) == (host, port)
    assert (options["use_ssl"], options["use_tls"]) == (ssl, tls)


def test_names_and_passwords_may_hold_any_sign():
    options = signing_in.mailer("smtp://me%40x.org:p%2Fw@mail.example")["OPTIONS"]
    assert (options["username"], options["password"]) == ("me@x.org", "p/w")
    assert signing_in.sender("smtp://me%40x.org:p@mail.example", "") == "me@x.org"
    assert signing_in.sender("smtp://relay", "https://fern.example") == "coterie@fern.example"


def test_without_an_address_the_outbox_is_the_server():
    assert signing_in.mailer("")["BACKEND"].endswith("OutboxBackend")
    mailing.OutboxBackend(alias="default").send_messages(
        [mail.EmailMessage("A", "b", to=["wren@example.org"])]
    )
    assert reads.waiting_mails()[0]["text"] == "b"
