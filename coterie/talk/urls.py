"""Where talk is."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from coterie.talk.models.conversation import NOT_A_SLUG
from coterie.talk.views import (
    beginning,
    calls,
    changing,
    composing,
    drafts,
    noting,
    planned,
    poll,
    post,
    rearranging,
    saved,
    tags,
    topic,
    topics,
    words,
)


class Slug(StringConverter):
    """A title, whatever it says, but no page of ours: those of other apps may be tried later."""

    def to_python(self, value: str) -> str:
        if value in NOT_A_SLUG:
            raise ValueError(value)
        return value


register_converter(Slug, "title")

urlpatterns = [
    path("talk/", topics.news, name="talk"),
    path("talk/words-<slug:language>.css", words.words, name="talk_words"),
    path("c/<slug:handle>/", topics.topics, name="topics"),
    path("c/<slug:handle>/topics/new/", topics.new_topic, name="new_topic"),
    path("c/<slug:handle>/topics/new/draft/", drafts.new_topic, name="new_topic_draft"),
    path("c/<slug:handle>/preview/", composing.preview, name="preview"),
    path("c/<slug:handle>/completions/", composing.completions, name="completions"),
    path("c/<slug:handle>/tags/<str:tag>/", topics.tag, name="tag"),
    path("c/<slug:handle>/settings/tags/", tags.tags, name="settings_tags"),
    path("c/<slug:handle>/welcome/", beginning.welcome, name="welcome"),
    path("c/<slug:handle>/settings/welcome/", beginning.greeting, name="settings_welcome"),
    path("c/<slug:handle>/settings/templates/", beginning.frames, name="settings_templates"),
    path("c/<slug:handle>/settings/templates/new/", beginning.new_frame, name="new_template"),
    path(
        "c/<slug:handle>/settings/templates/<slug:public_id>/",
        beginning.one_frame,
        name="settings_template",
    ),
    path("c/<slug:handle>/saved/", saved.saved, name="saved"),
    path("c/<slug:handle>/planned/", planned.planned, name="planned"),
    path("c/<slug:handle>/planned/<slug:public_id>/", planned.one, name="planned_one"),
    path(
        "c/<slug:handle>/planned/<slug:public_id>/draft/",
        drafts.planned,
        name="planned_draft",
    ),
    path(
        "c/<slug:handle>/planned/<slug:public_id>/sending/",
        planned.sending,
        name="planned_sending",
    ),
    path(
        "c/<slug:handle>/planned/<slug:public_id>/disposal/",
        planned.disposal,
        name="planned_disposal",
    ),
    path("t/<slug:public_id>/later/", planned.answer, name="answer_later"),
    path("p/<slug:public_id>/saving/", saved.saving_of, name="post_saving"),
    path("c/<slug:handle>/read/", topics.community_read, name="community_read"),
    path("t/<slug:public_id>/", topic.topic, name="topic"),
    path("t/<slug:public_id>/posts/", topic.posts, name="posts"),
    path("t/<slug:public_id>/draft/", drafts.reply, name="reply_draft"),
    path("t/<slug:public_id>/since/", topic.since, name="since"),
    path("t/<slug:public_id>/reading/", topic.reading_position, name="reading_position"),
    path("t/<slug:public_id>/order/", topic.order, name="topic_order"),
    path("t/<slug:public_id>/merging/", rearranging.merging, name="topic_merging"),
    path("t/<slug:public_id>/moving/", rearranging.moving_out, name="topic_moving"),
    path("p/<slug:public_id>/splitting/", rearranging.splitting, name="post_splitting"),
    path("t/<slug:public_id>/pace/", topic.pace, name="topic_pace"),
    path("t/<slug:public_id>/title/", topic.title, name="topic_title"),
    path("t/<slug:public_id>/<title:slug>/", topic.topic, name="open_topic"),
    path("p/<slug:public_id>/", post.post, name="post"),
    path("p/<slug:public_id>/context/", post.context, name="post_context"),
    path("p/<slug:public_id>/words/", changing.words, name="post_words"),
    path("p/<slug:public_id>/note/", noting.note, name="post_note"),
    path("c/<slug:handle>/notes/", noting.notes, name="notes"),
    path("p/<slug:public_id>/words/draft/", drafts.words, name="post_words_draft"),
    path("p/<slug:public_id>/versions/", post.versions, name="post_versions"),
    path("p/<slug:public_id>/tags/<str:tag>/", calls.tag, name="post_tag"),
    path("p/<slug:public_id>/members/<slug:seat>/", calls.member, name="post_member"),
    path("p/<slug:public_id>/reactions/", post.reactions, name="post_reactions"),
    path("p/<slug:public_id>/preview-removal/", post.preview_removal, name="preview_removal"),
    path("p/<slug:public_id>/poll/", poll.poll, name="poll"),
    path("p/<slug:public_id>/poll/ballot/", poll.ballot, name="poll_ballot"),
    path("p/<slug:public_id>/poll/options/", poll.options, name="poll_options"),
    path("p/<slug:public_id>/poll/closing/", poll.closing, name="poll_closing"),
    path("p/<slug:public_id>/retraction/", post.retraction, name="retraction"),
    path("p/<slug:public_id>/undo/", post.undo, name="post_undo"),
    path("p/<slug:public_id>/publication/", post.publication, name="post_publication"),
    path("p/<slug:public_id>/removal/", post.removal, name="post_removal"),
    path("p/<slug:public_id>/restoration/", post.restoration, name="post_restoration"),
]
