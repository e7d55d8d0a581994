"""Law 4: who gets what at every address. A route without its row fails a test.

A row says for each role, in the order of `tests.world.ROLES`, what happens:

    y  opened: a page, a redirect onward, or the content judged (400)
    s  sent to sign in
    n  refused with a sentence (403)
    -  not there (404), byte for byte as if it had never been
    x  not with this method (405)

    anonymous, stranger, pending, banned, former, parent, other, member, moderator, host, operator

Addresses inside a community have a row for each shape; everything else one row, `any`.
"""

type Row = dict[str, str]

MATRIX: dict[str, dict[str, Row]] = {}
