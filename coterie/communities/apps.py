from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "coterie.communities"
    label = "communities"

    def ready(self) -> None:
        from coterie.communities import keeping  # noqa: F401
