"""Who is called by name in a text: `@Juno`, and in quotes a name with gaps: `@"salt & thistle"`.

A plain module: what a name means is for `reads.mentions` to say, inside one community.
"""

from __future__ import annotations

import re

MOST = 20
"""People in one post."""
NAMED = re.compile(r'(?<![\w@/.])@(?:"([^"\n]{1,40})"|([^\W_][\w.\'-]{0,39}))')
# Only from where a run of marks begins: from each of its marks anew it would take seconds.
CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


def call(name: str) -> str:
    """How somebody of this name is called; empty if no call would mean this name alone."""
    ways = (f"@{name}", f'@"{name}"')
    return next((way for way in ways if named(way) == [name.casefold()]), "")


def named(source: str) -> list[str]:
    """The names that are called, casefolded, once each; none in code."""
    if "@" not in source:
        return []
    found = NAMED.finditer(CODE.sub(" ", source))
    names = ((one[1] or one[2].rstrip(".'-")).strip().casefold() for one in found)
    return list(dict.fromkeys(filter(None, names)))
