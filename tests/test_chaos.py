"""A house that is killed loses nothing, and the checker that says so finds what is planted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

from chaos import inside, readers
from chaos.checking import Stored, check
from chaos.histories import Attempt, Decision, Following, Histories, Said, now
from coterie.communities.actions import hosting
from coterie.live.hub import Hub
from coterie.live.wire import Batch
from coterie.talk.tests.speaking import Speaker
from tests.house import ROOT, environment
from tests.test_live import (  # noqa: F401
    Ear,
    bus,
    circle,
    ines,
    juno,
    live,
    name_of,
    port,
    topic,
)  # fmt: skip

real_house = pytest.mark.django_db(transaction=True)


class Day:
    """What people said at one topic, written down as the clients of chaos do."""

    def __init__(self, topic, circle) -> None:
        self.topic, self.circle = topic, circle
        self.histories = Histories()

    def says(self, who: Speaker, words: str) -> Said:
        persona = who.here(self.circle).public_id
        said = Said(words, self.topic.public_id, persona, [Attempt(now())])
        said.id, said.acked = who.replies(self.topic, words).public_id, now()
        self.histories.said.append(said)
        return said

    def reads(self, port: int, who: Speaker) -> tuple[Ear, Following]:
        ear = Ear(port, who)
        at = ear.asks(name_of(self.topic))["at"]
        page = Following(who.here(self.circle).public_id, self.topic.public_id, tuple(at))
        self.histories.following.append(page)
        return ear, page

    def check(self):
        return check(self.histories, Stored(**inside.rows()))


@pytest.fixture
def day(topic, circle) -> Day:
    return Day(topic, circle)


def hear(ear: Ear, page: Following, times: int) -> None:
    """The page takes so many frames in; it never finds out that it should fetch."""
    for _ in range(times):
        assert not page.hear(ear.hears("news"), fetching=False)


@real_house
def test_a_day_without_a_fault_is_found_to_be_one(port, ines, juno, day):
    ear, page = day.reads(port, juno)
    for n in range(3):
        day.says(ines, f"rain {n}")
        hear(ear, page, 1)
    assert not day.check().violations
    assert day.check().delivered == day.check().acknowledged == 3


@real_house
def test_who_sends_again_with_another_key_is_counted_as_doubled(ines, day):
    day.says(ines, "rain")
    ines.replies(day.topic, "rain")
    assert list(day.check().violations) == ["doubled"]


@real_house
def test_an_acknowledgement_without_a_post_is_counted_as_lost(ines, day):
    day.says(ines, "rain").id = "AAAAAAAAAAAAAAAAAA"
    assert list(day.check().violations) == ["lost"]


@real_house
def test_a_hub_that_skips_a_post_is_found_as_a_gap(port, ines, juno, day, monkeypatch):
    ear, page = day.reads(port, juno)
    body = Batch._body

    def forgetful(batch, *left_out):
        told = body(batch, *left_out)
        kept = [post for post in told["posts"] if "skipped" not in post["html"]]
        return told | {"posts": kept}

    monkeypatch.setattr(Batch, "_body", forgetful)
    for words in ("rain", "skipped", "sun"):
        day.says(ines, words)
        hear(ear, page, 1)
    assert list(day.check().violations) == ["gaps"]


@real_house
def test_a_listener_who_is_kept_after_a_ban_is_found(port, ines, juno, circle, day, monkeypatch):
    ear, page = day.reads(port, juno)
    monkeypatch.setattr(Hub, "_ask", lambda hub, name, subscription: None)
    hosting.ban(juno.seat(circle), by=ines.here(circle))
    day.histories.decisions.append(Decision("ban", page.reader, now()))
    day.says(ines, "Now that we are alone.")
    hear(ear, page, 1)
    found = day.check()
    assert list(found.violations) == ["unauthorised"]
    assert found.withheld == 1


@real_house
def test_a_missing_number_and_a_wrong_order_are_found(ines, juno, circle, day):
    first, second = (day.says(ines, words) for words in ("rain", "sun"))
    page = Following("juno", day.topic.public_id, (1, 1, 0))
    page.take([1, 3, 0], [{"id": second.id, "seq": 2}, {"id": first.id, "seq": 3}])
    day.histories.following.append(page)
    assert list(day.check().violations) == ["disordered"]
    stored = Stored(**inside.rows())
    del stored.posts[second.id]
    assert {"lost", "gaps"} <= set(check(day.histories, stored).violations)


@pytest.mark.house
def test_the_readers_wait_as_browsers_do():
    live_js = (ROOT / "coterie/ui/static/ui/js/live.js").read_text()
    said = {name: int(ms.replace("_", "")) / 1000 for name, ms in
            re.findall(r"const (BEAT|DEADLINE|LONGEST) = ([\d_]+);", live_js)}  # fmt: skip
    assert said == {name: getattr(readers, name) for name in ("BEAT", "DEADLINE", "LONGEST")}
    first = re.search(r"Math.min\(LONGEST, (\d+) \* 1.5", live_js)
    assert first
    assert int(first[1]) / 1000 == readers.FIRST
    patience = re.search(
        r"PATIENCE = 15_000", (ROOT / "coterie/talk/static/talk/conversation.js").read_text()
    )
    assert patience
    assert readers.FETCH == 15.0


@pytest.mark.house
def test_a_house_that_is_killed_three_times_loses_nothing(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "sqlite" / "data")
    figures = tmp_path / "figures.json"
    words = (
        "--json",
        str(figures),
        "--stand",
        "sqlite",
        "--only",
        "1",
        "--scale",
        "0.05",
        "--keep",
        str(tmp_path),
    )
    done = subprocess.run(
        [sys.executable, "-m", "chaos", *words],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.search(r"of (\d+) acknowledged posts over 3 kills", done.stdout)
    assert told, done.stdout
    (row,) = json.loads(figures.read_text())
    assert (row["kills"], row["acknowledged"], row["lost"]) == (3, int(told[1]), 0)
    assert row["acknowledged"] >= 200
    assert "| scenario | seconds | kills | acknowledged | lost |" in done.stdout
