"""Who is called by name in a text: `@Juno`, and in quotes a name with gaps: `@"salt & thistle"`.

A plain module: what a name means is for `reads.mentions` to say, inside one community.
"""

from coterie.pure.markup import called as named

__all__ = ["MOST", "call", "named"]

MOST = 20
"""People in one post."""


def call(name: str) -> str:
    """How somebody of this name is called; empty if no call would mean this name alone."""
    ways = (f"@{name}", f'@"{name}"')
    return next((way for way in ways if named(way) == (name.casefold(),)), "")
