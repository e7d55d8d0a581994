"""Doors to one's alerts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from coterie.inbox import reads
from coterie.inbox.actions import reading
from coterie.inbox.models import Notification
from coterie.personas.requests import Request


@never_cache
@require_GET
@login_required
def alerts(request: Request) -> HttpResponse:
    """Everything new for all my personas, under the community where it happened."""
    page = reads.page(request.viewer, request.GET.get("after", ""))
    return render(
        request,
        "inbox/alerts.html",
        {
            "groups": reads.grouped(list(page.rows)),
            "after": page.after,
            "unread": reads.unread_count(request.viewer),
            "further": "after" in request.GET,
        },
    )


@never_cache
@require_GET
@login_required
def alert(request: Request, public_id: str) -> HttpResponse:
    """On to what it is about; it is read now."""
    found = get_object_or_404(Notification.objects.of(request.viewer), public_id=public_id)
    reading.read(found, by=request.viewer)
    return redirect(found.path or "/alerts/")


@require_POST
@login_required
def readings(request: Request) -> HttpResponse:
    """All of it is read."""
    reading.read_all(by=request.viewer)
    return redirect("/alerts/")
