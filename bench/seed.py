"""A large house to measure: 50 communities, 2,000 personas, as many posts as you like.

    COTERIE_DATA=/tmp/large bench/seed --posts 200000
    COTERIE_DATABASE=postgres:///large COTERIE_DATA=/tmp/large bench/seed --posts 2000000
    COTERIE_DATA=/tmp/large bench/seed --check        # proves what must be true of the rows
    COTERIE_DATA=/tmp/large bench/seed --again        # signs in once more and prints the JSON

Prints one JSON object: paths of communities and topics that all signed-in personas may
read, and a session for each of these personas in the form that bench/httpload.py takes.
`--lists FOLDER` writes the same as files, one a line. Only an empty house is planted.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from coterie.commands.house import open_house
from coterie.commands.trouble import Trouble


def arguments() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    asked = argparse.ArgumentParser(prog="bench/seed", description=__doc__, formatter_class=plain)
    asked.add_argument("--posts", type=int, default=200_000)
    asked.add_argument("--communities", type=int, default=50)
    asked.add_argument("--personas", type=int, default=2_000)
    asked.add_argument("--seats", type=int, default=10, help="communities of each reader")
    asked.add_argument("--public", action="store_true", help="everybody may read all of it")
    asked.add_argument("--signed-in", type=int, default=20)
    asked.add_argument("--lists", type=Path, help="also write sessions and paths as files")
    asked.add_argument("--check", action="store_true", help="prove the rows; 1 if one is wrong")
    asked.add_argument("--again", action="store_true", help="only sign in, into what is planted")
    return asked.parse_args()


def main() -> int:
    asked = arguments()
    if not os.environ.get("COTERIE_DATA"):
        raise Trouble("Name a folder of its own: COTERIE_DATA=/tmp/large bench/seed")
    folder = open_house()
    from coterie.commands import schema

    schema.bring_up_to_date(folder)
    if asked.check:
        return check()
    if not asked.again:
        plant(asked)
    say(asked)
    return 0


def check() -> int:
    """Print what was proved; 1 if something is not as it must be."""
    import invariants

    broken = invariants.broken()
    print(json.dumps({"proved": list(invariants.ALL), "broken": broken}, indent=1))
    return 1 if broken else 0


def plant(asked: argparse.Namespace) -> None:
    """Everything is there; how long it took goes to stderr."""
    import planting

    began = time.perf_counter()
    planting.plant(
        communities=asked.communities,
        personas=asked.personas,
        readers=asked.signed_in,
        posts=asked.posts,
        seats=asked.seats,
        preset="forum" if asked.public else None,
    )
    print(f"planted in {time.perf_counter() - began:.0f} s", file=sys.stderr)


def say(asked: argparse.Namespace) -> None:
    """Print the JSON, and write the lists if they are wanted."""
    import signing_in

    told = signing_in.tell(asked.signed_in)
    print(json.dumps(told, indent=1))
    if asked.lists:
        asked.lists.mkdir(parents=True, exist_ok=True)
        for name in ("communities", "topics"):
            lines = "".join(f"{path}\n" for path in told[name])
            (asked.lists / f"{name}.txt").write_text(lines)
        lines = "".join(json.dumps(one) + "\n" for one in told["sessions"])
        (asked.lists / "sessions.jsonl").write_text(lines)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"bench/seed: {trouble}", file=sys.stderr)
        sys.exit(1)
