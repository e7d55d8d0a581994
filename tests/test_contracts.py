"""Law 1: who may import whom. The contracts stand in pyproject.toml."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.house

CONTRACTS = ("floors", "rooms", "doors", "sealed", "pure", "parsers")

PLANTED = {
    "floors": ("communities/rules.py", "from coterie.talk import models as planted"),
    "rooms": ("talk/events.py", "from coterie.talk import models as planted"),
    "doors": ("home/reads/planted.py", "from coterie.personas import views as planted"),
    "sealed": ("talk/models/post.py", "from coterie.accounts import models as planted"),
    "pure": ("pure/markup/rendering.py", "import django as planted"),
    "parsers": ("pure/parsers/planted_one.py", "from coterie.pure.parsers import planted_two"),
}
"""For each contract a line that breaks it."""


def lint(folder: Path) -> tuple[int, str]:
    """What import-linter says of the package in this folder."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_every_import_keeps_the_contracts():
    code, said = lint(ROOT)
    assert code == 0, said


def test_a_planted_violation_of_each_contract_is_caught(tmp_path):
    """A contract that no line can break keeps nothing."""
    shutil.copytree(
        ROOT / "coterie", tmp_path / "coterie", ignore=shutil.ignore_patterns("static", "*.pyc")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "coterie/pure/parsers/planted_two.py").touch()
    for file, line in PLANTED.values():
        with (tmp_path / "coterie" / file).open("a") as out:
            out.write(f"\n{line}\n")
    code, said = lint(tmp_path)
    assert code != 0
    verdicts = {
        name: "BROKEN" in line
        for name in CONTRACTS
        for line in said.splitlines()
        if line.startswith(f"{name}:") and ("KEPT" in line or "BROKEN" in line)
    }
    assert verdicts == dict.fromkeys(CONTRACTS, True), said
