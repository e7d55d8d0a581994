from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "coterie.communities"
    label = "communities"
