from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "coterie.inbox"
    label = "inbox"
