from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "coterie.talk"
    label = "talk"

    def ready(self) -> None:
        from coterie.talk import keeping  # noqa: F401
