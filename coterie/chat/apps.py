from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "coterie.chat"
    label = "chat"
