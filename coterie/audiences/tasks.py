"""Long work on exports, in the worker."""

from django.tasks import task

from coterie.audiences.actions import uploading
from coterie.audiences.models import Import


@task(queue_name="slow")
def look_over(public_id: str) -> None:
    """What the export holds is known."""
    for import_ in Import.objects.filter(public_id=public_id):
        uploading.look_over(import_)


@task(queue_name="slow")
def go_home(public_id: str) -> None:
    """The chosen chats are home."""
    for import_ in Import.objects.filter(public_id=public_id):
        uploading.go_home(import_)
