"""A house planted for measuring is a true one: what is proved of it holds for any house."""

import json
import sqlite3
import subprocess
import sys

import pytest
from django.utils import timezone

from bench import invariants
from coterie.talk.actions import importing, noting
from coterie.talk.models import Post
from coterie.talk.tests.speaking import Speaker
from tests.house import ROOT, environment

pytestmark = pytest.mark.house


def seed(folder, *words):
    return subprocess.run(
        [sys.executable, "bench/seed.py", *words],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_planted_house_keeps_every_invariant_and_one_wrong_row_is_found(tmp_path):
    small = ("--posts", "400", "--communities", "4", "--personas", "40", "--signed-in", "3")
    done = seed(tmp_path, *small)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["sessions"]) == 3
    assert told["communities"]
    assert told["topics"]

    proved = seed(tmp_path, "--check")
    assert proved.returncode == 0, proved.stdout + proved.stderr
    # Somebody lives there now: it is not planted twice.
    assert seed(tmp_path, *small).returncode == 1

    with sqlite3.connect(tmp_path / "coterie.sqlite3") as rows:
        rows.execute("UPDATE talk_conversation SET last_seq = last_seq + 1 WHERE id = 3")
    wrong = json.loads(seed(tmp_path, "--check").stdout)["broken"]
    assert list(wrong) == ["posts are numbered from 1 to last_seq without a gap"]


@pytest.mark.django_db
def test_what_words_become_is_known_with_names_tags_notes_and_what_was_brought():
    ines, moss = Speaker("ines"), Speaker("moss")
    circle = ines.founds()
    moss.joins(circle, ines, name="moss")
    topic = ines.starts(circle, "Wool", "@moss, #wool and ||that||", note="moths")
    noting.put(moss.replies(topic, "Spiders"), by=ines.here(circle), note="spiders")
    importing.bring_in(topic, [importing.Message(None, "@moss, #wool", timezone.now(), "a")])
    assert not invariants.broken()
    Post.objects.filter(conversation=topic, seq=2).update(html="<p>Spiders</p>")
    assert list(invariants.broken()) == ["HTML is what its words render to"]
