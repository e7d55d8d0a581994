from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "coterie.media"

    def ready(self) -> None:
        from coterie.media import keeping  # noqa: F401
