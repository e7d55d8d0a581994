"""Pictures of personas."""

from django.urls import path

from coterie.personas import views

urlpatterns = [
    path("flower/<int:seed>.svg", views.flower, name="flower"),
]
