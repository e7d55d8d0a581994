"""The hosts' side of the door: who waits, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coterie.communities import reads, rules
from coterie.communities.actions import asking_back, joining
from coterie.communities.forms.door import (
    SENTENCES,
    AnswersForm,
    QueueForm,
    RemarkForm,
    SentenceForm,
)
from coterie.communities.models import JoinRequest, Membership
from coterie.communities.views.finding import Seated, page, permitted, seated
from coterie.personas.requests import Request


def _at_the_door(request: Request, handle: str) -> Seated:
    here = seated(request, handle)
    permitted(rules.has_duty(request.viewer, here.community, Membership.Duty.DOOR))
    return here


@never_cache
@require_safe
def requests(request: Request, handle: str) -> HttpResponse:
    """Everybody at the door."""
    return _queue_page(request, _at_the_door(request, handle))


@never_cache
@require_safe
def detail(request: Request, handle: str, public_id: str) -> HttpResponse:
    """One of them, with the queue beside it where there is room."""
    here = _at_the_door(request, handle)
    return _queue_page(request, here, _asked(here, public_id))


def _asked(here: Seated, public_id: str) -> JoinRequest:
    rows = JoinRequest.objects.filter(community=here.community)
    return get_object_or_404(
        rows.select_related("persona", "invitation", "community"), public_id=public_id
    )


def _queue_page(
    request: Request,
    here: Seated,
    asked: JoinRequest | None = None,
    *,
    form: SentenceForm | None = None,
    question: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    wanted = QueueForm(request.GET)
    state, search = JoinRequest.State.PENDING, ""
    if wanted.is_valid():
        state, search = wanted.cleaned_data["state"], wanted.cleaned_data["search"]
    after = request.GET.get("after", "")
    context = {
        "queue": reads.join_requests(here.community, state=state, search=search, after=after),
        "counts": reads.answered_counts(here.community),
        "states": JoinRequest.State.choices,
        "state": state,
        "search": search,
        "invite_path": f"{here.community.path}invitations/",
        "base": f"{here.community.path}join-requests/",
        "sentences": SENTENCES,
        "banning": bool(rules.has_duty(request.viewer, here.community, Membership.Duty.PEOPLE)),
    }
    if asked is not None:
        words = request.GET.get("words", "")
        begun = {key: sentence for key, _word, sentence in SENTENCES}.get(words, "")
        form = form or SentenceForm(initial={"sentence": begun})
        context |= {"asked": reads.join_request(asked), "form": form, "words": words}
        context |= {"question": question or RemarkForm(auto_id="id_question_%s")}
    return page(request, "requests", here, status=status, **context)


@require_POST
def answers(request: Request, handle: str) -> HttpResponse:
    """Several are let in, or declined with one sentence."""
    here = _at_the_door(request, handle)
    form = AnswersForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose somebody first."))
        return redirect(f"{here.community.path}join-requests/")
    chosen, answer = form.cleaned_data["chosen"], form.cleaned_data["answer"]
    if answer == "admit":
        count = joining.admit_all(here.community, chosen, by=here.persona)
        said = ngettext("%(n)d person is in.", "%(n)d people are in.", count)
    else:
        sentence = form.cleaned_data["sentence"]
        count = joining.turn_away_all(here.community, chosen, by=here.persona, sentence=sentence)
        said = ngettext("%(n)d person was declined.", "%(n)d people were declined.", count)
    messages.success(request, said % {"n": count})
    return redirect(f"{here.community.path}join-requests/")


@require_POST
def admission(request: Request, handle: str, public_id: str) -> HttpResponse:
    """This one is in."""
    return _answer(
        request, handle, public_id,
        lambda asked, by: joining.admit(asked, by=by), _("%(name)s is in."),
    )  # fmt: skip


@require_POST
def question(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The hosts ask this one something before they decide."""
    here = _at_the_door(request, handle)
    asked, form = _asked(here, public_id), RemarkForm(request.POST, auto_id="id_question_%s")
    if not form.is_valid():
        return _queue_page(request, here, asked, question=form, status=422)
    asking_back.ask_back(asked, form.cleaned_data["words"], by=here.persona)
    messages.success(request, _("Asked. You hear when they answer."))
    return redirect(f"{here.community.path}join-requests/{asked.public_id}/")


@require_POST
def refusal(request: Request, handle: str, public_id: str) -> HttpResponse:
    """This one is declined, with a sentence."""
    return _decline(request, handle, public_id, joining.turn_away)


@require_POST
def ban(request: Request, handle: str, public_id: str) -> HttpResponse:
    """This one is declined and cannot ask again."""
    return _decline(request, handle, public_id, joining.turn_away_for_good)


def _decline(
    request: Request, handle: str, public_id: str, verb: Callable[..., Any]
) -> HttpResponse:
    form = SentenceForm(request.POST)
    if not form.is_valid():
        here = _at_the_door(request, handle)
        return _queue_page(request, here, _asked(here, public_id), form=form, status=422)
    sentence = form.cleaned_data["sentence"]
    return _answer(
        request, handle, public_id,
        lambda asked, by: verb(asked, by=by, sentence=sentence), _("%(name)s was declined."),
    )  # fmt: skip


def _answer(
    request: Request, handle: str, public_id: str, act: Callable[..., Any], said: str
) -> HttpResponse:
    here = _at_the_door(request, handle)
    asked = _asked(here, public_id)
    try:
        act(asked, here.persona)
        messages.success(request, said % {"name": asked.persona.name})
    except JoinRequest.AlreadyAnswered:
        messages.info(request, _("Somebody has answered this request already."))
    return redirect(f"{here.community.path}join-requests/")
