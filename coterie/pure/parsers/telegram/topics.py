"""Which forum topic a message stands in."""

from coterie.pure.exports.ledger import Ledger
from coterie.pure.parsers.telegram import facts
from coterie.pure.parsers.telegram.facts import Raw

MOST_TOPICS = 10_000


class Topics:
    """Which forum topic a message stands in: that of the message it answers, back to the first."""

    def __init__(self) -> None:
        self.titles: dict[int, str] = {}
        self._of = Ledger()

    def place(self, raw: Raw) -> int | None:
        """The topic's first id; None for the chat itself."""
        if not self.titles and "action" not in raw:
            return None
        id = facts.whole(raw.get("id"))
        title = facts.topic_title(raw)
        if id is not None and title is not None and len(self.titles) < MOST_TOPICS:
            self.titles[id] = title
        if not self.titles:
            return None
        topic = id if id in self.titles else self._answered(raw)
        if "action" in raw and topic is not None:
            self.titles[topic] = facts.new_topic_title(raw) or self.titles[topic]
        if id is not None and topic is not None:
            self._of.note(id, topic)
        return topic

    def _answered(self, raw: Raw) -> int | None:
        target = facts.answers(raw)
        return None if target is None else self._of.get(target)
