"""The only bridge between a persona and the account behind it.

Nothing in the database joins the two without the key file. An account's personas
live in numbered slots; a slot's owner tag is a keyed hash of account and slot,
so the owner can compute where to look and nobody else can compute anything.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from coterie.accounts.models import Account
from coterie.core.boxes import seal, unseal
from coterie.core.keys import keyed
from coterie.core.letter import Letter
from coterie.core.prepared import prepared
from coterie.personas.models import Persona, new_seed

BLOCK = 128
BOX = "owner-box"
STEP = 1024


@dataclass(frozen=True)
class Owner:
    """An account in memory; never stored or shown."""

    account_id: int = field(repr=False)


def tag(owner: Owner, slot: str) -> str:
    """Where this owner's slot is found: equal for the same owner and slot only."""
    return keyed("owner-tag", owner.account_id, slot)


def _box(owner: Owner, slot: int) -> str:
    # Padded, because the length of a box would tell the length of what is in it.
    return seal(f"{owner.account_id:020d}:{slot:06d}", BOX)


def _opened(persona: Persona) -> tuple[int, int]:
    account_id, slot = unseal(persona.owner_box, BOX).split(":")
    return int(account_id), int(slot)


def owner_of_request(account: Any) -> Owner | None:
    """The signed-in account's handle, None for a stranger."""
    return Owner(account.pk) if account.is_authenticated else None


def owner_by_address(address: str) -> Owner | None:
    """The handle of the account with this address, for commands that name a host by it."""
    account = Account.objects.filter(email=address.strip().lower()).only("pk").first()
    return Owner(account.pk) if account else None


@prepared
def _tagged(tags: tuple[str, ...]) -> QuerySet[Persona]:
    return Persona.objects.filter(owner_tag__in=tags)


@lru_cache(1024)
def _block(owner: Owner, first: int) -> tuple[str, ...]:
    """The tags of this slot and those after it; each costs a keyed hash, and every page asks."""
    return tuple(tag(owner, f"persona:{slot}") for slot in range(first, first + BLOCK))


def personas_of(owner: Owner) -> list[Persona]:
    """All living personas of this owner, in the order of their slots."""
    found: list[Persona] = []
    for block in range(0, 10_000, BLOCK):
        tags = _block(owner, block)
        rows = {row.owner_tag: row for row in _tagged(tags)}
        found += [rows[each] for each in tags if each in rows]
        # `release` leaves no hole, so a block that is not full is the last.
        if len(rows) < BLOCK:
            break
    return found


def new_persona(owner: Owner, *, name: str, seed: int | None = None) -> Persona:
    """A new persona in the owner's lowest free slot, with nothing copied from another."""
    taken = {persona.owner_tag for persona in personas_of(owner)}
    slot = 0
    while True:
        owner_tag = tag(owner, f"persona:{slot}")
        if owner_tag not in taken:
            try:
                with transaction.atomic():
                    return Persona.objects.create(
                        name=name,
                        seed=new_seed() if seed is None else seed,
                        owner_tag=owner_tag,
                        owner_box=_box(owner, slot),
                    )
            except IntegrityError:
                pass  # another tab took the slot: try the next
        slot += 1


def release(persona: Persona) -> None:
    """The persona belongs to nobody any more, and its owner's slots have no hole."""
    owner = owner_of(persona)
    if owner is None:
        return
    last = personas_of(owner)[-1]
    freed_tag, (_, slot) = persona.owner_tag, _opened(persona)
    Persona.objects.filter(pk=persona.pk).update(owner_tag=None, owner_box="")
    if last.pk != persona.pk:
        Persona.objects.filter(pk=last.pk).update(owner_tag=freed_tag, owner_box=_box(owner, slot))


def owner_of(persona: Persona) -> Owner | None:
    """The handle of the account behind a persona; None for an imported or former author."""
    if not persona.owner_box:
        return None
    return Owner(_opened(persona)[0])


def is_owner(owner: Owner | None, persona: Persona) -> bool:
    """Whether this persona is one of this owner's."""
    return owner is not None and owner_of(persona) == owner


def nullifier(owner: Owner, scope: str) -> str:
    """One value per person and scope; values of two scopes have nothing in common."""
    return keyed("nullifier", owner.account_id, scope)


def nullifier_of(persona: Persona, scope: str) -> str:
    """The nullifier of whoever is behind this persona; `ValueError` for an imported author."""
    owner = owner_of(persona)
    if owner is None:
        raise ValueError("nobody owns this persona")
    return nullifier(owner, scope)


def spend(persona: Persona, kind: str, *, a_day: int) -> bool:
    """Whoever is behind this persona has done this once more today; False when it was enough.

    It counts for all their personas together, and links none of them: each time has a tag of
    its own, computed from the account and the day.
    """
    from coterie.accounts.actions import spending
    from coterie.accounts.models import today

    owner = owner_of(persona)
    if owner is None:
        return False
    return spending.spend([tag(owner, f"{kind}:{today()}:{n}") for n in range(a_day)])


def mail(persona: Persona, letter: Letter) -> bool:
    """The letter is with the mail server, or waits in the outbox; False when nobody is behind.

    Nothing of it is queued: who calls this tries again with the words of then.
    """
    from coterie.accounts import mailing

    owner = owner_of(persona)
    account = Account.objects.filter(pk=owner.account_id).first() if owner else None
    if account is None:
        return False
    mailing.hand_over(account.email, letter)
    return True


def in_language_of(persona: Persona) -> override:
    """Within it, words are in the language of whoever is behind this persona; else the house's.

    For what only they will read, made when no browser of theirs is there to ask.
    """
    owner = owner_of(persona)
    chosen = Account.objects.filter(pk=owner.account_id).values_list("language") if owner else []
    return _speaking(next(iter(chosen), ("",))[0])


def _speaking(language: str) -> override:
    known = language in dict(settings.LANGUAGES)
    return override(language if known else settings.LANGUAGE_CODE)


def box_for(owner: Owner, text: str, purpose: str) -> str:
    """The text and whose it is, for a row on a tag of theirs; its length tells next to nothing."""
    whole = f"{owner.account_id:020d}{text}"
    return seal(whole.ljust(-(-len(whole) // STEP) * STEP), purpose)


def in_box(box: str, purpose: str) -> tuple[Owner, str]:
    """Whose it is, and the text."""
    whole = unseal(box, purpose)
    return Owner(int(whole[:20])), whole[20:].rstrip()


def mail_operators(write: Callable[[], tuple[str, str]]) -> None:
    """A plain mail is on its way to everybody who runs this place, written for each of them.

    `write` gives subject and text, in the language of the one who will read it.
    """
    from coterie.accounts import mailing

    for operator in Account.objects.filter(is_operator=True, is_active=True):
        with _speaking(operator.language):
            subject, text = write()
        mailing.send(operator.email, subject=subject, text=text, shown_on_console=False)


def mail_address(address: str, *, subject: str, text: str) -> None:
    """A plain mail is on its way to somebody without a persona; the address is kept nowhere."""
    from coterie.accounts import mailing

    mailing.send(address, subject=subject, text=text, shown_on_console=False)
