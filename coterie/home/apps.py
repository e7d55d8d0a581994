from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "coterie.home"
    label = "home"
