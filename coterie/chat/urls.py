"""Where rooms are. What changes one (title, lock, draft) is talk's, as for every conversation."""

from django.urls import path

from coterie.chat.views import room, rooms

urlpatterns = [
    path("c/<slug:handle>/rooms/", rooms.rooms, name="rooms"),
    path("r/<slug:public_id>/", room.room, name="room"),
    path("r/<slug:public_id>/posts/", room.posts, name="room_posts"),
    path(
        "r/<slug:public_id>/posts/<slug:post_id>/retraction/",
        room.retraction,
        name="room_retraction",
    ),
]
