"""What pages of talk need, in a constant number of queries; rows, never model instances."""

from coterie.talk.reads.beginning import frames, greeting, offered_frames, written_greeting
from coterie.talk.reads.drafts import Kept, draft
from coterie.talk.reads.finding import conversation, successor
from coterie.talk.reads.frame import frame, read_by
from coterie.talk.reads.heard import heard_in, people_away, tick
from coterie.talk.reads.latest import Wanted, newest, read_before
from coterie.talk.reads.mentions import meant, mentioned
from coterie.talk.reads.notes import notes
from coterie.talk.reads.outward import of_list, of_post, of_topic
from coterie.talk.reads.planned import due_in, planned
from coterie.talk.reads.polls import voters, with_ranks
from coterie.talk.reads.previewing import unsaid
from coterie.talk.reads.reader import speaker
from coterie.talk.reads.saved import note_on, saved
from coterie.talk.reads.since import Point, away_marks, changes, drawn, point_of, waiting
from coterie.talk.reads.tags import tags
from coterie.talk.reads.topic import TopicPage, one_post, people, speakers, topic
from coterie.talk.reads.topics import Wish, tag_links, topics
from coterie.talk.reads.unread import unread_by_community, unread_topics
from coterie.talk.reads.versions import as_read, fingerprint, hung_on, told_versions

__all__ = [
    "Kept",
    "Point",
    "TopicPage",
    "Wanted",
    "Wish",
    "as_read",
    "away_marks",
    "changes",
    "conversation",
    "draft",
    "drawn",
    "due_in",
    "fingerprint",
    "frame",
    "frames",
    "greeting",
    "heard_in",
    "hung_on",
    "meant",
    "mentioned",
    "newest",
    "note_on",
    "notes",
    "of_list",
    "of_post",
    "of_topic",
    "offered_frames",
    "one_post",
    "people",
    "people_away",
    "planned",
    "point_of",
    "read_before",
    "read_by",
    "saved",
    "speaker",
    "speakers",
    "successor",
    "tag_links",
    "tags",
    "tick",
    "told_versions",
    "topic",
    "topics",
    "unread_by_community",
    "unread_topics",
    "unsaid",
    "voters",
    "waiting",
    "with_ranks",
    "written_greeting",
]
