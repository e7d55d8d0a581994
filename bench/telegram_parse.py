"""How fast, and in how much memory, a Telegram export is read.

    python bench/telegram_parse.py 300        # megabytes of a made-up forum, in a temporary folder

Prints one line for the survey (the preview) and one for reading every message. The rate counts
processor time, so that a busy machine gives the same figure.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PEOPLE = 2_000
TOPICS = 40
WORDS = [
    "fern",
    "moss",
    "spore",
    "frond",
    "shade",
    "water",
    "light",
    "leaf",
    "root",
    "rain",
    "wren",
]


def message(number: int, dice: random.Random) -> dict[str, object]:
    who = dice.randrange(PEOPLE)
    text = " ".join(dice.choices(WORDS, k=dice.randrange(3, 40)))
    at = 1_500_000_000 + number * 17
    return {
        "id": number,
        "type": "message",
        "date": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at + 7200)),
        "date_unixtime": str(at),
        "from": f"Person {who} ❀",
        "from_id": f"user{10_000_000 + who}",
        "reply_to_message_id": dice.randrange(1, number) if number > TOPICS else 1,
        **said(text, in_style=number % 20 == 0),
    }


def said(text: str, in_style: bool) -> dict[str, object]:
    entities = [{"type": "plain", "text": text}]
    if not in_style:
        return {"text": text, "text_entities": entities}
    bold = {"type": "bold", "text": "so!"}
    return {"text": [text, bold], "text_entities": [*entities, bold]}


def topic(number: int) -> dict[str, object]:
    created = {"id": number, "type": "service", "date_unixtime": "1499999999"}
    return created | {"action": "topic_created", "title": f"Topic {number}"}


def write_export(path: Path, megabytes: int) -> None:
    dice = random.Random(1)
    with path.open("w", encoding="utf-8") as out:
        out.write(
            '{\n "name": "Fern lovers",\n "type": "private_supergroup",\n "id": 42,\n "messages": ['
        )
        number = 0
        while out.tell() < megabytes << 20:
            for _ in range(1000):
                number += 1
                entry = topic(number) if number <= TOPICS else message(number, dice)
                out.write(",\n" if number > 1 else "\n")
                out.write(json.dumps(entry, ensure_ascii=False, indent=1))
        out.write("\n ]\n}\n")


def measure(what: str, path: str) -> None:
    from coterie.pure.parsers import telegram

    started = time.process_time()
    if what == "survey":
        found = telegram.preview(path)
        count, extra = found.messages, f"{found.people} people, {found.conversations} conversations"
    else:
        (chat,) = telegram.chats(path)
        started = time.process_time()
        count, extra = sum(1 for _ in telegram.read(path, chat)), "after a survey"
    seconds = time.process_time() - started
    megabytes = Path(path).stat().st_size / 1_000_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {count:,} messages ({extra}), {megabytes:,.0f} MB in {seconds:.1f} s,"
        f" {megabytes / seconds:.0f} MB/s, peak memory {peak:.0f} MB"
    )


def main() -> None:
    if len(sys.argv) == 3:
        measure(sys.argv[1], sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        write_export(path, int(sys.argv[1]) if len(sys.argv) > 1 else 300)
        for what in ("survey", "read"):
            command = [sys.executable, __file__, what, str(path)]
            subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
