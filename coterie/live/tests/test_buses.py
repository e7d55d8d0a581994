"""Each bus carries a topic's name from one process to the hub of another."""

import asyncio
import os
import subprocess
import sys

import pytest
import redis
from django.db import connection

from coterie.config.bus import _line_to_postgres
from coterie.live.buses.local import Local
from coterie.live.buses.postgres import Postgres
from coterie.live.buses.redis import Redis

SERVER = "redis://127.0.0.1:6379/15"
SOON = 5.0


def heard_by(bus, tell):
    """What the hub of `bus` hears once `tell` was called, again and again until it listens."""

    async def listening():
        names = asyncio.Queue()
        task = asyncio.create_task(bus.keep_hearing(names.put_nowait))
        try:
            async with asyncio.timeout(SOON):
                while names.empty():
                    await asyncio.to_thread(tell)
                    await asyncio.sleep(0.05)
                return names.get_nowait()
        finally:
            task.cancel()

    return asyncio.run(listening())


def test_a_word_of_this_process_goes_straight_to_its_loop(tmp_path):
    bus = Local(tmp_path)
    assert heard_by(bus, lambda: bus.tell("conversation/a")) == "conversation/a"


def test_a_word_of_the_worker_comes_through_the_data_folder(tmp_path):
    code = (
        "import sys; from pathlib import Path; from coterie.live.buses.local import Local; "
        "Local(Path(sys.argv[1])).tell('conversation/b')"
    )

    def worker():
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)

    assert heard_by(Local(tmp_path), worker) == "conversation/b"


def test_telling_where_nobody_serves_is_lost_without_a_word(tmp_path):
    Local(tmp_path).tell("conversation/c")
    Local(tmp_path / ("long" * 60)).tell("conversation/c")


def test_a_word_comes_through_redis():
    try:
        redis.Redis.from_url(SERVER, socket_connect_timeout=1).ping()
    except redis.RedisError:
        if "redis" in os.environ.get("COTERIE_REQUIRE", ""):
            raise
        pytest.skip("no Redis or Valkey on 127.0.0.1:6379")
    told = Redis(SERVER)
    assert heard_by(Redis(SERVER), lambda: told.tell("conversation/d")) == "conversation/d"


def test_a_redis_that_is_away_costs_nobody_their_post():
    Redis("redis://127.0.0.1:1/0").tell("conversation/e")


@pytest.mark.django_db(transaction=True)
def test_a_word_comes_through_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite")
    told = Postgres(_line_to_postgres)
    bus = Postgres(_line_to_postgres)
    assert heard_by(bus, lambda: told.tell("conversation/f")) == "conversation/f"
    told._line.close()
