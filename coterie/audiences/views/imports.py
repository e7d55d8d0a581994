"""Bringing a chat home in the browser: upload, look over, choose, wait."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coterie.audiences import reads, tasks
from coterie.audiences.actions import uploading
from coterie.audiences.forms import ExportForm, HomeForm
from coterie.audiences.models import Import
from coterie.core.verdict import Refused
from coterie.personas.requests import Request

AT_ONCE = 5_000_000
"""Exports up to this size are looked over while the host waits for the page."""

ON_ITS_WAY = (Import.State.QUEUED, Import.State.RUNNING, Import.State.STOPPING)


def _mine(request: Request, public_id: str) -> Import:
    import_ = reads.import_of(request.viewer, public_id)
    if import_ is None:
        raise Http404
    return import_


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: Request) -> HttpResponse:
    """My exports, and a place for another."""
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _begin(request, form)
    mine = reads.imports(request.viewer)
    return render(request, "audiences/imports.html", {"form": form, "imports": mine})


def _begin(request: Request, form: ExportForm) -> HttpResponse:
    file = form.cleaned_data["export"]
    try:
        import_ = uploading.begin(file, file.name, by=request.viewer)
    except Refused as no:
        form.add_error("export", no.sentence)
        mine = reads.imports(request.viewer)
        return render(request, "audiences/imports.html", {"form": form, "imports": mine})
    if file.size <= AT_ONCE:
        uploading.look_over(import_)
    else:
        tasks.look_over.enqueue(import_.public_id)
    return redirect(import_.path)


@never_cache
@login_required
@require_safe
def one_import(request: Request, public_id: str) -> HttpResponse:
    """Where this export stands, and what to do next."""
    return _page(request, _mine(request, public_id))


def _page(request: Request, import_: Import, form: HomeForm | None = None) -> HttpResponse:
    shown = {"import": import_, "held": import_.held, "state": import_.state}
    if import_.state == Import.State.PREVIEW:
        shown["seen"] = reads.preview(import_)
        shown["form"] = form or _form(request, import_)
    elif import_.state in ON_ITS_WAY:
        shown |= reads.progress(import_)
    elif import_.state == Import.State.FAILED:
        shown["why"] = reads.why_stopped(import_)
    return render(request, "audiences/import.html", shown)


def _form(request: Request, import_: Import, typed: object = None) -> HomeForm:
    seen = reads.preview(import_)
    parents = reads.parents(request.viewer)
    return HomeForm(typed, chats=seen["chats"], parents=parents, questions=seen["questions"])


@login_required
@require_POST
def homecoming(request: Request, public_id: str) -> HttpResponse:
    """The chosen chat is on its way."""
    import_ = _mine(request, public_id)
    if import_.state != Import.State.PREVIEW:
        return redirect(import_.path)
    form = _form(request, import_, request.POST)
    if not form.is_valid():
        return _page(request, import_, form)
    wanted = form.cleaned_data
    uploading.confirm(
        import_,
        wanted["chat"],
        by=request.viewer,
        name=wanted["name"],
        parent=wanted.get("parent"),
        with_names=wanted["authors"] == "names",
        date_order=wanted.get("date_order"),
    )
    tasks.go_home.enqueue(import_.public_id)
    return redirect(import_.path)


@login_required
@require_POST
def cancellation(request: Request, public_id: str) -> HttpResponse:
    """The export is off the server, and what had come of it nowhere to be seen."""
    uploading.cancel(_mine(request, public_id), by=request.viewer)
    return redirect("/imports/")
