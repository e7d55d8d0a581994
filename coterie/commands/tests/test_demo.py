"""`coterie demo`: lively at once, and never among real people."""

import re
import shutil

import pytest

from tests.house import House, coterie, free_port

pytestmark = pytest.mark.house


def test_the_demo_is_lively_and_says_as_whom_to_look_around(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "data")
    with House.serving(tmp_path, command="demo") as served:
        assert "Thread &amp; Leaf" in served.get("/find/").body.decode()
        home = served.get("/c/houseplants/").body.decode()
        topic = re.search(r'href="(/t/[^"]+which-of-you-took[^"]+)"', home)
        assert "Two monstera leaves" in served.get(topic[1]).body.decode()
        told = served.log.read_text()
    assert "ines@example.org" in told
    assert "become its operator" not in told


def test_the_demo_does_not_move_in_with_real_people(prepared, tmp_path):
    folder = shutil.copytree(prepared, tmp_path / "data")
    assert coterie(folder, "account", "operator", "anna@example.org").returncode == 0
    done = coterie(folder, "demo", PORT=str(free_port()))
    assert (done.returncode, "a folder of its own" in done.stderr) == (1, True)


def test_a_sign_in_link_is_for_those_who_are_here(prepared, tmp_path):
    folder = shutil.copytree(prepared, tmp_path / "data")
    done = coterie(folder, "account", "link", "nobody@example.org")
    assert (done.returncode, done.stderr) == (
        1,
        "coterie: Nobody signs in here with nobody@example.org.\n",
    )
    coterie(folder, "account", "operator", "anna@example.org")
    assert "/sign-in/link/" in coterie(folder, "account", "link", "anna@example.org").stdout
