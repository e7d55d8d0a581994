"""Addresses that machines ask for."""

from django.urls import path

from coterie.outside.views import cards, feeds, maps

urlpatterns = [
    path("robots.txt", maps.robots, name="robots"),
    path("sitemap.xml", maps.index, name="sitemaps"),
    path("sitemap/communities.xml", maps.communities, name="sitemap_communities"),
    path("c/<slug:handle>/sitemap.xml", maps.topics, name="sitemap_topics"),
    path("c/<slug:handle>/topics.atom", feeds.topics, name="topic_feed"),
    path("c/<slug:handle>/tags/<str:tag>/topics.atom", feeds.topics, name="tag_feed"),
    path("card.jpg", cards.house, name="house_card"),
    path("c/<slug:handle>/card.jpg", cards.community, name="community_card"),
    path("t/<slug:public_id>/card.jpg", cards.topic, name="topic_card"),
    path("j/<str:token>/card.jpg", cards.invitation, name="invitation_card"),
]
