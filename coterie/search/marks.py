"""Marks beside the words of an entry: where it stands, who could look in, what hangs on it.

No word has an underscore in it, so no mark is ever found by somebody's typing.
"""

OPEN = "_open"
PHOTO, LINK = "_photo", "_link"
NOWHERE = "_nowhere"


def inside(community_id: int) -> str:
    """All that stands in this community."""
    return f"_in{community_id}"


def under(community_id: int) -> str:
    """What the members of this community could read in one below it."""
    return f"_under{community_id}"
