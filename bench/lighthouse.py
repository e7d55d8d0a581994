"""Lighthouse over the public pages of a served house, as a phone sees them.

    COTERIE_DATA=/tmp/demo .venv/bin/coterie demo &
    .venv/bin/python bench/lighthouse.py http://localhost:8000 --times 5

Finds the pages by the map of the site: the front page, the list of communities, a community's
topics, the latest topic, a tag, gatherings and one of them, as far as there are such. Needs
npm (it fetches Lighthouse into npm's own cache, outside the repository) and Chromium, at
CHROME_PATH. Prints, for each page, the median of each category over all runs, and what failed.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from urllib.request import urlopen

VERSION = "12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
TRIES = 3
"""On a busy machine Chromium now and then gives up."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    asked.add_argument("site", nargs="?", default="http://localhost:8000")
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--only", default="", help="only this page")
    return asked.parse_args()


def read(address: str) -> str:
    with urlopen(address) as answer:
        return answer.read().decode()


def pages(site: str) -> Iterator[tuple[str, str]]:
    """A name and an address of each kind of page that this house has."""
    yield "landing", f"{site}/"
    yield "find", f"{site}/find/"
    found: dict[str, str] = {}
    for part in re.findall(r"<loc>[^<]*(/c/[^<]+/)sitemap.xml</loc>", read(f"{site}/sitemap.xml")):
        topics = re.findall(r"<loc>[^<]*(/t/[^<]+)</loc>", read(f"{site}{part}sitemap.xml"))
        listed, dates = read(f"{site}{part}"), f"{part}gatherings/"
        found.setdefault("community", part)
        found.setdefault("about", f"{part}about/")
        if f'href="{dates}"' in listed:
            found.setdefault("gatherings", dates)
            called = re.findall(r'href="(/t/[^"]+)"', read(f"{site}{dates}"))
            found.update({} if "gathering" in found or not called else {"gathering": called[0]})
        plain = [path for path in topics if path[:22] not in found.get("gathering", "")]
        found.update({} if "topic" in found or not plain else {"topic": plain[-1]})
        tags = re.findall(r'href="([^"]*/tags/[^"/]+/)"', listed)
        found.update({} if "tag" in found or not tags else {"tag": tags[0]})
    yield from ((name, f"{site}{path}") for name, path in found.items())


def look(address: str) -> dict:
    """One report."""
    command = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json"]
    chrome = {"CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")}
    for _ in range(TRIES):
        done = subprocess.run(
            [*command, f"--chrome-flags={FLAGS}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | chrome,
            check=False,
        )
        if done.returncode == 0:
            return json.loads(done.stdout)
    sys.exit(f"Lighthouse cannot look at {address}. Is there npm, and Chromium at CHROME_PATH?")


def told(reports: list[dict]) -> dict:
    """Medians, and whatever did not pass."""
    scores = {
        name: round(100 * statistics.median(each["categories"][name]["score"] for each in reports))
        for name in CATEGORIES
    }
    times = {
        name: round(statistics.median(each["audits"][name]["numericValue"] for each in reports))
        for name in TIMES
    }
    failed = {
        f"{category}: {audit['id']}"
        for each in reports
        for category in CATEGORIES[1:]
        for audit in each["categories"][category]["auditRefs"]
        if audit["weight"] and each["audits"][audit["id"]]["score"] == 0
    }
    return {**scores, **times, "failed": sorted(failed)}


def main() -> None:
    asked = arguments()
    site = asked.site.rstrip("/")
    for name, address in pages(site):
        if asked.only in ("", name):
            found = told([look(address) for _ in range(asked.times)])
            print(json.dumps({"page": name, "address": address, **found}), flush=True)
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)


if __name__ == "__main__":
    main()
