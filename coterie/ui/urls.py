"""What the interface itself answers."""

from django.urls import path

from coterie.ui import views

urlpatterns = [
    path("theme/", views.theme, name="theme"),
]
