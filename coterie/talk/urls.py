"""Where talk is."""

from django.urls import path

from coterie.talk.views import drafts, post, topic, topics, words

urlpatterns = [
    path("talk/", topics.news, name="talk"),
    path("talk/words-<slug:language>.css", words.words, name="talk_words"),
    path("c/<slug:handle>/", topics.topics, name="topics"),
    path("c/<slug:handle>/topics/new/", topics.new_topic, name="new_topic"),
    path("c/<slug:handle>/topics/new/draft/", drafts.new_topic, name="new_topic_draft"),
    path("c/<slug:handle>/read/", topics.community_read, name="community_read"),
    path("t/<slug:public_id>/", topic.topic, name="topic"),
    path("t/<slug:public_id>/posts/", topic.posts, name="posts"),
    path("t/<slug:public_id>/draft/", drafts.reply, name="reply_draft"),
    path("t/<slug:public_id>/since/", topic.since, name="since"),
    path("t/<slug:public_id>/reading/", topic.reading_position, name="reading_position"),
    path("t/<slug:public_id>/order/", topic.order, name="topic_order"),
    path("t/<slug:public_id>/title/", topic.title, name="topic_title"),
    path("p/<slug:public_id>/", post.post, name="post"),
    path("p/<slug:public_id>/words/", post.words, name="post_words"),
    path("p/<slug:public_id>/words/draft/", drafts.words, name="post_words_draft"),
    path("p/<slug:public_id>/versions/", post.versions, name="post_versions"),
    path("p/<slug:public_id>/reactions/", post.reactions, name="post_reactions"),
    path("p/<slug:public_id>/retraction/", post.retraction, name="retraction"),
    path("p/<slug:public_id>/undo/", post.undo, name="post_undo"),
    path("p/<slug:public_id>/publication/", post.publication, name="post_publication"),
    path("p/<slug:public_id>/removal/", post.removal, name="post_removal"),
    path("p/<slug:public_id>/restoration/", post.restoration, name="post_restoration"),
]
