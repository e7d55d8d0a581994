"""Imported authors: who stands in for people that have not said yet who they are."""

from __future__ import annotations

from coterie.audiences.models import NAME_BOX, TOKEN_BOX, ImportedAuthor
from coterie.audiences.naming import new_name
from coterie.communities.models import Community
from coterie.core.boxes import seal
from coterie.core.ids import hashed, new_token
from coterie.core.keys import keyed
from coterie.personas.models import NAME_LENGTH, Persona


class Authors:
    """The authors of one community, made when their first new message comes."""

    def __init__(self, community: Community, with_names: bool) -> None:
        self._community = community
        self._with_names = with_names
        known = ImportedAuthor.objects.filter(community=community).exclude(author_key="")
        self._known = {each.author_key: each for each in known.select_related("persona")}

    def _key(self, person: str) -> str:
        return keyed("imported-author", self._community.pk, person)

    def wants_nothing(self, person: str | None) -> bool:
        """Whether this person asked that their words be erased."""
        author = self._known.get(self._key(person)) if person else None
        return author is not None and author.state == ImportedAuthor.State.ERASED

    def persona_of(self, person: str | None, name: str) -> Persona | None:
        """The persona that stands in for this person; None for somebody nobody knows any more."""
        if person is None:
            return None
        key = self._key(person)
        if key not in self._known:
            self._known[key] = self._new(key, name)
        return self._known[key].persona

    def _new(self, key: str, name: str) -> ImportedAuthor:
        shown = name.strip()[:NAME_LENGTH] if self._with_names else ""
        token = new_token()
        return ImportedAuthor.objects.create(
            community=self._community,
            persona=Persona.objects.create(name=shown or new_name()),
            author_key=key,
            name_box=seal(name.strip(), NAME_BOX),
            token_hash=hashed(token),
            token_box=seal(token, TOKEN_BOX),
        )
