"""An export comes in, is looked over, and goes home or away; nothing is saved unasked.

One chat goes home at a time: two communities that began in the same second would
tell that one person hosts both.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coterie.audiences import exports, rules
from coterie.audiences.actions import bringing_home, forgetting
from coterie.audiences.actions.arriving import CalledOff
from coterie.audiences.models import Import, sealed_held
from coterie.communities import rules as communities
from coterie.communities.models import Community
from coterie.core.verdict import Refused, require
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import Viewer, viewer_of
from coterie.pure.exports.records import Chat, Choices, DateOrder, Unreadable

State = Import.State


def begin(file: BinaryIO, name: str, *, by: Viewer) -> Import:
    """The upload lies on the disk and belongs to this person alone; it is not looked over yet."""
    require(rules.may_import(by))
    import_ = _new_row(name, by)
    import_.file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(import_.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(file, out)
    return import_


def _new_row(name: str, by: Viewer) -> Import:
    held = sealed_held(file_name=Path(name).name[:120])
    for tag in rules.tags(by):
        try:
            with transaction.atomic():
                return Import.objects.create(owner_tag=tag, held_box=held)
        except IntegrityError:
            continue  # that slot is taken: the next
    raise Refused(_("You have many exports waiting here. Finish or cancel one first."))


def look_over(import_: Import) -> None:
    """What the export holds is known, or why it cannot be read; then the file is gone."""
    try:
        seen = exports.preview(import_.file)
    except Unreadable as trouble:
        _stop(import_, State.LOOKING, trouble)
        return
    shown = seen.as_json() | {
        "chats": [_shown(chat) for chat in seen.chats],
        "warnings": [[each.text, each.values] for each in seen.warnings],
    }
    _move(import_, State.LOOKING, State.PREVIEW, preview=shown)


def _shown(chat: Chat) -> dict[str, object]:
    return {
        "key": chat.key,
        "name": chat.name,
        "people": len(chat.people),
        "messages": chat.messages,
        "conversations": chat.conversations,
    }


@transaction.atomic
def confirm(
    import_: Import,
    chat: str,
    *,
    by: Viewer,
    name: str,
    parent: Community | None = None,
    with_names: bool = False,
    date_order: DateOrder | None = None,
) -> None:
    """This chat is on its way home; its host will be a new persona called `name`."""
    require(rules.may_go_on(by, import_))
    if import_.held["preview"].get("questions") and not date_order:
        raise Refused(_("Say first how the dates of this chat are to be read."))
    if by.owner is None or chat not in {each["key"] for each in import_.held["preview"]["chats"]}:
        raise Refused(communities.NOTHING.sentence)
    if parent is not None:
        require(communities.may_found(by, parent))
    persona = sealed.new_persona(by.owner, name=name)
    choice = {
        "chat": chat,
        "persona": persona.pk,
        "with_names": with_names,
        "date_order": date_order,
        "parent": parent.pk if parent else None,
    }
    if not _move(import_, State.PREVIEW, State.QUEUED, choice=choice):
        raise Refused(_("This export is on its way already."))


def go_home(import_: Import) -> None:
    """The chosen chat is a community now, or nothing of it; a file with nothing left is gone.

    Whose worker died goes on where it was.
    """
    if import_.state not in (State.QUEUED, State.RUNNING, State.STOPPING):
        return
    _move(import_, State.QUEUED, State.RUNNING)
    persona = Persona.objects.get(pk=import_.held["choice"]["persona"])
    try:
        outcome = _bring(import_, persona)
    except CalledOff:
        _put_away(persona)
        _forget(import_)
        return
    except (Unreadable, Refused) as trouble:
        _put_away(persona)
        import_.refresh_from_db()
        _stop(import_, import_.state, trouble)
        return
    if outcome.host.pk != persona.pk:
        _put_away(persona)  # the chat had come home before, under another persona
    _arrived(import_, outcome)


def _bring(import_: Import, persona: Persona) -> bringing_home.Outcome:
    choice = import_.held["choice"]
    wish = bringing_home.Wish(
        persona=persona,
        parent=Community.objects.filter(pk=choice["parent"]).first(),
        with_names=choice["with_names"],
    )
    choices = Choices(date_order=choice.get("date_order"))
    chats = {each.key: each for each in exports.chats(import_.file, choices)}
    return bringing_home.bring(
        import_.file,
        chats[choice["chat"]],
        by=viewer_of(sealed.owner_of(persona)),
        wish=wish,
        told=lambda count: _go_on(import_, count),
    )


def _arrived(import_: Import, outcome: bringing_home.Outcome) -> None:
    held = import_.held
    made = {
        "chat": held["choice"]["chat"],
        "name": outcome.community.name,
        "path": outcome.community.path,
        "fresh": outcome.fresh,
    }
    homes = [*held.get("made", ()), made]
    left = {each["key"] for each in held["preview"]["chats"]} - {each["chat"] for each in homes}
    import_.refresh_from_db()  # called off too late: it is home
    _move(import_, import_.state, State.PREVIEW if left else State.DONE, made=homes, choice=None)
    if not left:
        forgetting.drop_file(import_)


def cancel(import_: Import, *, by: Viewer) -> None:
    """The export is off the disk and forgotten, or will be as soon as its worker sees it.

    What is home already stays.
    """
    require(rules.may_go_on(by, import_))
    rows = Import.objects.filter(pk=import_.pk)
    if rows.filter(state__in=(State.RUNNING, State.STOPPING)).update(state=State.STOPPING):
        return
    choice = import_.held.get("choice") if import_.state == State.QUEUED else None
    if not rows.filter(state=import_.state).delete()[0]:
        raise Refused(_("This export has moved on meanwhile. Look at it again."))
    for persona in Persona.objects.filter(pk=choice["persona"]) if choice else ():
        _put_away(persona)
    forgetting.drop_file(import_)


def _forget(import_: Import) -> None:
    Import.objects.filter(pk=import_.pk).delete()
    forgetting.drop_file(import_)


def room_for(size: int) -> bool:
    """Whether the disk holds the upload and leaves something over."""
    return shutil.disk_usage(settings.DATA).free > 2 * size


def _move(import_: Import, state: str, to: str, **held: object) -> bool:
    box = sealed_held(**import_.held | held)
    moved = Import.objects.filter(pk=import_.pk, state=state).update(state=to, held_box=box)
    import_.refresh_from_db()
    return bool(moved)


def _stop(import_: Import, state: str, trouble: Unreadable | Refused) -> None:
    _move(import_, state, State.FAILED, sentence=_why(trouble), choice=None)
    forgetting.drop_file(import_)


def _why(trouble: Unreadable | Refused) -> tuple[str, dict[str, object], str]:
    """The sentence, what fills it, and the place in the file, for `reads.why_stopped`."""
    if isinstance(trouble, Refused):
        return trouble.sentence, {}, ""
    said = trouble.sentence
    return (said.text, said.values, trouble.place)


def _put_away(persona: Persona) -> None:
    """The persona was made for a community that did not come to be."""
    sealed.release(persona)
    persona.delete()


def _go_on(import_: Import, count: int) -> None:
    """The page can say how far it is; raises `CalledOff` when the host has cancelled."""
    import_.progress_file.write_text(str(count))
    if not Import.objects.filter(pk=import_.pk, state=State.RUNNING).exists():
        raise CalledOff
