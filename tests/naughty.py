"""Strings that nobody here wrote: naughty ones and attacks."""

import json
import re
from pathlib import Path

DATA = Path(__file__).parent / "data" / "security"


def strings() -> list[str]:
    """The big list of naughty strings."""
    found: list[str] = json.loads((DATA / "blns.json").read_text("utf-8"))
    return found


def payloads() -> list[str]:
    """All attacks on pages, each once."""
    found: list[str] = strings()
    for name in ("dompurify.json", "h5sc.json"):
        found += json.loads((DATA / name).read_text("utf-8"))
    for name in ("h5sc_vectors.txt", "payloads_xss.txt", "more.txt"):
        found += (DATA / name).read_text("utf-8").strip("\n").split("\n")
    address = (each.replace("%js_uri_alert%", "javascript:alert(1)") for each in found)
    return list(dict.fromkeys(re.sub(r"%js_\w+%", "alert(1)", each) for each in address))
