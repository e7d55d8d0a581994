"""Being somebody: a persona's name, words and flower, until its owner puts it away.

`by` is a Viewer: only the whole person knows which personas are hers.
"""

import unicodedata

from django.db import transaction

from coterie.core.events import announce
from coterie.core.verdict import require
from coterie.personas import rules, sealed
from coterie.personas.events import Faded, Restyled
from coterie.personas.models import Persona, called, new_seed
from coterie.personas.viewer import Viewer
from coterie.pure.markup import is_blank

FORMER = "a former member"


def tidy(text: str) -> str:
    """One line without invisible signs, with which a name could look like another's; empty
    where nothing of it shows."""
    visible = (sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    line = " ".join(unicodedata.normalize("NFC", "".join(visible)).split())
    return "" if is_blank(line) else line


@transaction.atomic
def rename(persona: Persona, *, name: str, by: Viewer) -> None:
    """Everybody who meets this persona reads the new name, on old posts too."""
    name = tidy(name)
    _restyle(persona, by, name=name, called=called(name))


@transaction.atomic
def describe(persona: Persona, *, bio: str, by: Viewer) -> None:
    """The persona says this about itself wherever it is known."""
    _restyle(persona, by, bio=bio.strip())


@transaction.atomic
def replant(persona: Persona, *, seed: int, by: Viewer) -> None:
    """The persona wears this flower from now on."""
    _restyle(persona, by, seed=seed)


@transaction.atomic
def fade(persona: Persona, *, by: Viewer) -> None:
    """The persona is nobody's; its words stay as those of a former member.

    Whoever calls this has seen to it that it sits in no community any more.
    """
    require(rules.may_be(by, persona))
    sealed.release(persona)
    faded = Persona.objects.filter(pk=persona.pk, gone=False).update(
        name=FORMER, called=called(FORMER), bio="", seed=new_seed(), gone=True
    )
    if faded:
        announce(Faded(persona.pk))


def _restyle(persona: Persona, by: Viewer, **look: object) -> None:
    require(rules.may_be(by, persona))
    current = {field: getattr(persona, field) for field in look}
    if current == look:
        return
    if Persona.objects.filter(pk=persona.pk, gone=False).update(**look):
        announce(Restyled(persona.pk))
