"""Ranked ballots are counted as the books count them, and a tie the same way every time."""

from coterie.pure.ranking import count

MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = CITIES = range(4)
TENNESSEE = [
    *[[MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE]] * 42,
    *[[NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS]] * 26,
    *[[CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS]] * 15,
    *[[KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS]] * 17,
]
"""The example of the textbooks: the capital of Tennessee, in percent."""


def test_the_capital_of_tennessee_is_knoxville():
    outcome = count(TENNESSEE, CITIES)
    assert outcome.winner == KNOXVILLE
    assert [each.counts for each in outcome.rounds] == [
        {MEMPHIS: 42, NASHVILLE: 26, CHATTANOOGA: 15, KNOXVILLE: 17},
        {MEMPHIS: 42, NASHVILLE: 26, KNOXVILLE: 32},
        {MEMPHIS: 42, KNOXVILLE: 58},
    ]
    assert [each.out for each in outcome.rounds] == [CHATTANOOGA, NASHVILLE, None]


def test_more_than_half_wins_at_once_and_half_does_not():
    assert len(count([[0], [0], [0], [1], [2]], range(3)).rounds) == 1
    half = count([[0], [0], [1], [2, 1]], range(3))
    assert len(half.rounds) > 1


def test_the_order_of_the_ballots_changes_nothing():
    assert count(TENNESSEE, CITIES) == count(TENNESSEE[::-1], CITIES)


def test_ballots_whose_options_are_all_out_count_no_more_and_are_told():
    outcome = count([[0], [0], [0], [1], [1], [1, 0], [2], [2]], range(3))
    assert outcome.rounds[0].out == 2
    assert outcome.rounds[1].spent == 2


def test_of_two_with_the_fewest_goes_the_one_that_had_fewer_before():
    # 3 goes first; its ballot makes 2 as strong as 1, which had more before.
    ballots = [*[[0]] * 4, *[[1]] * 3, *[[2]] * 2, [3, 2]]
    assert [each.out for each in count(ballots, range(4)).rounds][:2] == [3, 2]


def test_of_two_that_were_always_equal_goes_the_lower_on_the_list():
    assert count([[0], [1]], [0, 1]).winner == 0
    assert count([[0], [1]], [1, 0]).winner == 1


def test_nobody_wins_where_nobody_voted():
    assert count([], [0, 1]).winner is None
    assert count([[], [7]], [0, 1]).winner is None
    assert count([[0]], []).winner is None
