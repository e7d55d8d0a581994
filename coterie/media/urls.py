"""Where pictures are."""

from django.urls import path

from coterie.media import views

urlpatterns = [
    path("c/<slug:handle>/media/", views.pictures, name="pictures"),
    path("c/<slug:handle>/settings/cover/", views.cover, name="cover"),
    path("m/<slug:public_id>/<int:side>.webp", views.picture, name="picture"),
    path("m/<slug:public_id>/alt/", views.alt, name="picture_alt"),
    path("m/<slug:public_id>/removal/", views.removal, name="picture_removal"),
]
