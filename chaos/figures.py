"""One line for each figure, with how many it is made of."""

from __future__ import annotations

from chaos.checking import Verdicts
from chaos.histories import Fault, Histories


def spread(values: list[float]) -> str:
    """p50, p95 and the largest of seconds."""
    if not values:
        return "none (N 0)"
    row = sorted(values)
    p50, p95 = (row[min(len(row) - 1, int(len(row) * share))] for share in (0.5, 0.95))
    return f"p50 {p50:.2f} s, p95 {p95:.2f} s, max {row[-1]:.2f} s (N {len(row)})"


def away_times(histories: Histories) -> tuple[list[float], list[float], list[float]]:
    """From loss to an open socket; the same from when a house answered; to having everything."""
    opened = [b for b in histories.breaks if b.opened]
    since_loss = [b.opened - b.lost for b in opened]
    since_healed = [b.opened - max(b.lost, _healed(histories.faults, b.lost)) for b in opened]
    caught_up = [b.caught_up - b.opened for b in opened if b.caught_up]
    return since_loss, [max(0.0, one) for one in since_healed], caught_up


def _healed(faults: list[Fault], lost: float) -> float:
    before = [fault.healed for fault in faults if fault.began <= lost]
    return before[-1] if before else 0.0


def unavailable(histories: Histories) -> dict[str, list[float]]:
    """For each kind of fault: from the first to the last sending that got no answer."""
    found: dict[str, list[float]] = {}
    ends = [fault.began for fault in histories.faults[1:]] + [float("inf")]
    failed = [a for said in histories.said for a in said.attempts if a.outcome == "unknown"]
    for fault, end in zip(histories.faults, ends, strict=True):
        here = [a for a in failed if fault.began <= a.ended < end]
        window = max(a.ended for a in here) - min(a.ended for a in here) if here else 0.0
        found.setdefault(fault.name, []).append(window)
    return found


def lines(histories: Histories, found: Verdicts) -> list[str]:
    """What is printed of one scenario."""
    since_loss, since_healed, caught_up = away_times(histories)
    acknowledged = [s.acked - s.attempts[0].began for s in histories.said if s.id]
    told = [
        f"acknowledged {found.acknowledged}, lost {len(found.lost)}, "
        f"doubled {len(found.doubled)}, out of order {len(found.disordered)}, "
        f"gaps {len(found.gaps)} (in {found.delivered} deliveries)",
        f"stored by a sending without an answer {found.retried}, never acknowledged "
        f"{found.unacknowledged}, refused or given up {len(found.refused)}",
        f"kills {sum(fault.kills for fault in histories.faults)}, faults {len(histories.faults)}",
        f"acknowledgement {spread(acknowledged)}",
        f"out after its acknowledgement {spread(found.out_after)}",
        f"reconnect after loss {spread(since_loss)}",
        f"reconnect after the house answers {spread(since_healed)}",
        f"catch-up {spread(caught_up)}",
        *(f"unavailable: {name} {spread(each)}" for name, each in unavailable(histories).items()),
    ]
    if histories.decisions:
        told.append(
            f"unauthorised deliveries {len(found.unauthorised)} of {found.withheld} "
            f"(after {len(histories.decisions)} decisions)"
        )
    return told + histories.notes


def total(all_found: list[tuple[Histories, Verdicts]]) -> str:
    """Everything in one sentence."""
    found = [each for _histories, each in all_found]
    kills = sum(fault.kills for histories, _ in all_found for fault in histories.faults)
    return (
        f"{sum(len(v.lost) for v in found)} lost, {sum(len(v.doubled) for v in found)} doubled, "
        f"{sum(len(v.disordered) for v in found)} out of order, "
        f"{sum(len(v.gaps) for v in found)} gaps, "
        f"{sum(len(v.unauthorised) for v in found)} unauthorised of "
        f"{sum(v.acknowledged for v in found)} acknowledged posts over {kills} kills"
    )
