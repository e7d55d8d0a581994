"""Where alerts are."""

from django.urls import path

from coterie.inbox import views

urlpatterns = [
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/readings/", views.readings, name="alert_readings"),
    path("alerts/<slug:public_id>/", views.alert, name="alert"),
]
