"""Doors to one's alerts, and to how often one is called."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coterie.communities import reads as places
from coterie.communities import rules as communities
from coterie.communities.actions import hearing as hearing_places
from coterie.communities.models import Membership
from coterie.inbox import forms, reads
from coterie.inbox.actions import attending, reading, unsubscribing
from coterie.inbox.models import Letterbox, Notification
from coterie.personas.models import Persona
from coterie.personas.requests import Request
from coterie.talk import reads as talk
from coterie.talk import rules as talk_rules
from coterie.talk.actions import announcing
from coterie.talk.actions import hearing as hearing_topics
from coterie.talk.models import Conversation, tag_path


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
            "sections": reads.sections(list(page.rows)),
            "after": page.after,
            "unread": reads.unread_count(request.viewer),
            "today": None if "after" in request.GET else reads.today(request.viewer),
        },
    )


@never_cache
@require_GET
@login_required
def alert(request: Request, public_id: str) -> HttpResponse:
    """On to what it is about; it is read now."""
    found = get_object_or_404(Notification.objects.of(request.viewer), public_id=public_id)
    reading.read(found, by=request.viewer)
    return redirect(found.way or "/alerts/")


@require_POST
@login_required
def readings(request: Request) -> HttpResponse:
    """All of it is read."""
    reading.read_all(by=request.viewer)
    return redirect("/alerts/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attention(request: Request) -> HttpResponse:
    """How many calls a day, when it is quiet, when the digest comes: over all my personas."""
    form = forms.Attention(request.POST or None, wishes=reads.wishes(request.viewer))
    if form.is_bound and form.is_valid():
        attending.wish(form.wishes, by=request.viewer)
        messages.success(request, _("Saved."))
        return redirect("/attention/")
    shown = {"form": form, "selves": reads.selves(request.viewer)}
    return render(request, "inbox/attention.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def levels(request: Request) -> HttpResponse:
    """How much I hear from each community."""
    for seat in Membership.objects.living().of(request.viewer).select_related("persona"):
        level = forms.level(request.POST.get(f"level-{seat.public_id}", ""))
        if level and level != seat.level:
            hearing_places.hear(seat, level, by=seat.persona)
    messages.success(request, _("Saved."))
    return redirect("/attention/#places")


@require_POST
@login_required
def letters(request: Request, public_id: str) -> HttpResponse:
    """Letters for one of my personas, or none."""
    mine = {each.public_id: each for each in request.viewer.personas}
    persona: Persona | None = mine.get(public_id)
    if persona is None:
        raise Http404
    close = request.POST.get("letters") == "none"
    (unsubscribing.close if close else unsubscribing.open_again)(persona, by=request.viewer)
    messages.success(request, _("Saved."))
    return redirect("/attention/#places")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def topic_level(request: Request, public_id: str) -> HttpResponse:
    """How much I hear of one topic."""
    topic = _topic(request, public_id)
    seat = communities.seat(request.viewer, topic.community)
    if seat is None:
        raise Http404
    now = topic.level or ""  # type: ignore[attr-defined]
    form = forms.Hearing(request.POST or None, initial={"level": now}, usual=seat.level)
    if form.is_bound and form.is_valid():
        level = forms.level(form.cleaned_data["level"])
        if level:
            hearing_topics.hear(topic, level, by=seat.persona)
        else:
            hearing_topics.hear_as_the_community(topic, by=seat.persona)
        messages.success(request, _("Saved."))
        return redirect(topic.path)
    status = 422 if form.is_bound else 200
    shown = {"form": form, "back": topic.path, "of": topic.title}
    return render(request, "inbox/hearing.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tag_level(request: Request, handle: str, tag: str) -> HttpResponse:
    """How much I hear of the topics with a tag."""
    community = places.community(request.viewer, handle)
    seat = communities.seat(request.viewer, community) if community else None
    found = reads.tag(request.viewer, community, tag) if community and seat else None
    if community is None or seat is None or found is None:
        raise Http404
    now = reads.tag_level(found, seat.persona)
    form = forms.Hearing(request.POST or None, initial={"level": now}, usual=seat.level)
    path = tag_path(community.path, found.word)
    if form.is_bound and form.is_valid():
        level = forms.level(form.cleaned_data["level"])
        if level:
            hearing_topics.hear_tag(found, level, by=seat.persona)
        else:
            hearing_topics.hear_tag_as_the_community(found, by=seat.persona)
        messages.success(request, _("Saved."))
        return redirect(path)
    shown = {"form": form, "back": path, "of": f"#{found.word}"}
    return render(request, "inbox/hearing.html", shown, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def announcement(request: Request, public_id: str) -> HttpResponse:
    """What it would cost to tell everybody of a topic, and telling them."""
    topic = _topic(request, public_id)
    seat = communities.seat(request.viewer, topic.community)
    verdict = talk_rules.may_announce(request.viewer, topic)
    if seat is None or verdict is talk_rules.NOTHING:
        raise Http404
    if request.method == "POST":
        announcing.announce(topic, by=seat.persona)
        messages.success(request, _("Everybody here is told of it now."))
        return redirect(topic.path)
    cost = reads.cost_of(topic, by_id=seat.persona_id, at=timezone.now()) if verdict else None
    shown = {"topic": topic, "cost": cost, "verdict": verdict}
    return render(request, "inbox/announcement.html", shown)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request: Request, token: str) -> HttpResponse:
    """No more letters like the one with this link; a look changes nothing.

    Mail programs post here by themselves, without a session: the token is the right to it.
    """
    if request.method == "POST":
        if not unsubscribing.close_by_token(token):
            raise Http404
    elif not Letterbox.objects.keyed(token).exists():
        raise Http404
    return render(request, "inbox/unsubscription.html", {"done": request.method == "POST"})


def _topic(request: Request, public_id: str) -> Conversation:
    found = talk.conversation(request.viewer, public_id)
    if found is None:
        raise Http404
    return found
