"""How long a Telegram chat takes to come home, in how much memory, and how long others wait for it.

    python bench/import_home.py 100      # megabytes of a made-up forum, into a new SQLite database

Runs `coterie import` in a process of its own, while a member of another community writes a post
every half second. Prints time and memory of the import, what is in the database afterwards, and
how long the member's posts took until they were stored.
"""

import json
import os
import select
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
PAUSE = 0.5
HOST = "ana@example.org"
TABLES = ("talk_post", "talk_conversation", "audiences_importedauthor")


def write_meanwhile() -> None:
    """A member of a community of her own says something now and then, until nobody listens."""
    import django

    django.setup()
    from coterie.accounts.actions import opening
    from coterie.communities.actions import founding
    from coterie.personas import sealed
    from coterie.personas.viewer import viewer_of
    from coterie.talk.actions import posting
    from coterie.talk.models import Said

    opening.open_account(HOST)
    by = viewer_of(sealed.Owner(opening.open_account("wren@example.org").pk))
    seat = founding.found("Moss", by=by, persona_name="Wren")
    topic = posting.start_topic(
        seat.community, Said("Hello"), by=seat.persona, title="Here", client_key="0"
    )
    print("ready", flush=True)
    waits = []
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        started = time.perf_counter()
        posting.reply(topic, Said("And?"), by=seat.persona, client_key=str(len(waits) + 1))
        waits.append(time.perf_counter() - started)
    print(json.dumps(sorted(waits)), flush=True)


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of processor, and megabytes at most, of one command."""
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment, cwd=ROOT)
    _pid, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit("The import did not end well.")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def bring_home(file: Path, folder: Path) -> None:
    environment = os.environ | {
        "COTERIE_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "coterie.config.settings",
    }
    python = sys.executable
    subprocess.run([python, "manage.py", "migrate", "-v0"], check=True, env=environment, cwd=ROOT)
    writer = subprocess.Popen(
        [python, __file__, "meanwhile"],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    writer.stdout.readline()
    wall, cpu, peak = measured(
        [python, "-m", "coterie", "import", str(file), "--host", HOST], environment
    )
    waits = json.loads(writer.communicate("\n")[0])
    megabytes = file.stat().st_size / 1_000_000
    print(
        f"{megabytes:,.0f} MB: {wall:,.0f} s, {cpu:,.0f} s of processor, peak memory {peak:.0f} MB"
    )
    with sqlite3.connect(folder / "coterie.sqlite3") as database:
        for table in TABLES:
            (rows,) = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
            print(f"  {table}: {rows:,} rows")
    middle, last = waits[len(waits) // 2], waits[-1]
    print(f"  {len(waits)} posts meanwhile: half within {middle:.2f} s, all within {last:.2f} s")


def main() -> None:
    if sys.argv[1:] == ["meanwhile"]:
        write_meanwhile()
        return
    from telegram_parse import write_export

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        write_export(path, int(sys.argv[1]) if len(sys.argv) > 1 else 100)
        bring_home(path, Path(folder) / "home")


if __name__ == "__main__":
    main()
