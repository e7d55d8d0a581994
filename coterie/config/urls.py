"""The front door: every app's pages under one roof."""

from django.urls import URLPattern, URLResolver, include, path

handler500 = "coterie.config.waiting.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    # Most is read in these: an address is held against one pattern after the other.
    path("", include("coterie.talk.urls")),
    path("", include("coterie.chat.urls")),
    path("", include("coterie.home.urls")),
    path("", include("coterie.personas.urls")),
    path("", include("coterie.accounts.urls")),
    path("", include("coterie.communities.urls")),
    path("", include("coterie.inbox.urls")),
    path("", include("coterie.gatherings.urls")),
    path("", include("coterie.media.urls")),
    path("", include("coterie.outside.urls")),
    path("", include("coterie.safety.urls")),
    path("", include("coterie.audiences.urls")),
]
