from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "coterie.inbox"
    label = "inbox"

    def ready(self) -> None:
        from coterie.inbox import keeping  # noqa: F401
