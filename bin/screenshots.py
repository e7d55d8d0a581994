"""Remake the README's pictures: the demo, seen by its people, in a real browser."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "pressed-flowers"  # noqa: S105 - the demo's door is open on purpose
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo(folder: str, port: int) -> subprocess.Popen[bytes]:
    """`coterie demo` in a folder of its own, once it answers."""
    command = [sys.executable, "-m", "coterie", "demo"]
    environment = {**os.environ, "COTERIE_DATA": folder, "PORT": str(port)}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/", timeout=2)
            return running
        except OSError:
            time.sleep(0.25)
    raise SystemExit("the demo did not answer")


def sign_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.fill("input[name=login]", f"{name}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))


def first_link(page: Page, words: str) -> str:
    found = page.get_by_role("link", name=words).first.get_attribute("href")
    if found is None:
        raise SystemExit(f"no link called {words}")
    return found


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("Chromium is not installed.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        running, base = demo(folder, port), f"http://localhost:{port}"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            desk = browser.new_page(viewport=DESK, color_scheme="light")
            sign_in(desk, base, "marta")
            desk.goto(base + "/")
            mending = first_link(desk, "Mending circle")
            desk.goto(base + mending)
            take(desk, "community")
            dark = browser.new_page(viewport=PHONE, color_scheme="dark", device_scale_factor=2)
            sign_in(dark, base, "juno")
            dark.goto(base + mending)
            dark.get_by_role("link", name="Sashiko over the elbow").first.click()
            take(dark, "topic")
            light = browser.new_page(viewport=PHONE, color_scheme="light", device_scale_factor=2)
            light.goto(base + "/")
            take(light, "landing")
        finally:
            browser.close()
            running.send_signal(signal.SIGTERM)
            running.wait(20)


if __name__ == "__main__":
    main()
