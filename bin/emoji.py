#!/usr/bin/env python3
"""Writes the emoji that a composer finds by name, from the npm package emojibase-data.

bin/emoji.py FOLDER, where FOLDER holds the unpacked package. Each line of what it writes is a
sign, its name in each language of ours, and the other words by which it is found.
"""

import json
import re
import sys
from pathlib import Path

LANGUAGES = ("en", "de")
WRITTEN = Path(__file__).resolve().parents[1] / "coterie/talk/static/talk/vendor/emoji.json"
COMPONENTS = 2
"""The group of skins and hair, which nobody says alone."""


def main(folder: Path) -> None:
    """One line for each, in the order in which they are known."""
    known = [
        {each["hexcode"]: each for each in json.loads((folder / one / "compact.json").read_text())}
        for one in LANGUAGES
    ]
    short = json.loads((folder / "en/shortcodes/github.json").read_text())
    signs = sorted(
        (each for each in known[0].values() if each.get("group", COMPONENTS) != COMPONENTS),
        key=lambda each: each["order"],
    )
    lines = [line(each["hexcode"], known, short) for each in signs]
    rows = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in lines)
    WRITTEN.write_text(f"[\n{rows}\n]\n")
    print(f"{len(lines)} emoji, {WRITTEN.stat().st_size} bytes")


def line(code: str, known: list[dict[str, dict]], short: dict[str, str | list[str]]) -> list[str]:
    """The sign, its names, and every other word that is in none of them."""
    told = [each[code] for each in known if code in each]
    names = [each["label"] for each in told]
    also = short.get(code, [])
    words = [also] if isinstance(also, str) else list(also)
    for each in told:
        words += each.get("tags", [])
    seen = set(re.findall(r"\w+", " ".join(names).casefold()))
    more = dict.fromkeys(word.casefold().replace("_", " ") for word in words)
    kept = [word for word in more if not set(word.split()) <= seen]
    return [told[0]["unicode"], *names, ", ".join(kept)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
