"""Where alerts are."""

from django.urls import path

from coterie.inbox import views

urlpatterns = [
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/readings/", views.readings, name="alert_readings"),
    path("attention/", views.attention, name="attention"),
    path("attention/levels/", views.levels, name="levels"),
    path("attention/letters/<slug:public_id>/", views.letters, name="letters"),
    path("t/<slug:public_id>/attention/", views.topic_level, name="topic_level"),
    path("t/<slug:public_id>/announcement/", views.announcement, name="announcement"),
    path("c/<slug:handle>/tags/<str:tag>/attention/", views.tag_level, name="tag_level"),
    path("u/<str:token>/", views.unsubscription, name="unsubscription"),
    path("alerts/<slug:public_id>/", views.alert, name="alert"),
]
