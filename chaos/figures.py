"""One line for each figure, with how many it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chaos.checking import Verdicts
from chaos.histories import Fault, Histories


def spread(values: list[float]) -> str:
    """p50, p95 and the largest of seconds, in words."""
    told = quantiles(values)
    if not told["n"]:
        return "none (N 0)"
    return "p50 {p50:.2f} s, p95 {p95:.2f} s, max {max:.2f} s (N {n})".format(**told)


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
    ends = [*(fault.began for fault in histories.faults), float("inf")][1:]
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


@dataclass(frozen=True)
class Row:
    """One scenario on one stand, as it is told."""

    stand: str
    number: str
    seconds: float
    histories: Histories
    verdicts: Verdicts

    @property
    def told(self) -> dict[str, Any]:
        """Its figures by name, for machines."""
        since_loss, since_healed, caught_up = away_times(self.histories)
        found, faults = self.verdicts, self.histories.faults
        return {
            "stand": self.stand,
            "scenario": self.number,
            "seconds": round(self.seconds),
            "kills": sum(fault.kills for fault in faults),
            "faults": len(faults),
            "acknowledged": found.acknowledged,
            "lost": len(found.lost),
            "doubled": len(found.doubled),
            "out of order": len(found.disordered),
            "gaps": len(found.gaps),
            "deliveries": found.delivered,
            "stored, unacknowledged": found.unacknowledged,
            "stored by a retried sending": found.retried,
            "errors after retry": len(found.refused),
            "unauthorised": len(found.unauthorised),
            "withheld": found.withheld,
            "other faults found": len(found.apart) + len(found.broken),
            "reconnect": quantiles(since_loss),
            "reconnect once it answers": quantiles(since_healed),
            "catch-up": quantiles(caught_up),
            "unavailable": {
                name: quantiles(each) for name, each in unavailable(self.histories).items()
            },
            "out after": quantiles(found.out_after),
            "memory": [round(each) for each in self.histories.memory],
            "notes": self.histories.notes,
        }


def quantiles(values: list[float]) -> dict[str, float]:
    """p50, p95 and the largest of seconds, and of how many."""
    if not values:
        return {"n": 0}
    row = sorted(values)
    p50, p95 = (row[min(len(row) - 1, int(len(row) * share))] for share in (0.5, 0.95))
    told = {"p50": p50, "p95": p95, "max": row[-1]}
    return {name: round(value, 2) for name, value in told.items()} | {"n": len(row)}


COUNTS = (
    "scenario", "seconds", "kills", "acknowledged", "lost", "doubled", "out of order", "gaps",
    "stored, unacknowledged", "errors after retry",
)  # fmt: skip
TIMES = ("reconnect", "catch-up", "out after")


def table(rows: list[Row]) -> str:
    """All figures of one stand, ready to be pasted; times are p50 / p95 / most, in seconds."""
    lines = [[*COUNTS, "unauthorised", *TIMES, "unavailable"]]
    for row in rows:
        told = row.told
        windows = [_times(each) for each in told["unavailable"].values() if each["n"]]
        unauthorised = f"{told['unauthorised']} of {told['withheld']}" if told["withheld"] else ""
        lines.append(
            [
                *(f"{told[name]:,}" if name != "scenario" else told[name] for name in COUNTS),
                unauthorised,
                *(_times(told[name]) for name in TIMES),
                ", ".join(windows),
            ]
        )
    lines.insert(1, ["---"] * len(lines[0]))
    name = rows[0].stand if rows else "nothing"
    return "\n".join([name, "", *(f"| {' | '.join(each)} |" for each in lines)])


def _times(told: dict[str, float]) -> str:
    return f"{told['p50']:.1f} / {told['p95']:.1f} / {told['max']:.1f}" if told["n"] else ""


def total(rows: list[Row]) -> str:
    """Everything in one sentence."""
    found = [row.verdicts for row in rows]
    kills = sum(fault.kills for row in rows for fault in row.histories.faults)
    return (
        f"{sum(len(v.lost) for v in found)} lost, {sum(len(v.doubled) for v in found)} doubled, "
        f"{sum(len(v.disordered) for v in found)} out of order, "
        f"{sum(len(v.gaps) for v in found)} gaps, "
        f"{sum(len(v.unauthorised) for v in found)} unauthorised of "
        f"{sum(v.acknowledged for v in found)} acknowledged posts over {kills} kills"
    )
