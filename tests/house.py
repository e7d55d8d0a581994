"""A running Coterie: the command `coterie serve` as a process of its own."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180.0


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """This process's environment, pointed at a data folder of its own."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("COTERIE_", "DJANGO_"))}
    return {**mine, "COTERIE_DATA": str(folder), "PYTHONUNBUFFERED": "1", **more}


def coterie(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command with these words, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "coterie", *words],
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass
class House:
    """One served data folder."""

    folder: Path
    port: int
    command: str
    settings: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        """With a name, as passkeys need one."""
        return f"http://localhost:{self.port}"

    @property
    def operator_link(self) -> str:
        """The link that makes the first visitor the operator, as it was printed."""
        found = re.search(r"become its operator:\s+(\S+)", self.log.read_text())
        assert found, self.log.read_text()
        return found.group(1)

    @classmethod
    @contextmanager
    def serving(cls, folder: Path, command: str = "serve", **more: str) -> Iterator[House]:
        """A house that answers, and is gone afterwards."""
        made = cls(folder / "data", free_port(), command, more, folder / "console.log")
        try:
            made.begin()
            yield made
        finally:
            made.stop()

    def begin(self) -> None:
        """It answers, on the port that it had before."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "coterie", self.command],
                cwd=ROOT,
                env=environment(self.folder, PORT=str(self.port), **self.settings),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.wait_until_it_answers()

    def kill(self) -> None:
        """It is gone without a word, as when the power fails."""
        self.process.kill()
        self.process.wait()

    def wait_until_it_answers(self) -> None:
        """Returns when a page comes back."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                self.get("/live")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"no answer within {PATIENCE:.0f} s:\n{self.log.read_text()}")

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """One plain request; the body is read and kept in `.body`."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = line.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        line.close()
        return response

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """The house has ended; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            return self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
