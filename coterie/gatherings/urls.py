"""Where gatherings are. The page of one, with its talk, lies under `/t/`."""

from django.urls import path

from coterie.gatherings.views import coming, feeds, lists, one

urlpatterns = [
    path("c/<slug:handle>/gatherings/", lists.upcoming, name="gatherings"),
    path("c/<slug:handle>/gatherings/past/", lists.past, name="past_gatherings"),
    path("c/<slug:handle>/gatherings/new/", lists.new, name="new_gathering"),
    path("c/<slug:handle>/gatherings/calendar/", feeds.own, name="own_feed"),
    path("c/<slug:handle>/gatherings/calendar/end/", feeds.end, name="feed_end"),
    path("gatherings/<slug:public_id>/plan/", one.plan, name="plan"),
    path("gatherings/<slug:public_id>/cancellation/", one.cancellation, name="cancellation"),
    path("gatherings/<slug:public_id>/conveners/", one.conveners, name="conveners"),
    path(
        "gatherings/<slug:public_id>/conveners/<slug:seat_id>/end/",
        one.convener_end,
        name="convener_end",
    ),
    path("gatherings/<slug:public_id>/gathering.ics", one.file, name="gathering_file"),
    path("gatherings/dates/<slug:public_id>/plan/", one.date_plan, name="date_plan"),
    path(
        "gatherings/dates/<slug:public_id>/cancellation/",
        one.date_cancellation,
        name="date_cancellation",
    ),
    path("gatherings/dates/<slug:public_id>/attendance/", coming.attendance, name="attendance"),
    path("gatherings/dates/<slug:public_id>/goers/", coming.goers, name="goers"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
]
