"""Compares what clients wrote down with the database: everything that must not be is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from chaos.histories import Decision, Following, Histories, Said

SHOWN = 5


@dataclass
class Stored:
    """The database's side: posts by public id, and how far each topic has come."""

    posts: dict[str, dict[str, Any]]
    """id: {topic, seq, persona, words, at}; `at` in seconds of the histories' clock."""
    topics: dict[str, dict[str, int]]

    def of(self, topic: str) -> dict[int, str]:
        """The ids of a topic by their numbers."""
        here = (item for item in self.posts.items() if item[1]["topic"] == topic)
        return {post["seq"]: public_id for public_id, post in here if post["seq"] is not None}


@dataclass
class Verdicts:
    """What was found, each kind with its cases."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    unauthorised: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unacknowledged: int = 0
    """Stored, and the writer never learned of it."""
    retried: int = 0
    """Stored by a sending whose answer was lost: without a key it would stand there twice."""
    out_after: list[float] = field(default_factory=list)
    """Seconds from an acknowledgement until everybody may read it."""
    delivered: int = 0
    withheld: int = 0
    """Posts said after a decision, times the readers who must not hear them."""

    KINDS = (
        "lost", "doubled", "disordered", "gaps", "unauthorised", "refused", "apart", "broken",
    )  # fmt: skip

    @property
    def violations(self) -> dict[str, list[str]]:
        """The kinds of which there are any."""
        return {kind: getattr(self, kind) for kind in self.KINDS if getattr(self, kind)}


def check(histories: Histories, stored: Stored) -> Verdicts:
    """Everything that can be said of one scenario."""
    found = Verdicts(apart=list(histories.apart), broken=list(histories.wrong))
    _writers(histories, stored, found)
    _numbers(stored, found)
    by_topic = {topic: stored.of(topic) for topic in stored.topics}
    for page in histories.following:
        _reader(page, by_topic[page.topic], histories, stored, found)
    _decisions(histories, stored, found)
    return found


def _writers(histories: Histories, stored: Stored, found: Verdicts) -> None:
    copies: dict[str, list[str]] = defaultdict(list)
    for public_id, post in stored.posts.items():
        copies[post["words"]].append(public_id)
    shut_out = _shut_out(histories)
    for said in histories.said:
        there = copies.get(said.words, [])
        found.acknowledged += bool(said.id)
        if said.id and said.id not in there:
            found.lost.append(f"{said.words} was acknowledged as {said.id} and is not there")
        elif said.id and stored.posts[said.id]["seq"] is None:
            found.lost.append(f"{said.words} was acknowledged as {said.id} and never came out")
        elif said.id:
            found.out_after.append(stored.posts[said.id]["out"] - said.acked)
        if len(there) > 1:
            found.doubled.append(f"{said.words} stands there {len(there)} times")
        if there and not said.id:
            found.unacknowledged += 1
        if said.id and _first_answer_was_lost(said, stored):
            found.retried += 1
        if not said.id and not _may_be_refused(said, shut_out):
            last = said.attempts[-1].outcome if said.attempts else "never sent"
            found.refused.append(f"{said.words}: {last} after {len(said.attempts)} sendings")


def _first_answer_was_lost(said: Said, stored: Stored) -> bool:
    post = stored.posts.get(said.id)
    return bool(post and len(said.attempts) > 1 and post["at"] < said.attempts[-1].began)


def _shut_out(histories: Histories) -> dict[str, Decision]:
    return {each.reader: each for each in histories.decisions if not each.about}


def _may_be_refused(said: Said, shut_out: dict[str, Decision]) -> bool:
    return said.persona in shut_out


def _numbers(stored: Stored, found: Verdicts) -> None:
    """Each topic counts from one to its last without a hole or a double."""
    seen = Counter((p["topic"], p["seq"]) for p in stored.posts.values() if p["seq"] is not None)
    for (topic, seq), count in seen.items():
        if count > 1:
            found.disordered.append(f"{topic} has {count} posts numbered {seq}")
    for topic, told in stored.topics.items():
        missing = set(range(1, told["seq"] + 1)) - {seq for at, seq in seen if at == topic}
        found.gaps += [f"{topic} has no number {seq}" for seq in sorted(missing)]


def _reader(
    page: Following, numbers: dict[int, str], histories: Histories, stored: Stored, found: Verdicts
) -> None:
    """What a page showed: in the house's numbers, and nothing left out up to its cursor."""
    found.delivered += len(page.shown)
    found.disordered += page.backwards
    for public_id, seq in page.shown.items():
        if numbers.get(seq) != public_id:
            found.disordered.append(f"{page.reader} saw {public_id} as {page.topic} {seq}")
    unmet = histories.unmet(page.reader)
    seen = set(page.shown.values())
    for seq in range(page.start + 1, page.cursor[1] + 1):
        unknown = seq in numbers and stored.posts[numbers[seq]]["persona"] in unmet
        if seq not in seen and not unknown:
            found.gaps.append(f"{page.reader} went past {page.topic} {seq} without seeing it")


def _decisions(histories: Histories, stored: Stored, found: Verdicts) -> None:
    """Nothing that began to be said after a decision reaches whom it shut out."""
    began = {said.id: said.attempts[0].began for said in histories.said if said.id}
    pages: dict[str, list[Following]] = defaultdict(list)
    for page in histories.following:
        pages[page.reader].append(page)
    for decision in histories.decisions:
        for page in pages[decision.reader]:
            for public_id, when in began.items():
                post = stored.posts.get(public_id)
                if post is None or post["topic"] != page.topic or when <= decision.decided:
                    continue
                if decision.about in ("", post["persona"]):
                    found.withheld += 1
                    if public_id in page.shown:
                        found.unauthorised.append(
                            f"{page.reader} heard {post['words']} "
                            f"{when - decision.decided:.2f} s after the {decision.kind}"
                        )
