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
from dataclasses import dataclass
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
    process: subprocess.Popen[bytes]
    log: Path

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
        port, log = free_port(), folder / "console.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "coterie", command],
                cwd=ROOT,
                env=environment(folder / "data", PORT=str(port), **more),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        made = cls(folder / "data", port, process, log)
        try:
            made.wait_until_it_answers()
            yield made
        finally:
            made.stop()

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
