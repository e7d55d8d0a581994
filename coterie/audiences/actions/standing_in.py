"""Imported authors: who stands in for people that have not said yet who they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

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

        self._key = cache(self._sealed_key)

    def _sealed_key(self, person: str) -> str:
        return keyed("imported-author", self._community.pk, person)

    def wants_nothing(self, person: str | None) -> bool:
        """Whether this person asked that their words be erased."""
        author = self._known.get(self._key(person)) if person else None
        return author is not None and author.state == ImportedAuthor.State.ERASED

    def meet(self, people: Iterable[tuple[str, str]]) -> None:
        """All of these people, given by key and name, have somebody standing in for them."""
        names = {self._key(person): name for person, name in people}
        fresh = {key: name for key, name in names.items() if key not in self._known}
        if not fresh:
            return
        personas = Persona.objects.bulk_create(
            Persona(name=self._shown(name) or new_name()) for name in fresh.values()
        )
        made = ImportedAuthor.objects.bulk_create(
            self._new(key, name, persona)
            for (key, name), persona in zip(fresh.items(), personas, strict=True)
        )
        self._known |= {each.author_key: each for each in made}

    def persona_of(self, person: str | None) -> Persona | None:
        """Who stands in for this person; None for somebody nobody knows, or knows no more."""
        author = self._known.get(self._key(person)) if person else None
        return author.persona if author else None

    def _shown(self, name: str) -> str:
        return name.strip()[:NAME_LENGTH] if self._with_names else ""

    def _new(self, key: str, name: str, persona: Persona) -> ImportedAuthor:
        token = new_token()
        return ImportedAuthor(
            community=self._community,
            persona=persona,
            author_key=key,
            name_box=seal(name.strip(), NAME_BOX),
            token_hash=hashed(token),
            token_box=seal(token, TOKEN_BOX),
        )
