"""A flower comes from its seed alone, and from nothing else."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from coterie.personas.flowers import drawing

SEEDS = [*range(60), 2_147_483_645, 123_456_789, 987_654_321]


def test_the_same_seed_gives_the_same_flower_for_ever():
    assert drawing(7) == drawing.__wrapped__(7)
    assert drawing(7).startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">')


def test_flowers_differ():
    assert len({drawing(seed) for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flower_is_small_and_whole(seed):
    flower = drawing(seed)
    assert len(flower.encode()) < 6_000
    assert ET.fromstring(flower).tag.endswith("svg")
    assert "script" not in flower
    assert flower.count("<use") >= 20


def test_a_flower_is_kept_by_every_cache_and_asks_nobody_who_looks(db):
    answer = Client().get("/flower/7.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert Client().get("/flower/7.svg").content == answer.content


def test_a_flower_needs_no_database():
    assert Client().get("/flower/8.svg").status_code == 200


def test_there_is_no_flower_for_what_is_not_a_number(db):
    assert Client().get("/flower/ines.svg").status_code == 404
