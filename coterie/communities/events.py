"""What happened to communities and to belonging. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Founded:
    community_id: int
    by_id: int


@dataclass(frozen=True)
class Closed:
    """For good: members still read, nobody joins or writes."""

    community_id: int
    by_id: int


@dataclass(frozen=True)
class Reshaped:
    """Settings changed; `narrowed` says whether somebody may see less than before, `taught`
    whether machines may now learn from it.

    Whatever was said before is lowered to the new `seen_by`, in the same transaction.
    """

    community_id: int
    by_id: int
    narrowed: bool
    taught: bool = False


@dataclass(frozen=True)
class Redescribed:
    """It has another name, look, address or other interests."""

    community_id: int
    by_id: int


@dataclass(frozen=True)
class Moved:
    """It has another parent: what the old parent's members could see is now for members only."""

    community_id: int
    by_id: int


@dataclass(frozen=True)
class AskedToJoin:
    join_request_id: int


@dataclass(frozen=True)
class Admitted:
    """A membership began, by a host's answer, a trusted link or an open door."""

    membership_id: int
    by_id: int


@dataclass(frozen=True)
class TurnedAway:
    join_request_id: int
    by_id: int


@dataclass(frozen=True)
class Withdrawn:
    join_request_id: int


@dataclass(frozen=True)
class AskedBack:
    """The hosts asked somebody at the door something."""

    remark_id: int


@dataclass(frozen=True)
class AnsweredBack:
    """Whoever was asked at the door answered."""

    remark_id: int


@dataclass(frozen=True)
class Left:
    membership_id: int
    with_posts: bool


@dataclass(frozen=True)
class Removed:
    """`by_id` 0: the operator."""

    membership_id: int
    by_id: int


@dataclass(frozen=True)
class Banned:
    """`by_id` 0: the operator. `membership_id` 0: turned away at the door for good."""

    ban_id: int
    membership_id: int
    by_id: int


@dataclass(frozen=True)
class BanLifted:
    """`by_id` 0: the operator."""

    ban_id: int
    by_id: int


@dataclass(frozen=True)
class RoleChanged:
    membership_id: int
    by_id: int


@dataclass(frozen=True)
class HandedOver:
    membership_id: int
    by_id: int


@dataclass(frozen=True)
class Orphaned:
    """The last host went."""

    community_id: int


@dataclass(frozen=True)
class RulesChanged:
    community_id: int
    by_id: int
