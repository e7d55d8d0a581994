"""What pages of talk need, in a constant number of queries; rows, never model instances."""

from coterie.talk.reads.drafts import Kept, draft
from coterie.talk.reads.finding import conversation
from coterie.talk.reads.frame import frame, read_by
from coterie.talk.reads.reader import speaker
from coterie.talk.reads.since import Point, away_marks, changes, drawn, point_of, waiting
from coterie.talk.reads.topic import TopicPage, one_post, people, speakers, topic
from coterie.talk.reads.topics import topics
from coterie.talk.reads.unread import unread_by_community, unread_topics

__all__ = [
    "Kept",
    "Point",
    "TopicPage",
    "away_marks",
    "changes",
    "conversation",
    "draft",
    "drawn",
    "frame",
    "one_post",
    "people",
    "point_of",
    "read_by",
    "speaker",
    "speakers",
    "topic",
    "topics",
    "unread_by_community",
    "unread_topics",
    "waiting",
]
