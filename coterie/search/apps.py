from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "coterie.search"
    label = "search"
