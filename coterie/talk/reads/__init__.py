"""What pages of talk need, in a constant number of queries; rows, never model instances."""

from coterie.talk.reads.reader import speaker
from coterie.talk.reads.topic import TopicPage, one_post, people, topic
from coterie.talk.reads.topics import topics
from coterie.talk.reads.unread import unread_by_community, unread_topics

__all__ = [
    "TopicPage",
    "one_post",
    "people",
    "speaker",
    "topic",
    "topics",
    "unread_by_community",
    "unread_topics",
]
