"""`coterie serve` and its neighbours, run as a host runs them."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from coterie.cli import commands
from coterie.ui.sheets import SHEETS
from tests.house import House, coterie, free_port

pytestmark = pytest.mark.house


def children(pid: int) -> list[int]:
    """The processes this one has started."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(each) for each in found.stdout.split()]


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def until(condition, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_an_empty_folder_becomes_a_house_with_a_link_for_its_operator(house):
    assert f"Coterie serves {house.url}" in house.log.read_text()
    assert house.operator_link.startswith(house.url + "/")
    assert house.get("/").status == 200
    assert {"coterie.sqlite3", "coterie.key", "static"} <= {f.name for f in house.folder.iterdir()}


def test_the_page_comes_compressed_and_its_style_is_cached_for_ever(house):
    page = house.get("/", Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip"
    plain = house.get("/").body.decode()
    sheet = plain.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = house.get(sheet)
    assert answer.status == 200
    assert sheet.startswith("/static/ui/css/all.")
    every = b"".join(Path(finders.find(part)).read_bytes() for part in SHEETS)
    assert answer.body.count(b"{") == every.count(b"{"), "one file that holds all of them"
    assert plain.count('rel="stylesheet" href="/static/ui/') == 1
    assert "immutable" in answer.headers["Cache-Control"]


def test_live_does_not_exist_yet(house):
    assert house.get("/live").status == 404


def test_head_answers_like_get_without_the_body(house):
    answer = house.get("/", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_serving_a_folder_twice_says_so(house):
    again = coterie(house.folder, "serve", PORT=str(free_port()))
    assert again.returncode == 1
    assert "already serves this data folder" in again.stderr
    assert "Traceback" not in again.stderr


def test_a_second_web_process_is_for_postgresql_and_for_a_folder_with_a_key(house, tmp_path):
    beside = coterie(house.folder, "web", PORT=str(free_port()))
    assert (beside.returncode, beside.stderr.count("\n")) == (1, 1)
    assert "On SQLite one process answers" in beside.stderr
    elsewhere = coterie(tmp_path, "web", PORT=str(free_port()))
    assert elsewhere.returncode == 1
    assert "no key file" in elsewhere.stderr
    assert not (tmp_path / "coterie.key").exists()


def test_a_busy_port_says_so(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = coterie(tmp_path, "serve", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"coterie: Port {port} is taken by another program. "
        f"Stop it, or take another port: PORT={port + 1}.\n"
    )


@pytest.mark.parametrize(
    "settings", [{"PORT": "many"}, {"PORT": "70000"}, {"HOST": "no.such.host.invalid"}]
)
def test_nonsense_to_listen_on_says_so(tmp_path, settings):
    done = coterie(tmp_path, "serve", **settings)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Try" in done.stderr or "Take" in done.stderr


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    done = coterie(tmp_path / "file" / "data", "serve")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "COTERIE_DATA" in done.stderr


@pytest.fixture(scope="module")
def folder(prepared, tmp_path_factory):
    """A data folder that has been migrated."""
    return shutil.copytree(prepared, tmp_path_factory.mktemp("folder") / "data")


def test_migrating_again_changes_nothing(folder):
    assert coterie(folder, "migrate").stdout == "The database is up to date.\n"


def test_a_database_without_its_key_is_not_opened(folder):
    key = folder / "coterie.key"
    key.rename(folder / "aside")
    try:
        done = coterie(folder, "serve", PORT=str(free_port()))
        assert (done.returncode, key.exists()) == (1, False)
        assert "not its key file" in done.stderr
    finally:
        (folder / "aside").rename(key)


def test_a_database_of_a_newer_coterie_is_left_alone(folder):
    with sqlite3.connect(folder / "coterie.sqlite3") as base:
        base.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('talk', '0999_future', '2030-01-01')"
        )
    base.close()
    try:
        for words in (["serve"], ["migrate"], ["worker"]):
            done = coterie(folder, *words, PORT=str(free_port()))
            assert (done.returncode, "newer Coterie" in done.stderr) == (1, True), done
    finally:
        with sqlite3.connect(folder / "coterie.sqlite3") as base:
            base.execute("DELETE FROM django_migrations WHERE name = '0999_future'")
        base.close()


def test_a_worker_waits_for_the_migration(tmp_path):
    done = coterie(tmp_path, "worker")
    assert done.returncode == 1
    assert "Run `coterie migrate` first" in done.stderr


def test_a_broken_database_file_says_so(tmp_path):
    (tmp_path / "coterie.sqlite3").write_bytes(b"this is no database" * 100)
    (tmp_path / "coterie.key").write_text("A" * 43 + "=\n")
    done = coterie(tmp_path, "serve", PORT=str(free_port()))
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr


def test_a_worker_that_falls_is_started_again_and_stops_with_the_house(tmp_path, folder):
    shutil.copytree(folder, tmp_path / "data")
    with House.serving(tmp_path) as served:
        assert until(lambda: len(children(served.process.pid)) == 1)
        [worker] = children(served.process.pid)
        os.kill(worker, signal.SIGKILL)
        assert until(lambda: children(served.process.pid) not in ([], [worker]))
        [second] = children(served.process.pid)
        assert served.stop(signal.SIGINT) == 0
        assert until(lambda: gone(second))
    assert "the worker stopped" in served.log.read_text()
    assert "Traceback" not in served.log.read_text()


def test_a_worker_ends_when_the_house_is_killed(tmp_path, folder):
    shutil.copytree(folder, tmp_path / "data")
    with House.serving(tmp_path) as served:
        assert until(lambda: len(children(served.process.pid)) == 1)
        [worker] = children(served.process.pid)
        served.stop(signal.SIGKILL)
        assert until(lambda: gone(worker))


def test_the_log_names_no_address_and_no_token(tmp_path, folder):
    shutil.copytree(folder, tmp_path / "data")
    with House.serving(tmp_path, COTERIE_ACCESS_LOG="1") as served:
        served.get("/j/sometokenthatmustnotbelogged/")
        served.get("/", User_Agent="a-telling-agent")
        assert until(lambda: "GET / 200" in served.log.read_text())
        told = served.log.read_text()
    assert "sometoken" not in told
    assert "127.0.0.1" not in told
    assert "telling-agent" not in told


def test_the_doctor_has_a_line_for_everything(house):
    done = coterie(house.folder, "doctor")
    names = {line[6:18].strip() for line in done.stdout.splitlines()}
    assert names == {
        "disk",
        "key file",
        "database",
        "sqlite",
        "photos",
        "migrations",
        "worker",
        "mail",
        "address",
        "https",
        "logs",
        "search",
    }
    assert done.returncode == 0
    assert "COTERIE_URL is not set" in done.stdout
    assert until(lambda: "one is running" in coterie(house.folder, "doctor").stdout)


def test_the_doctor_finds_a_key_that_others_can_read(folder):
    (folder / "coterie.key").chmod(0o644)
    try:
        done = coterie(folder, "doctor")
        assert done.returncode == 1
        assert "chmod 600" in done.stdout
    finally:
        (folder / "coterie.key").chmod(0o600)


def test_the_index_is_put_right_and_says_so(folder):
    done = coterie(folder, "reindex")
    assert done.returncode == 0
    assert "put right" in done.stdout


def test_every_command_explains_itself():
    for name, one in commands().items():
        assert "Example" in (one.description or ""), name


def test_help_touches_nothing(tmp_path):
    done = coterie(tmp_path / "unused", "serve", "--help")
    assert done.returncode == 0
    assert "PORT=9000" in done.stdout
    assert not (tmp_path / "unused").exists()


def test_neither_server_nor_worker_begins_with_what_few_ever_ask_for(tmp_path):
    start = (
        "import sys; from coterie.commands.house import open_house; open_house();"
        "from coterie.config import asgi, worker;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "print(*{'icalendar', 'PIL', 'av', 'numpy'} & set(sys.modules))"
    )
    own = {**os.environ, "COTERIE_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, env=own, check=False
    )
    assert (done.stdout, done.stderr) == ("\n", "")
