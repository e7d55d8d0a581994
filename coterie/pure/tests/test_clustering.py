"""The groups that were planted are found, with their words; where there are none, none is."""

from __future__ import annotations

import numpy as np
import pytest

from coterie.pure.clustering import colouring, finding, links, partitions, scanning, talk
from coterie.pure.tests import planted


def found(granularity: finding.Granularity = "medium", seed: int = 1) -> finding.Finding:
    linked = links.gathered(planted.pairs())
    spoken = talk.gathered(planted.said(), linked.people)
    return finding.find(linked, spoken, granularity, seed)


@pytest.fixture(scope="module")
def result() -> finding.Finding:
    return found()


def alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def test_the_planted_groups_are_found(result: finding.Finding) -> None:
    assert result.clear
    assert result.agreement > 0.8
    assert len(result.groups) == len(planted.WORDS)
    for people in planted.groups().values():
        assert max(alike({*people}, {*group.people}) for group in result.groups) > 0.85


def test_who_was_planted_in_two_groups_is_in_both(result: finding.Finding) -> None:
    seats = [person for group in result.groups for person in group.people]
    twice = {person for person in seats if seats.count(person) > 1}
    both = {f"{name}-{n}" for name in planted.WORDS for n in range(4)}
    assert len(twice & both) >= 0.7 * len(both)
    assert len(twice - both) <= 6


def test_each_group_is_named_by_its_own_words(result: finding.Finding) -> None:
    for group in result.groups:
        own = max(planted.WORDS, key=lambda name: sum(name in one for one in group.people))
        assert {*group.words} <= {*planted.WORDS[own].split()}
        assert group.name == ", ".join(group.words[:3])
        assert not any("example" in word or "http" in word for word in group.words)


def test_evidence_says_how_sure_it_is(result: finding.Finding) -> None:
    for group in result.groups:
        assert group.confidence == 1
        assert 0.6 < group.inside_share <= 1
        assert 0 < len(group.core) <= len(group.people) / 2
        assert {*group.core} < {*group.people}
    assert result.by_chance < finding.CLEAR < result.agreement


def test_json_is_what_was_agreed(result: finding.Finding) -> None:
    told = result.as_json()
    assert list(told) == ["clear", "agreement", "granularity", "groups"]
    keys = ["name", "words", "people", "core", "confidence", "inside_share"]
    assert [list(group) for group in told["groups"]] == [keys] * 4


def test_the_same_seed_finds_the_same(result: finding.Finding) -> None:
    assert found() == result


def test_finer_groups_are_not_fewer(result: finding.Finding) -> None:
    assert len(found("broad").groups) <= len(result.groups) <= len(found("fine").groups)


def test_links_dealt_by_chance_hold_no_group() -> None:
    linked = links.gathered(planted.pairs())
    for seed in range(5):
        chance = links.Links(linked.people, links.shuffled(linked.graph, seed))
        nothing = finding.find(chance)
        assert not nothing.clear
        assert nothing.groups == ()


@pytest.mark.parametrize("pairs", [[], [("a", "b")], [("a", "a")], [("a", "b"), ("c", "d")]])
def test_too_few_people_are_no_group(pairs: list[tuple[str, str]]) -> None:
    linked = links.gathered(pairs)
    nothing = finding.find(linked, talk.gathered([("a", "hello")], linked.people))
    assert (nothing.clear, nothing.groups) == (False, ())


def test_a_link_is_there_once_whichever_way_round() -> None:
    linked = links.gathered([("a", "b"), ("b", "a"), ("a", "b"), ("c", "c")])
    assert linked.people == ("a", "b", "c")
    assert linked.graph.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_blending_keeps_the_weight_and_nothing_is_the_graph_itself() -> None:
    ones, others = np.array([0, 1]), np.array([1, 2])
    graph, near = links.graph_of(4, ones, others), links.graph_of(4, ones, others + 1)
    assert links.blended(graph, near, 0) is graph
    mixed = links.blended(graph, near, 0.25)
    assert mixed.sum() == pytest.approx(graph.sum())
    assert mixed[0, 2] == pytest.approx(0.25 * graph.sum() / near.sum())


def test_shuffling_leaves_nobody_with_more_links() -> None:
    graph = links.gathered(planted.pairs()).graph
    dealt = links.shuffled(graph, 3)
    assert (dealt.sum(axis=1) <= graph.sum(axis=1)).all()
    assert dealt.sum() > 0.8 * graph.sum()
    assert (dealt != graph).nnz


def test_who_has_no_link_is_in_no_group() -> None:
    linked = links.gathered(planted.pairs(), people=["silent"])
    runs = partitions.cuts(linked.graph, 1.0, [1, 2])
    assert [run[0] for run in runs] == [-1, -1]
    assert colouring.members(linked.graph, runs[0])[[0]].nnz == 0
    assert "silent" not in {one for group in finding.find(linked).groups for one in group.people}


def test_colours_share_out_no_more_links_than_there_are() -> None:
    graph = links.gathered(planted.pairs()).graph
    labels = partitions.cut(graph, 1.0, 1)
    amounts = colouring.coloured(graph, labels)
    assert (amounts.sum(axis=1) <= graph.sum(axis=1) + 1e-9).all()
    assert (amounts.data > 0).all()


def test_a_group_came_back_if_half_of_it_did() -> None:
    first = np.array([0] * 10 + [1] * 10, np.int32)
    other = np.array([0] * 8 + [1] * 7 + [2] * 5, np.int32)
    assert partitions.coming_back([first, other, first]).tolist() == [
        1.0,
        0.5 + 0.5 * (5 / 10 >= 0.5),
    ]


def test_the_ladder_grows_with_the_people() -> None:
    assert scanning.ladder(1_000)[-1] == scanning.ladder(10_000)[-1] == 24
    assert scanning.ladder(100_000)[-1] >= 250


def test_the_coarsest_of_equal_rungs_is_taken_and_steps_are_apart() -> None:
    rungs = tuple(scanning.Rung(r, (), 0) for r in (1.0, 1.5, 2.0, 3.0, 4.0))
    scan = scanning.Scan(rungs, (0.6, 0.8, 0.9, 0.9005, 0.7))
    assert scan.steps() == {"broad": 0, "medium": 2, "fine": 4}


def test_a_sample_holds_whole_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SAMPLE", 40)
    graph = links.gathered(planted.pairs()).graph
    some = scanning.neighbourhoods(graph, 1)
    assert some.shape == (40, 40)
    assert some.sum() > 40


def test_large_audiences_are_scanned_by_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MANY", 50)
    monkeypatch.setattr(scanning, "SAMPLE", 100)
    assert finding.find(links.gathered(planted.pairs())).clear


def test_words_are_without_names_addresses_and_numbers() -> None:
    text = "Look, @ana: www.x.org https://y.org/z 2024 12th ana@x.org's Monstera isn't ÖL"
    assert list(talk.words(text)) == ["look", "monstera", "isn't"]
    assert list(talk.words("植物好き")) == ["植物", "物好", "好き"]


def test_what_fewer_than_five_people_say_is_never_shown() -> None:
    people = [f"p{n}" for n in range(9)]
    said = [(one, "fern") for one in people[:5]] + [(one, "secret secret") for one in people[:4]]
    assert talk.gathered(said, people).words == ("fern",)
    assert talk.gathered([], people).words == ()
