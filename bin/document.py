#!/usr/bin/env python3
"""Writes docs/pages.md and docs/events.md from the code's own words; `make docs` runs it."""

import dataclasses
import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PAGES = """\
# Pages

Every address that answers, in the order in which the URL resolver tries them. `make docs`
writes this page from the views' own words; a test fails while it is out of date. Who may
open what, role by role, stands in `tests/access_matrix.py` and is tried there.

"""
EVENTS = """\
# Events

Facts in the past tense, announced in the transaction in which they become true
(`coterie/core/events.py`). *Follows* runs inside that transaction, *hears* after its commit
and perhaps twice; `coterie/config/wiring.py` connects both. Events marked *logged* reach the
community's audit chain. `make docs` writes this page from the code's own words; a test fails
while it is out of date.

"""
LIBRARY = {
    "/sign-in/": "Sign in: address first, then a passkey, a mailed code or a password.",
    "/sign-in/passkey/": "The passkey's answer, checked.",
    "/sign-in/second-step/": "The second step, for accounts that have one.",
    "/sign-in/resting/": "An account that cannot sign in at the moment.",
    "/sign-in/forgotten/": "A new password by mail.",
    "/sign-in/forgotten/code/": "The code of that mail.",
    "/sign-in/forgotten/new/": "The new password.",
    "/sign-up/": "A new account.",
    "/sign-up/with-passkey/": "A new account that needs no password.",
    "/sign-up/passkey/": "The new account's passkey.",
    "/sign-out/": "This browser forgets the account, after asking.",
    "/account/email/": "The account's address, to change.",
    "/account/email/code/": "The code that proves an address.",
    "/account/password/": "Another password.",
    "/account/password/first/": "A first password.",
    "/account/again/": "Show once more that it is you, before something grave.",
    "/account/again/code/": "The same by the second step.",
    "/account/again/passkey/": "The same by passkey.",
    "/account/second-step/": "What secures the account beside the first step.",
    "/account/second-step/off/": "The app's number is not asked for any more.",
    "/account/recovery-codes/": "The recovery codes that are left.",
    "/account/recovery-codes/new/": "New recovery codes; the old ones end.",
    "/account/recovery-codes/file/": "The recovery codes as a file.",
    "/account/passkeys/<pk>/name/": "Another name for a passkey.",
    "/account/passkeys/<pk>/end/": "A passkey opens nothing any more.",
}
"""What the pages are that come with django-allauth."""


def pages() -> str:
    """The text of docs/pages.md."""
    from tests.routes import routes

    lines = ["| Address | What is there |", "| --- | --- |"]
    lines += [f"| `{route.path}` | {route.says or LIBRARY[route.path]} |" for route in routes()]
    return PAGES + "\n".join(lines) + "\n"


def event_types() -> Iterator[type]:
    """Every event class of every app."""
    from django.apps import apps

    for app in sorted(config.name for config in apps.get_app_configs()):
        file = ROOT / app.replace(".", "/") / "events.py"
        if not app.startswith("coterie.") or app == "coterie.core" or not file.exists():
            continue
        module = importlib.import_module(f"{app}.events")
        for kind in vars(module).values():
            if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__:
                yield kind


def events() -> str:
    """The text of docs/events.md."""
    from coterie.config import wiring
    from coterie.core.events import name_of

    lines = [
        "| Event | What happened | Carries | Follows | Hears |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind in event_types():
        carries = ", ".join(field.name for field in dataclasses.fields(kind))
        follows = _names(wiring.CONSEQUENCES.get(kind, ()))
        if kind in wiring.AUDITED:
            follows = ", ".join(filter(None, [follows, "*logged*"]))
        hears = _names([*wiring.HINTS.get(kind, ()), *wiring.LISTENERS.get(kind, ())])
        lines.append(f"| `{name_of(kind)}` | {_said(kind)} | {carries} | {follows} | {hears} |")
    return EVENTS + "\n".join(lines) + "\n"


def _names(functions: object) -> str:
    return ", ".join(f"{f.__module__.split('.')[1]}.{f.__name__}" for f in functions)  # type: ignore[attr-defined]


def _said(kind: type) -> str:
    written = kind.__doc__ or ""
    # A dataclass without a docstring gets its signature as one.
    if written.startswith(f"{kind.__name__}("):
        words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
        return f"{words.capitalize()}."
    return written.strip().split("\n")[0]


def main() -> None:
    """Write both pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    (ROOT / "docs/pages.md").write_text(pages())
    (ROOT / "docs/events.md").write_text(events())


if __name__ == "__main__":
    main()
