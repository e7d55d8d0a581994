"""One living community: its people greet a newcomer in the demo and speak in the tests.

Everything is planted through the same actions as in life.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from coterie.accounts.actions import opening, operating
from coterie.communities.actions import (
    agreeing,
    describing,
    founding,
    hosting,
    inviting,
    joining,
    leaving,
    relating,
)
from coterie.communities.actions.agreeing import Asked
from coterie.communities.models import Community, Invitation, JoinRequest, Membership
from coterie.demo import gatherings, preparing, rooms, speaking
from coterie.demo.people import ACCOUNTS, PASSWORD, SEEDS, address
from coterie.personas import sealed
from coterie.personas.models import Persona
from coterie.personas.viewer import NOBODY, Viewer, viewer_of
from coterie.talk.actions import keeping_order

RULES = [
    "Kind first, technique second.",
    "Ask before you share someone's work.",
    "No selling. Swapping is fine.",
]
QUESTIONS = [
    "What did you last repair, or wish you had?",
    "What would make this a good place for you?",
]


@dataclass
class Cast:
    """The people by name and the communities by a short word."""

    personas: dict[str, Persona] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    owners: dict[str, sealed.Owner] = field(default_factory=dict)
    trusted: Invitation | None = None
    """A link straight into the mending circle."""
    asking: Invitation | None = None

    def viewer(self, name: str) -> Viewer:
        """Whoever is behind a persona or account name, looking; nobody for the empty name."""
        if not name:
            return NOBODY
        if name in self.owners:
            return viewer_of(self.owners[name], is_operator=name == "ana")
        persona = self.personas[name]
        return viewer_of(sealed.owner_of(persona)).speaking_as(persona)

    def seat(self, name: str, place: str) -> Membership:
        """The membership of a persona in a community."""
        return Membership.objects.get(
            persona=self.personas[name], community=self.communities[place]
        )

    @property
    def viewers(self) -> list[Viewer]:
        """Everybody who could be looking: all sign-ins and a stranger."""
        return [NOBODY, *(self.viewer(name) for name in self.owners)]


@transaction.atomic
def plant(*, pictured: bool = False) -> Cast:
    """The whole cast is there, has joined, and has been talking; with photos if `pictured`."""
    cast = Cast()
    _people(cast)
    _thread_and_leaf(cast)
    _mending(cast)
    _houseplants(cast)
    _dye(cast)
    _quilters(cast)
    _swaps(cast)
    _lindenhof(cast)
    for place, topics in speaking.TOPICS.items():
        speaking.talk_over(cast.communities[place], topics, cast.personas, pictured=pictured)
    rooms.furnish(cast.communities["mending"], cast.personas)
    gatherings.call(cast.communities["mending"], cast.personas)
    welcome = cast.communities["mending"].conversations.get(title__startswith="How we mend")
    keeping_order.pin(welcome, by=cast.personas["Ines"])
    preparing.prepare(cast.communities["mending"], cast.personas, hello=welcome)
    _at_the_mending_door(cast)
    cast.communities = {
        word: Community.objects.get(pk=each.pk) for word, each in cast.communities.items()
    }
    return cast


def gather() -> Cast:
    """The cast that an earlier `plant` left in this database."""
    cast = Cast()
    for name in ACCOUNTS:
        owner = sealed.owner_by_address(address(name))
        if owner is None:
            raise LookupError("the cast is not planted here")
        cast.owners[name] = owner
        cast.personas |= {persona.name: persona for persona in sealed.personas_of(owner)}
    names = {place.name: place for place in Community.objects.all()}
    cast.communities = {word: names[name] for word, name in NAMES.items()}
    mending = Invitation.objects.filter(community=cast.communities["mending"])
    cast.trusted = mending.get(policy=Invitation.Policy.TRUSTED)
    cast.asking = mending.get(policy=Invitation.Policy.QUESTIONS)
    return cast


NAMES = {
    "leaf": "Thread & Leaf",
    "mending": "Mending circle",
    "plants": "Houseplants",
    "dye": "Natural dye",
    "quilters": "Quiet quilters",
    "swaps": "Swap shop",
    "street": "Lindenhof street",
}


def _people(cast: Cast) -> None:
    for name, personas in ACCOUNTS.items():
        account = opening.open_account(address(name), password=PASSWORD)
        owner = sealed.Owner(account.pk)
        cast.owners[name] = owner
        for words, bio in personas:
            persona = sealed.new_persona(owner, name=words, seed=SEEDS[words])
            Persona.objects.filter(pk=persona.pk).update(bio=bio)
            cast.personas[words] = persona
    operating.make_operator(address("ana"))


def _found(cast: Cast, word: str, host: str, **look: object) -> Community:
    seat = founding.found(NAMES[word], by=cast.personas[host], **look)  # type: ignore[arg-type]
    cast.communities[word] = seat.community
    return seat.community


def _join(cast: Cast, word: str, *names: str) -> None:
    for name in names:
        _ask(cast, word, name)


def _ask(
    cast: Cast,
    word: str,
    name: str,
    said: list[str] | None = None,
    invitation: Invitation | None = None,
) -> Membership | JoinRequest:
    community = Community.objects.get(pk=cast.communities[word].pk)
    return joining.ask_to_join(
        community,
        by=cast.viewer(name),
        persona=cast.personas[name],
        invitation=invitation,
        agreed=community.rules_version,
        answers=dict(enumerate(said or [], start=1)),
    )


def _thread_and_leaf(cast: Cast) -> None:
    place = _found(
        cast,
        "leaf",
        "Bea",
        preset="forum",
        hue=9,
        micro_by="members",
        purpose="Small circles for cloth, plants and making do.",
    )
    describing.name_interests(place, ["making", "plants", "cloth"], by=cast.personas["Bea"])
    _join(
        cast, "leaf", "Ines", "Sam", "wildfern", "Juno", "Otto", "hazel", "salt & thistle", "linden"
    )


def _mending(cast: Cast) -> None:
    ines = cast.personas["Ines"]
    place = _found(
        cast,
        "mending",
        "Ines",
        parent=cast.communities["leaf"],
        hue=2,
        anonymous_voice=True,
        purpose="We keep clothes alive: darning, patching, sashiko. Beginners welcome.",
    )
    describing.name_interests(place, ["mending", "sashiko", "darning"], by=ines)
    agreeing.set_rules(place, RULES, by=ines)
    agreeing.ask_at_the_door(place, [Asked(text) for text in QUESTIONS], by=ines)
    place.refresh_from_db()
    cast.trusted = inviting.invite(place, by=ines, name="Friends", policy="trusted")
    cast.asking = inviting.invite(place, by=ines, name="Flyer at the library")
    for name in ["Sam", "wildfern", "Juno", "salt & thistle", "marrow", "oxeye", "best_deals_24"]:
        _ask(cast, "mending", name, invitation=cast.trusted)
    hosting.make_moderator(cast.seat("Sam", "mending"), by=ines, duties=["door", "talk", "people"])


def _houseplants(cast: Cast) -> None:
    place = _found(
        cast,
        "plants",
        "rue",
        preset="forum",
        hue=4,
        purpose="Leggy stems, lost labels and cuttings by post.",
    )
    describing.name_interests(place, ["houseplants", "begonias", "plants"], by=cast.personas["rue"])
    relating.relate(place, cast.communities["leaf"], by=cast.personas["rue"])
    _join(cast, "plants", "night heron", "Otto")


def _dye(cast: Cast) -> None:
    place = _found(
        cast,
        "dye",
        "Sam",
        parent=cast.communities["leaf"],
        hue=8,
        found_by="parent",
        seen_by="parent",
        joined_by="parent",
        purpose="Walnut, madder, woad: colour out of the garden.",
    )
    describing.name_interests(place, ["dyeing", "indigo"], by=cast.personas["Sam"])
    _join(cast, "dye", "hazel")


def _quilters(cast: Cast) -> None:
    host = cast.personas["night heron"]
    place = _found(
        cast,
        "quilters",
        "night heron",
        preset="close_circle",
        hue=1,
        purpose="Twelve inches at a time.",
    )
    door = inviting.invite(place, by=host, policy="trusted", use_limit=1)
    _ask(cast, "quilters", "linden", invitation=door)


def _swaps(cast: Cast) -> None:
    _found(
        cast,
        "swaps",
        "Bea",
        preset="channel",
        hue=6,
        posted_by="all",
        purpose="Give one, take one. No money needed.",
    )
    _join(cast, "swaps", "Otto", "Rosa")


def _lindenhof(cast: Cast) -> None:
    place = _found(
        cast,
        "street",
        "Rosa",
        hue=7,
        found_by="nobody",
        joined_by="request",
        purpose="Ladders, sugar and who has the cellar key.",
    )
    door = inviting.invite(place, by=cast.personas["Rosa"], policy="trusted")
    _ask(cast, "street", "Marta Okafor", invitation=door)


def _at_the_mending_door(cast: Cast) -> None:
    ines = cast.personas["Ines"]
    hosting.ban(cast.seat("best_deals_24", "mending"), by=ines, sentence="No selling here.")
    leaving.leave(cast.seat("oxeye", "mending"), by=cast.personas["oxeye"])
    _ask(
        cast,
        "mending",
        "pebble",
        ["My gran's apron. The pocket is more hole than pocket.", "Patience."],
    )
    _ask(
        cast,
        "mending",
        "thistledown",
        [
            "My father's gardening jumper. I darned one cuff and ran out of courage at the elbow.",
            "People who don't laugh at a wobbly stitch. I would like to show him before Christmas.",
        ],
        invitation=cast.asking,
    )
    JoinRequest.objects.filter(persona=cast.personas["pebble"]).update(
        asked_at=JoinRequest.objects.get(persona=cast.personas["pebble"]).asked_at
        - timedelta(days=2)
    )
