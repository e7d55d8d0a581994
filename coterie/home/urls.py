"""The front page, home, the first run, me, and what this place is."""

from django.urls import path

from coterie.home.views import about, founding, front, me, search

urlpatterns = [
    path("", front.front, name="front"),
    path("find/", front.find, name="find"),
    path("search/", search.search, name="search"),
    path("new/", founding.Name.as_view(), name="new"),
    path("new/shape/", founding.Shape.as_view(), name="new_shape"),
    path("new/look/", founding.Look.as_view(), name="new_look"),
    path("new/link/<slug:handle>/", founding.link, name="new_link"),
    path("new/draft/", founding.draft, name="new_draft"),
    path("me/", me.me, name="me"),
    path("me/theme/", me.theme, name="theme"),
    path("me/<slug:public_id>/", me.persona, name="my_persona"),
    path("me/<slug:public_id>/retirement/", me.retirement, name="retirement"),
    path("about/", about.about, name="about"),
    path("about/privacy/", about.privacy, name="privacy"),
]
