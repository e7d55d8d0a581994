from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "coterie.talk"
    label = "talk"
