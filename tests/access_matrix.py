"""Law 4: who gets what at every address. A route without its row fails a test.

A row is a line: what GET and what POST answer, then the address. An answer has a letter for
each role, in the order of `tests.world.ROLES`; one letter alone is everybody's:

    anonymous, stranger, pending, banned, former, parent, other, member, moderator, host, operator

    y  opened: a page, a redirect onward, or the content judged (400)
    s  sent to sign in
    n  refused with a sentence (403)
    -  not there (404), byte for byte as if it had never been
    x  not with this method (405)

An address inside a community answers by the community's shape: the address's own line is a
public one, the indented lines below it are `private` and `secret`; a shape without a line
answers like the one before it. The test that misses a row prints it, ready to paste.
"""

from collections.abc import Sequence

from tests.world import ROLES, SHAPES

type Row = dict[str, str]
type Matrix = dict[str, dict[str, Row]]

METHODS = ("GET", "POST")

ANYWHERE = """
# home
y            x            /
y            x            /find/
y            x            /search/
y            y            /new/
y            y            /new/shape/
y            y            /new/look/
x            y            /new/draft/
syyyyyyyyyy  x            /me/
x            y            /me/theme/
s------y---  s------y---  /me/<slug:public_id>/
x            s------n---  /me/<slug:public_id>/retirement/
y            x            /about/
y            x            /about/privacy/

# personas
y            x            /flower/<int:seed>.svg

# accounts
y            y            /sign-in/
syyyyyyyyyy  syyyyyyyyyy  /sign-in/code/
syyyyyyyyyy  syyyyyyyyyy  /sign-in/passkey/
syyyyyyyyyy  syyyyyyyyyy  /sign-in/second-step/
-            s            /sign-in/link/<str:token>/
y            x            /sign-in/resting/
y            y            /sign-in/forgotten/
s            s            /sign-in/forgotten/code/
s            s            /sign-in/forgotten/new/
y            y            /sign-up/
y            y            /sign-up/with-passkey/
y            y            /sign-up/passkey/
x            s            /sign-up/without-passkey/
y            y            /sign-out/
syyyyyyyyyy  syyyyyyyyyy  /account/
syyyyyyyyyy  syyyyyyyyyy  /account/email/
syyyyyyyyyy  syyyyyyyyyy  /account/email/code/
syyyyyyyyyy  syyyyyyyyyy  /account/password/
syyyyyyyyyy  syyyyyyyyyy  /account/password/first/
syyyyyyyyyy  syyyyyyyyyy  /account/again/
syyyyyyyyyy  syyyyyyyyyy  /account/again/mail/
s            s            /account/again/code/
s            s            /account/again/passkey/
syyyyyyyyyy  sxxxxxxxxxx  /account/second-step/
s            s            /account/second-step/app/
s----------  s----------  /account/second-step/off/
s----------  sxxxxxxxxxx  /account/recovery-codes/
s            s            /account/recovery-codes/new/
s----------  s----------  /account/recovery-codes/file/
syyyyyyyyyy  sxxxxxxxxxx  /account/passkeys/
s            s            /account/passkeys/new/
s            s            /account/passkeys/<int:pk>/name/
s            s            /account/passkeys/<int:pk>/end/
syyyyyyyyyy  syyyyyyyyyy  /account/sessions/
x            syyyyyyyyyy  /account/sessions/others/revocation/
x            s----------  /account/sessions/<int:session_id>/revocation/
syyyyyyyyyy  syyyyyyyyyy  /account/keys/
syyyyyyyyyy  syyyyyyyyyy  /account/closing/
y            y            /language/
----------y  ----------y  /operator/
----------y  ----------y  /operator/outbox/
-            -            /operator/claim/<str:token>/

# communities
--y--------  x            /join-requests/<slug:public_id>/
x            --y--------  /join-requests/<slug:public_id>/answer/
x            --y--------  /join-requests/<slug:public_id>/withdrawal/

# inbox
syyyyyyyyyy  x            /alerts/
x            syyyyyyyyyy  /alerts/readings/
syyyyyyyyyy  syyyyyyyyyy  /attention/
x            syyyyyyyyyy  /attention/levels/
x            s------y---  /attention/letters/<slug:public_id>/
y            y            /u/<str:token>/
s------y---  x            /alerts/<slug:public_id>/

# talk
syyyyyyyyyy  x            /talk/
y            x            /talk/words-<slug:language>.css

# outside
y            x            /robots.txt
y            x            /sitemap.xml
y            x            /sitemap/communities.xml
y            x            /card.jpg

# safety
s--y-------  sxxxxxxxxxx  /statements/<slug:public_id>/
----------y  x            /operator/bans/
x            ----------y  /operator/bans/<slug:public_id>/lifting/
----------y  x            /operator/cases/<slug:public_id>/photos/<int:place>.webp
----------y  x            /operator/cases/
----------y  ----------y  /operator/cases/<slug:public_id>/

# audiences
syyyyyyyyyy  syyyyyyyyyy  /imports/
s--------y-  sxxxxxxxxxx  /imports/<slug:public_id>/
sxxxxxxxxxx  s--------y-  /imports/<slug:public_id>/homecoming/
sxxxxxxxxxx  s--------y-  /imports/<slug:public_id>/cancellation/
y            x            /claim/<str:token>/
sxxxxxxxxxx  syyyyyyyyyy  /claim/<str:token>/taking-over/
x            y            /claim/<str:token>/keeping-apart/
x            y            /claim/<str:token>/erasure/
"""

IN_A_COMMUNITY = """
# home
ynnnnnnnyyn  x            /new/link/<slug:handle>/
y------nyy-  x                secret

# communities
y            x            /j/<str:token>/
syyyyyyyyyy  syyyyyyyyyy  /j/<str:token>/join/
y            x            /c/<slug:handle>/about/
-------yyy-  x                secret
syyyyyyyyyy  syyyyyyyyyy  /c/<slug:handle>/join/
-------yyy-  -------yyy-      secret
-------nyy-  x            /c/<slug:handle>/join-requests/
x            -------nyy-  /c/<slug:handle>/join-requests/answers/
-------nyy-  x            /c/<slug:handle>/join-requests/<slug:public_id>/
x            -------nyy-  /c/<slug:handle>/join-requests/<slug:public_id>/admission/
x            -------nyy-  /c/<slug:handle>/join-requests/<slug:public_id>/question/
x            -------nyy-  /c/<slug:handle>/join-requests/<slug:public_id>/refusal/
x            -------nyy-  /c/<slug:handle>/join-requests/<slug:public_id>/ban/
-------nyy-  -------nyy-  /c/<slug:handle>/invitations/
x            -------nyy-  /c/<slug:handle>/invitations/letters/
-------nyy-  x            /c/<slug:handle>/invitations/<slug:public_id>/
x            -------nyy-  /c/<slug:handle>/invitations/<slug:public_id>/revocation/
-------yyy-  x            /c/<slug:handle>/members/
-------yyy-  x            /c/<slug:handle>/members/<slug:public_id>/
x            -------nny-  /c/<slug:handle>/members/<slug:public_id>/role/
x            -------nyy-  /c/<slug:handle>/members/<slug:public_id>/removal/
x            -------nyy-  /c/<slug:handle>/members/<slug:public_id>/ban/
x            -------yyy-  /c/<slug:handle>/members/<slug:public_id>/blocking/
x            -------yyy-  /c/<slug:handle>/members/<slug:public_id>/unblocking/
x            -------yyy-  /c/<slug:handle>/members/<slug:public_id>/muting/
x            -------yyy-  /c/<slug:handle>/members/<slug:public_id>/unmuting/
x            -------nyy-  /c/<slug:handle>/bans/<slug:public_id>/lifting/
-------yyy-  -------yyy-  /c/<slug:handle>/me/
-------yyy-  -------yyy-  /c/<slug:handle>/agreement/
x            -------yyy-  /c/<slug:handle>/leaving/undo/
-------yyy-  -------yyy-  /c/<slug:handle>/leaving/
-------nny-  -------nny-  /c/<slug:handle>/handing-over/
-------yyy-  -------nnn-  /c/<slug:handle>/stepping-up/
-------nyy-  x            /c/<slug:handle>/settings/
-------nyy-  -------nyy-  /c/<slug:handle>/settings/look/
-------nyy-  -------nyy-  /c/<slug:handle>/settings/privacy/
-------nyy-  -------nyy-  /c/<slug:handle>/settings/rules/
-------nyy-  -------nyy-  /c/<slug:handle>/settings/questions/
-------nyy-  x            /c/<slug:handle>/settings/people/
-------nyy-  -------nyy-  /c/<slug:handle>/settings/place/
x            -------nyy-  /c/<slug:handle>/settings/neighbours/
x            -------nyy-  /c/<slug:handle>/settings/neighbours/<slug:public_id>/parting/
x            -------nny-  /c/<slug:handle>/closing/

# inbox
s------yyy-  s------yyy-  /t/<slug:public_id>/attention/
s-------yy-  s-------nn-  /t/<slug:public_id>/announcement/
s------yyy-  s------yyy-  /c/<slug:handle>/tags/<str:tag>/attention/

# media
sxxxxxxxxxx  s------yyy-  /c/<slug:handle>/media/
s------nyy-  s------nyy-  /c/<slug:handle>/settings/cover/
y            x            /m/<slug:public_id>/<int:side>.webp
-------yyy-  x                private
sxxxxxxxxxx  s------y---  /m/<slug:public_id>/alt/
sxxxxxxxxxx  s------y---  /m/<slug:public_id>/removal/

# talk
y            x            /c/<slug:handle>/
-------yyy-  x                secret
nnnnnnnyyyn  x            /c/<slug:handle>/saved/
-------yyy-  x                secret
-------yyy-  x            /c/<slug:handle>/welcome/
snnnnnnnyyn  snnnnnnnyyn  /c/<slug:handle>/settings/welcome/
s------nyy-  s------nyy-      secret
snnnnnnnyyn  snnnnnnnyyn  /c/<slug:handle>/settings/templates/new/
s------nyy-  s------nyy-      secret
snnnnnnnyyn  snnnnnnnyyn  /c/<slug:handle>/settings/templates/<slug:public_id>/
s------nyy-  s------nyy-      secret
snnnnnnnyyn  sxxxxxxxxxx  /c/<slug:handle>/settings/templates/
s------nyy-  sxxxxxxxxxx      secret
nnnnnnnyyyn  x            /c/<slug:handle>/planned/
-------yyy-  x                secret
-------yyy-  -------yyy-  /c/<slug:handle>/planned/<slug:public_id>/
x            -------y---  /c/<slug:handle>/planned/<slug:public_id>/draft/
x            -------yyy-  /c/<slug:handle>/planned/<slug:public_id>/sending/
x            -------yyy-  /c/<slug:handle>/planned/<slug:public_id>/disposal/
-------nyy-  -------nyy-  /t/<slug:public_id>/later/
x            nnnnnnnyyyn  /p/<slug:public_id>/saving/
x            -------yyy-      private
x            -------yyy-  /c/<slug:handle>/preview/
-------yyy-  x            /c/<slug:handle>/completions/
y            x            /c/<slug:handle>/tags/<str:tag>/
-------yyy-  x                private
snnnnnnnyyn  snnnnnnnyyn  /c/<slug:handle>/settings/tags/
s------nyy-  s------nyy-      secret
nnnnnnnyyyn  nnnnnnnyyyn  /c/<slug:handle>/topics/new/
-------yyy-  -------yyy-      private
x            nnnnnnnyyyn  /c/<slug:handle>/topics/new/draft/
x            -------yyy-      private
x            snnnnnnyyyn  /c/<slug:handle>/read/
x            s------yyy-      secret
y            x            /t/<slug:public_id>/
-------yyy-  x                private
y            x            /t/<slug:public_id>/<title:slug>/
-------yyy-  x                private
x            nnnnnnnyyyn  /t/<slug:public_id>/posts/
x            -------yyy-      private
x            nnnnnnnyyyn  /t/<slug:public_id>/draft/
x            -------yyy-      private
y            x            /t/<slug:public_id>/since/
-------yyy-  x                private
x            nnnnnnnyyyn  /t/<slug:public_id>/reading/
x            -------yyy-      private
x            nnnnnnnnyyn  /t/<slug:public_id>/order/
x            -------nyy-      private
-------nyy-  -------nyy-  /t/<slug:public_id>/merging/
-------nyy-  -------nyy-  /t/<slug:public_id>/moving/
x            nnnnnnnnyyn  /t/<slug:public_id>/pace/
x            -------nyy-      private
-------nyy-  -------nyy-  /t/<slug:public_id>/title/
y            x            /p/<slug:public_id>/
-------yyy-  x                private
-------nyy-  -------nyy-  /p/<slug:public_id>/splitting/
-------y---  -------y---  /p/<slug:public_id>/words/
-------nyy-  -------nyy-  /p/<slug:public_id>/note/
nnnnnnnyyyn  x            /c/<slug:handle>/notes/
-------yyy-  x                private
x            -------y---  /p/<slug:public_id>/words/draft/
y            x            /p/<slug:public_id>/context/
-------yyy-  x                private
y            x            /p/<slug:public_id>/versions/
-------yyy-  x                private
y            x            /p/<slug:public_id>/tags/<str:tag>/
-------yyy-  x                private
-------yyy-  x            /p/<slug:public_id>/members/<slug:seat>/
x            nnnnnnnyyyn  /p/<slug:public_id>/reactions/
x            -------yyy-      private
x            n            /p/<slug:public_id>/preview-removal/
x            -------nnn-      private
y            x            /p/<slug:public_id>/poll/
-------yyy-  x                private
x            nnnnnnnyyyn  /p/<slug:public_id>/poll/ballot/
x            -------yyy-      private
x            nnnnnnnyyyn  /p/<slug:public_id>/poll/options/
x            -------yyy-      private
x            nnnnnnnnyyn  /p/<slug:public_id>/poll/closing/
x            -------nyy-      private
x            nnnnnnnynnn  /p/<slug:public_id>/retraction/
x            -------ynn-      private
x            nnnnnnnynnn  /p/<slug:public_id>/undo/
x            -------ynn-      private
x            --------yy-  /p/<slug:public_id>/publication/
-------nyy-  -------nyy-  /p/<slug:public_id>/removal/
x            nnnnnnnnyyn  /p/<slug:public_id>/restoration/
x            -------nyy-      private

# gatherings
y            x            /c/<slug:handle>/gatherings/
-------yyy-  x                private
y            x            /c/<slug:handle>/gatherings/past/
-------yyy-  x                private
nnnnnnnyyyn  nnnnnnnyyyn  /c/<slug:handle>/gatherings/new/
-------yyy-  -------yyy-      private
-------yyy-  -------yyy-  /c/<slug:handle>/gatherings/calendar/
x            -------yyy-  /c/<slug:handle>/gatherings/calendar/end/
-------nyy-  -------nyy-  /gatherings/<slug:public_id>/plan/
-------nyy-  -------nyy-  /gatherings/<slug:public_id>/cancellation/
-------nyy-  -------nyy-  /gatherings/<slug:public_id>/conveners/
x            -------nyy-  /gatherings/<slug:public_id>/conveners/<slug:seat_id>/end/
y            x            /gatherings/<slug:public_id>/gathering.ics
-------yyy-  x                private
-------nyy-  -------nyy-  /gatherings/dates/<slug:public_id>/plan/
-------nyy-  -------nyy-  /gatherings/dates/<slug:public_id>/cancellation/
x            nnnnnnnyyyn  /gatherings/dates/<slug:public_id>/attendance/
x            -------yyy-      private
-------yyy-  x            /gatherings/dates/<slug:public_id>/goers/
y            x            /calendar/<str:token>.ics

# outside
y            x            /c/<slug:handle>/sitemap.xml
-            x                private
y            x            /c/<slug:handle>/topics.atom
-            x                private
y            x            /c/<slug:handle>/tags/<str:tag>/topics.atom
-            x                private
y            x            /c/<slug:handle>/card.jpg
-            x                private
y            x            /t/<slug:public_id>/card.jpg
-            x                private
y            x            /j/<str:token>/card.jpg

# chat
y            nnnnnnnyyyn  /c/<slug:handle>/rooms/
-------yyy-  -------yyy-      private
y            x            /r/<slug:public_id>/
-------yyy-  x                private
x            nnnnnnnyyyn  /r/<slug:public_id>/posts/
x            -------yyy-      private
x            nnnnnnnynnn  /r/<slug:public_id>/posts/<slug:post_id>/retraction/
x            -------ynn-      private

# safety
s------yyy-  s------yyy-  /p/<slug:public_id>/report/
s------yyy-  sxxxxxxxxxx  /p/<slug:public_id>/report/thanks/
s------yyy-  sxxxxxxxxxx  /p/<slug:public_id>/away/
sxxxxxxxxxx  s------yyy-  /p/<slug:public_id>/block/
sxxxxxxxxxx  s------yyy-  /p/<slug:public_id>/mute/
sxxxxxxxxxx  s------yyy-  /p/<slug:public_id>/hiding/
s------yyy-  s------yyy-  /c/<slug:handle>/members/<slug:public_id>/report/
s------yyy-  sxxxxxxxxxx  /c/<slug:handle>/members/<slug:public_id>/report/thanks/
s------yyy-  s------yyy-  /c/<slug:handle>/report/
s------yyy-  sxxxxxxxxxx  /c/<slug:handle>/report/thanks/
s------yyy-  sxxxxxxxxxx  /c/<slug:handle>/kept-away/
sxxxxxxxxxx  s------y---  /c/<slug:handle>/kept-away/<slug:public_id>/unblocking/
sxxxxxxxxxx  s------y---  /c/<slug:handle>/kept-away/<slug:public_id>/unmuting/
s------yyy-  sxxxxxxxxxx  /c/<slug:handle>/log/
s------nyy-  sxxxxxxxxxx  /c/<slug:handle>/reports/
s------nyy-  s------nyy-  /c/<slug:handle>/reports/<slug:public_id>/
sxxxxxxxxxx  s------nyy-  /c/<slug:handle>/reports/<slug:public_id>/question/
s------nyy-  sxxxxxxxxxx  /c/<slug:handle>/held/
sxxxxxxxxxx  s------nyy-  /c/<slug:handle>/held/<slug:public_id>/publication/
sxxxxxxxxxx  s------nyy-  /c/<slug:handle>/held/<slug:public_id>/refusal/
s------nyy-  sxxxxxxxxxx  /c/<slug:handle>/reports/<slug:public_id>/photos/<int:place>.webp

# audiences
---------y-  x            /c/<slug:handle>/imports/
---------y-  x            /c/<slug:handle>/imports/links.csv
"""

LISTENING = """
y            conversation/<topic>
-------yyy-      private
y            conversation/<room>
-------yyy-      private
y            conversation/<gathering>
-------yyy-      private
y            community/<id>
-------yyy-      private
y            rooms/<id>
-------yyy-      private
-yyyyyyyyyy  inbox
-            persona/<id>
"""
"""Who may listen to what: heard (y) or not there (-). Every kind of topic has a row."""


def read(table: str, shapes: Sequence[str], columns: Sequence[str] = METHODS) -> Matrix:
    """A table as address, shape and column: the letters of all roles."""
    matrix: Matrix = {}
    address = ""
    for line in filter(None, table.splitlines()):
        if line.startswith("#"):
            continue
        *answers, where = line.split()
        letters = [each * len(ROLES) if len(each) == 1 else each for each in answers]
        row = dict(zip(columns, letters, strict=True))
        if where in SHAPES:
            matrix[address] |= dict.fromkeys(shapes[shapes.index(where) :], row)
        else:
            address = where
            assert address not in matrix, f"two rows: {address}"
            matrix[address] = dict.fromkeys(shapes, row)
    return matrix


def written(address: str, rows: dict[str, Row]) -> str:
    """Rows as lines of a table, to paste once somebody has looked at them."""
    lines: list[str] = []
    before: Row = {}
    for shape, row in rows.items():
        if row != before:
            answers = (each[0] if len(set(each)) == 1 else each for each in row.values())
            where = f"    {shape}" if before else address
            lines.append("".join(f"{each:<13}" for each in answers) + where)
        before = row
    return "\n".join(lines)


MATRIX = read(ANYWHERE, ["any"]) | read(IN_A_COMMUNITY, [*SHAPES])
LIVE = {
    topic: {shape: row["hears"] for shape, row in rows.items()}
    for topic, rows in read(LISTENING, [*SHAPES], ["hears"]).items()
}
