"""Only flowers that we offered can be picked."""

from coterie.personas import bouquet


def test_an_offered_flower_can_be_picked():
    seeds = bouquet.offer(4)
    assert [bouquet.redeem(bouquet.ticket(seed)) for seed in seeds] == seeds


def test_another_flower_cannot():
    seed = bouquet.offer(1)[0]
    _, sign = bouquet.ticket(seed).split(":")
    for value in (f"{seed + 1}:{sign}", str(seed), "", None, "x:y"):
        assert bouquet.redeem(value) is None
