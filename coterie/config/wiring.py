"""Who listens, who gates, what follows: the whole house's wiring on one page."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from coterie.accounts import events as accounts
from coterie.accounts import mailing, sessions
from coterie.accounts.actions import closing, spending
from coterie.audiences import events as audiences
from coterie.audiences.actions import forgetting
from coterie.chat import consequences as chat
from coterie.chat import reads as chat_reads
from coterie.communities import events as communities
from coterie.communities import tasks as communities_tasks
from coterie.communities.actions import following, leaving
from coterie.config import parting
from coterie.core import events, gates, incoming, queue, schedule
from coterie.gatherings import consequences as gatherings_consequences
from coterie.gatherings import events as gatherings
from coterie.gatherings import listeners as gatherings_listeners
from coterie.gatherings import reads as gatherings_reads
from coterie.gatherings.actions import dating, reminding
from coterie.inbox import consequences as inbox_consequences
from coterie.inbox import dates as inbox_dates
from coterie.inbox import events as inbox_events
from coterie.inbox import listeners as inbox
from coterie.inbox import reads as inbox_reads
from coterie.inbox import topics as inbox_topics
from coterie.inbox.actions import calling, digesting
from coterie.inbox.actions import following as inbox_following
from coterie.media import guarding, holding
from coterie.media import guards as media_guards
from coterie.media.actions import using
from coterie.personas.actions import intending
from coterie.safety import audit, audited
from coterie.safety import consequences as safety_consequences
from coterie.safety import events as safety_events
from coterie.safety import gates as safety_gates
from coterie.safety import listeners as safety
from coterie.safety.actions import alerting, reporting
from coterie.search import index
from coterie.talk import clocks, details
from coterie.talk import consequences as talk_consequences
from coterie.talk import events as talk
from coterie.talk import gates as talk_gates
from coterie.talk import guards as talk_guards
from coterie.talk import listeners as talk_listeners
from coterie.talk import tasks as talk_tasks
from coterie.talk import topics as talk_topics
from coterie.talk.actions import drafting, polling, redrawing
from coterie.talk.models import SAYING_AS_PLANNED, SENDING, TAKING_BACK, Kind
from coterie.talk.reads import drafts as talk_drafts

LISTENERS: dict[type, Iterable[Callable[[Any], None]]] = {
    communities.AskedToJoin: [inbox.tell_hosts_who_waits],
    communities.Withdrawn: [inbox.tell_hosts_who_waits],
    communities.TurnedAway: [inbox.tell_hosts_who_waits, inbox.tell_who_was_turned_away],
    communities.AskedBack: [inbox.tell_who_was_asked_back],
    communities.AnsweredBack: [inbox.tell_hosts_of_the_answer],
    communities.Admitted: [inbox.welcome],
    communities.Removed: [inbox.clear_after_leaving, gatherings_listeners.free_places],
    communities.Banned: [inbox.clear_after_leaving, gatherings_listeners.free_places],
    communities.Left: [inbox.clear_after_leaving, gatherings_listeners.free_places],
    communities.Orphaned: [inbox.tell_members_of_the_empty_chair],
    talk.Answered: [inbox.tell_who_was_answered],
    talk.Announced: [inbox.tell_everybody],
    talk.Mentioned: [inbox.tell_who_was_mentioned],
    talk.Linked: [talk_listeners.look_behind_link],
    talk.SentBack: [inbox.tell_whose_words_came_back],
    talk.NotSent: [inbox.tell_what_did_not_go_out],
    talk.HeldBack: [safety.tell_hosts_what_waits],
    talk.LetOut: [safety.tell_hosts_what_waits, safety.tell_who_waited],
    talk.PostRemoved: [inbox.unsay, safety.settle_reports, safety.tell_hosts_what_waits],
    talk.Retracted: [inbox.unsay, safety.tell_hosts_what_waits],
    inbox_events.Called: [inbox.call_at_once],
    gatherings.MovedUp: [inbox_dates.tell_who_moved_up],
    gatherings.Rearranged: [inbox_dates.tell_of_the_change],
    gatherings.CalledOff: [inbox_dates.tell_it_is_off],
    gatherings.ConvenerNamed: [inbox_dates.tell_who_arranges_too],
    gatherings.ReminderDue: [inbox_dates.remind],
    safety_events.Reported: [safety.tell_hosts_of_reports, safety.tell_operators],
    safety_events.OperatorAsked: [
        safety.tell_hosts_of_reports,
        safety.warn_the_nameless,
        safety.tell_operators,
    ],
    safety_events.CaseClosed: [safety.tell_hosts_of_reports, safety.tell_reporters],
    safety_events.Decided: [safety.tell_whom_it_concerns],
}
"""After the commit, outside the transaction; may run twice."""

HINTS: dict[type, Iterable[Callable[[Any], None]]] = {
    talk.Started: [talk_listeners.tell_of_new_room],
    talk.Posted: [talk_listeners.tell_of_post],
    talk.HeldBack: [talk_listeners.tell_of_post],
    talk.Edited: [talk_listeners.tell_of_post],
    talk.Noted: [talk_listeners.tell_of_post],
    talk.PostRemoved: [talk_listeners.tell_of_post],
    talk.PostRestored: [talk_listeners.tell_of_post],
    talk.Retracted: [talk_listeners.tell_of_post],
    talk.Reacted: [talk_listeners.tell_of_post],
    talk.ReactionTakenBack: [talk_listeners.tell_of_post],
    talk.PollChanged: [talk_listeners.tell_of_post],
    talk.Carded: [talk_listeners.tell_of_post],
    talk.Locked: [talk_listeners.tell_of_conversation],
    talk.Unlocked: [talk_listeners.tell_of_conversation],
    talk.Slowed: [talk_listeners.tell_of_conversation],
    talk.SlowEnded: [talk_listeners.tell_of_conversation],
    talk.Unlisted: [talk_listeners.tell_of_conversation],
    talk.Relisted: [talk_listeners.tell_of_conversation],
    talk.Archived: [talk_listeners.tell_of_conversation],
    talk.Unarchived: [talk_listeners.tell_of_conversation],
    talk.Pinned: [talk_listeners.tell_of_conversation],
    talk.Unpinned: [talk_listeners.tell_of_conversation],
    talk.Retitled: [talk_listeners.tell_of_conversation],
    talk.Retagged: [talk_listeners.tell_of_conversation],
    talk.HistoryShared: [talk_listeners.tell_of_conversation],
    talk.HistoryClosed: [talk_listeners.tell_of_conversation],
    talk.Split: [talk_listeners.tell_of_split],
    talk.MovedOut: [talk_listeners.tell_of_place],
    talk.MovedIn: [talk_listeners.tell_of_place],
    talk.Renumbered: [talk_listeners.tell_of_conversation],
    gatherings.Answered: [gatherings_listeners.tell_open_pages],
    gatherings.Rearranged: [gatherings_listeners.tell_open_pages],
    gatherings.CalledOff: [gatherings_listeners.tell_open_pages],
    inbox_events.Told: [inbox.tell_open_pages],
}
"""After the commit, at once; what a crash loses, the hub finds when it looks."""

CONSEQUENCES: dict[type, Iterable[Callable[[Any], None]]] = {
    accounts.Closed: [parting.let_personas_leave],
    communities.Founded: [chat.open_first_room],
    communities.Reshaped: [
        talk_consequences.lower_conversations,
        talk_consequences.put_cards_away,
        chat.open_first_room,
    ],
    communities.Moved: [talk_consequences.close_to_the_parent],
    communities.Admitted: [talk_consequences.begin_reading_anew],
    communities.Left: [
        talk_consequences.drop_drafts,
        talk_consequences.take_posts_along,
        gatherings_consequences.end_feed,
        gatherings_consequences.take_places_along,
        parting.let_nameless_posts_go,
    ],
    communities.Removed: [
        talk_consequences.drop_drafts,
        safety_consequences.state_removal,
        gatherings_consequences.end_feed,
    ],
    communities.Banned: [
        talk_consequences.drop_drafts,
        safety_consequences.state_ban,
        gatherings_consequences.end_feed,
    ],
    talk.Merged: [inbox_consequences.take_alerts_along],
    talk.MovedIn: [inbox_consequences.take_alerts_along],
    talk.PostRemoved: [safety_consequences.state_post_removal],
    talk.Retracted: [talk_consequences.let_photos_go],
}
"""Inside the announcing transaction; a constant number of statements in their own floor."""

AUDITED: dict[type, Callable[[Any], audit.Fact | None]] = {
    communities.Founded: audited.plainly("founded"),
    communities.Closed: audited.plainly("closed"),
    communities.Moved: audited.plainly("moved"),
    communities.Reshaped: audited.reshaped,
    communities.RulesChanged: audited.plainly("rules-changed"),
    communities.Orphaned: audited.orphaned,
    communities.Admitted: audited.admitted,
    communities.TurnedAway: audited.turned_away,
    communities.Removed: audited.removed,
    communities.Banned: audited.banned,
    communities.BanLifted: audited.ban_lifted,
    communities.RoleChanged: audited.role_changed,
    communities.HandedOver: audited.handed_over,
    audiences.BroughtHome: audited.plainly("brought-home"),
    talk.PostRemoved: audited.post_removed,
    talk.PostRestored: audited.post_restored,
    talk.Noted: audited.noted,
    talk.Locked: audited.locked,
    talk.Unlocked: audited.of_a_talk("unlocked"),
    talk.Slowed: audited.of_a_talk("slowed"),
    talk.SlowEnded: audited.of_a_talk("slow-ended"),
    talk.Pinned: audited.of_a_talk("pinned"),
    talk.Unpinned: audited.of_a_talk("unpinned"),
    talk.Unlisted: audited.of_a_talk("unlisted"),
    talk.Relisted: audited.of_a_talk("relisted"),
    talk.Archived: audited.of_a_talk("archived"),
    talk.Unarchived: audited.of_a_talk("unarchived"),
    talk.Merged: audited.of_a_talk("merged"),
    talk.Split: audited.of_a_talk("split"),
    talk.MovedOut: audited.plainly("moved-out"),
    talk.MovedIn: audited.plainly("moved-in"),
    gatherings.Rearranged: audited.rearranged,
    gatherings.CalledOff: audited.called_off,
    gatherings.ConvenerDropped: audited.convener_dropped,
    safety_events.Decided: audited.decided,
    safety_events.OperatorAsked: audited.operator_asked,
}
"""Appended to the community's chain in the same transaction, after other consequences."""

GATES: dict[str, Iterable[gates.Gate]] = {
    talk_gates.MOVE: [safety_gates.open_case],
    talk_gates.POST: [talk_gates.approval, safety_gates.ban, safety_gates.flood],
}
"""Asked inside the transaction before something goes out: publish, hold or refuse."""

TOPICS: dict[str, Any] = {
    "conversation": talk_topics.conversation,
    "community": talk_topics.community,
    "rooms": talk_topics.rooms,
    "inbox": inbox_topics.inbox,
    "persona": inbox_topics.persona,
}
"""What a browser may listen to, by the first part of a topic's name."""

GUARDS: dict[str, guarding.Guard] = {
    talk_guards.POST: talk_guards.post,
    talk_guards.CARD: talk_guards.post,
    using.COVER: media_guards.cover,
}
"""Who may see a picture: asked at every request for one."""
DETAILS: dict[str, details.Detail] = {
    Kind.GATHERING: details.Detail(
        "gatherings/gathering.html", gatherings_reads.detail, gatherings_reads.told
    ),
}
"""What the page of a conversation has above its talk, where it is more than a topic."""

SHELVES: Iterable[details.Shelf] = [
    details.Shelf("gatherings/_soon.html", gatherings_reads.soon, "gatherings/gatherings.css"),
    details.Shelf("chat/_lively.html", chat_reads.lively, beside=True),
]
"""What a community's home shows above its topics and beside them."""

INTENTIONS: dict[str, intending.Act | intending.Prepared] = {
    SENDING: talk_tasks.send,
    SAYING_AS_PLANNED: intending.Prepared(talk_tasks.prepare_what_was_planned),
    TAKING_BACK: talk_tasks.take_back,
    leaving.LEAVING: communities_tasks.leave,
    leaving.LEAVING_WITH_POSTS: communities_tasks.leave_and_take_posts,
}
"""What can be undone until it is due, and what is done then; inside the transaction."""

GIVEN_UP: dict[str, intending.Act | intending.Prepared] = {
    SENDING: talk_tasks.give_up_sending,
    SAYING_AS_PLANNED: talk_tasks.give_up_saying,
}
"""What is done instead of an act that failed again and again; all others are tried on and on."""

SCHEDULE: dict[str, schedule.Entry] = {
    "forget browsers that ran out": (timedelta(hours=6), sessions.clear_expired),
    "forget mails of last week": (timedelta(hours=6), mailing.clear_old),
    "forget addresses nobody proved": (timedelta(hours=6), closing.clear_unproved),
    "forget what was used up yesterday": (timedelta(hours=6), spending.clear_spent),
    "tell who follows": (timedelta(minutes=2), inbox_following.tell_followers),
    "call on people": (timedelta(minutes=1), calling.call_on_people),
    "send digests": (timedelta(minutes=3), digesting.send_due),
    "part with who has left": (timedelta(minutes=7), parting.part_with_one),
    "forget tasks that are done": (timedelta(hours=1), queue.prune),
    "count polls that are over": (timedelta(seconds=20), polling.settle_due),
    "let bans follow": (timedelta(hours=1), following.end_other_seats),
    "let unclaimed authors fade": (timedelta(hours=6), forgetting.fade_unclaimed),
    "drop old uploads": (timedelta(hours=1), forgetting.drop_files),
    "draw old posts anew": (timedelta(minutes=1), redrawing.redraw),
    "forget old drafts": (timedelta(days=1), drafting.forget_old),
    "clear what a killed upload left behind": (timedelta(minutes=10), incoming.sweep),
    "clear pictures that nothing holds": (timedelta(hours=1), using.sweep),
    "tell operators what waits": (timedelta(minutes=10), alerting.alert_operators),
    "forget imports that stopped": (timedelta(hours=1), forgetting.forget_arrivals),
    "forget words that are gone": (timedelta(days=1), index.tidy),
    "remind who wants to be": (timedelta(minutes=1), reminding.remind_due),
    "lay out dates a year ahead": (timedelta(days=1), dating.extend_all),
    "forget old evidence": (timedelta(days=1), reporting.forget_old_evidence),
}
"""What the worker does again and again, and how often; each may run twice without harm."""


HELD: Iterable[holding.Holder] = (talk_drafts.photos_in_drafts,)
"""Which pictures wait for longer than a day."""
PROMISED: Iterable[holding.Promise] = (talk_drafts.photos_planned,)
"""Which pictures go out with one thing by themselves, and with nothing else."""


def all_consequences() -> dict[type, Iterable[Callable[[Any], None]]]:
    """The consequences of each event, and last its entry in the audit chain."""
    logged = {kind: [audit.appending(describe)] for kind, describe in AUDITED.items()}
    kinds = [*CONSEQUENCES, *AUDITED]
    return {kind: [*CONSEQUENCES.get(kind, ()), *logged.get(kind, ())] for kind in kinds}


def connect() -> None:
    """Everybody hears what concerns them; called once when the apps are ready."""
    events.wire(LISTENERS, all_consequences(), HINTS)
    gates.hang(GATES)
    guarding.post(GUARDS)
    holding.hold(HELD, PROMISED)
    details.hang(DETAILS, SHELVES)
    clocks.hang(inbox_reads.zone)
