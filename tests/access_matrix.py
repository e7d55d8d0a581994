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

MATRIX: dict[str, dict[str, Row]] = {
    "/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/find/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/search/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/new/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/new/shape/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/new/look/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/new/link/<slug:handle>/": {
        "public": {"GET": "ynnnnnnnyyn", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "ynnnnnnnyyn", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "y------nyy-", "POST": "xxxxxxxxxxx"},
    },
    "/new/draft/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "yyyyyyyyyyy"},
    },
    "/me/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/me/theme/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "yyyyyyyyyyy"},
    },
    "/me/<slug:public_id>/": {
        "any": {"GET": "s------y---", "POST": "s------y---"},
    },
    "/me/<slug:public_id>/retirement/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "s------n---"},
    },
    "/about/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/about/privacy/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/flower/<int:seed>.svg": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/sign-in/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/sign-in/code/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/sign-in/passkey/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/sign-in/second-step/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/sign-in/link/<str:token>/": {
        "any": {"GET": "-----------", "POST": "sssssssssss"},
    },
    "/sign-in/resting/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/sign-in/forgotten/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/sign-in/forgotten/code/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/sign-in/forgotten/new/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/sign-up/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/sign-up/with-passkey/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/sign-up/passkey/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/sign-up/without-passkey/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "sssssssssss"},
    },
    "/sign-out/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/account/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/email/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/email/code/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/password/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/password/first/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/again/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/again/mail/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/again/code/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/again/passkey/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/second-step/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "sxxxxxxxxxx"},
    },
    "/account/second-step/app/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/second-step/off/": {
        "any": {"GET": "s----------", "POST": "s----------"},
    },
    "/account/recovery-codes/": {
        "any": {"GET": "s----------", "POST": "sxxxxxxxxxx"},
    },
    "/account/recovery-codes/new/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/recovery-codes/file/": {
        "any": {"GET": "s----------", "POST": "s----------"},
    },
    "/account/passkeys/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "sxxxxxxxxxx"},
    },
    "/account/passkeys/new/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/passkeys/<int:pk>/name/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/passkeys/<int:pk>/end/": {
        "any": {"GET": "sssssssssss", "POST": "sssssssssss"},
    },
    "/account/sessions/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/sessions/others/revocation/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "syyyyyyyyyy"},
    },
    "/account/sessions/<int:session_id>/revocation/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "s----------"},
    },
    "/account/keys/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/account/closing/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/language/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/operator/": {
        "any": {"GET": "----------y", "POST": "----------y"},
    },
    "/operator/outbox/": {
        "any": {"GET": "----------y", "POST": "----------y"},
    },
    "/operator/claim/<str:token>/": {
        "any": {"GET": "-----------", "POST": "-----------"},
    },
    "/j/<str:token>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/j/<str:token>/join/": {
        "public": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
        "private": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
        "secret": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/join-requests/<slug:public_id>/": {
        "any": {"GET": "--y--------", "POST": "xxxxxxxxxxx"},
    },
    "/join-requests/<slug:public_id>/answer/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "--y--------"},
    },
    "/join-requests/<slug:public_id>/withdrawal/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "--y--------"},
    },
    "/c/<slug:handle>/about/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/join/": {
        "public": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
        "private": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/join-requests/": {
        "public": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/join-requests/answers/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/join-requests/<slug:public_id>/": {
        "public": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/join-requests/<slug:public_id>/admission/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/join-requests/<slug:public_id>/question/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/join-requests/<slug:public_id>/refusal/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/join-requests/<slug:public_id>/ban/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/invitations/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/invitations/letters/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/invitations/<slug:public_id>/": {
        "public": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/invitations/<slug:public_id>/revocation/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/members/": {
        "public": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/": {
        "public": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/role/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nny-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nny-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nny-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/removal/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/ban/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/blocking/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/unblocking/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/muting/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/unmuting/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/bans/<slug:public_id>/lifting/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/me/": {
        "public": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/agreement/": {
        "public": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/leaving/undo/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/leaving/": {
        "public": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/handing-over/": {
        "public": {"GET": "-------nny-", "POST": "-------nny-"},
        "private": {"GET": "-------nny-", "POST": "-------nny-"},
        "secret": {"GET": "-------nny-", "POST": "-------nny-"},
    },
    "/c/<slug:handle>/stepping-up/": {
        "public": {"GET": "-------yyy-", "POST": "-------nnn-"},
        "private": {"GET": "-------yyy-", "POST": "-------nnn-"},
        "secret": {"GET": "-------yyy-", "POST": "-------nnn-"},
    },
    "/c/<slug:handle>/settings/": {
        "public": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/settings/look/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/settings/privacy/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/settings/rules/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/settings/questions/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/settings/people/": {
        "public": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------nyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/settings/place/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/settings/neighbours/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/settings/neighbours/<slug:public_id>/parting/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/closing/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nny-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nny-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nny-"},
    },
    "/alerts/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/alerts/readings/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "syyyyyyyyyy"},
    },
    "/attention/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/attention/levels/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "syyyyyyyyyy"},
    },
    "/attention/letters/<slug:public_id>/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "s------y---"},
    },
    "/t/<slug:public_id>/attention/": {
        "public": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "private": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "secret": {"GET": "s------yyy-", "POST": "s------yyy-"},
    },
    "/t/<slug:public_id>/announcement/": {
        "public": {"GET": "s-------yy-", "POST": "s-------nn-"},
        "private": {"GET": "s-------yy-", "POST": "s-------nn-"},
        "secret": {"GET": "s-------yy-", "POST": "s-------nn-"},
    },
    "/c/<slug:handle>/tags/<str:tag>/attention/": {
        "public": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "private": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "secret": {"GET": "s------yyy-", "POST": "s------yyy-"},
    },
    "/u/<str:token>/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "yyyyyyyyyyy"},
    },
    "/alerts/<slug:public_id>/": {
        "any": {"GET": "s------y---", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/media/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
    },
    "/c/<slug:handle>/settings/cover/": {
        "public": {"GET": "s------nyy-", "POST": "s------nyy-"},
        "private": {"GET": "s------nyy-", "POST": "s------nyy-"},
        "secret": {"GET": "s------nyy-", "POST": "s------nyy-"},
    },
    "/m/<slug:public_id>/<int:side>.webp": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/m/<slug:public_id>/alt/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
    },
    "/m/<slug:public_id>/removal/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
    },
    "/talk/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/talk/words-<slug:language>.css": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/saved/": {
        "public": {"GET": "nnnnnnnyyyn", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "nnnnnnnyyyn", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/welcome/": {
        "public": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/settings/welcome/": {
        "public": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "private": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "secret": {"GET": "s------nyy-", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/settings/templates/new/": {
        "public": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "private": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "secret": {"GET": "s------nyy-", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/settings/templates/<slug:public_id>/": {
        "public": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "private": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "secret": {"GET": "s------nyy-", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/settings/templates/": {
        "public": {"GET": "snnnnnnnyyn", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "snnnnnnnyyn", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/planned/": {
        "public": {"GET": "nnnnnnnyyyn", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "nnnnnnnyyyn", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/planned/<slug:public_id>/": {
        "public": {"GET": "-------y---", "POST": "-------y---"},
        "private": {"GET": "-------y---", "POST": "-------y---"},
        "secret": {"GET": "-------y---", "POST": "-------y---"},
    },
    "/c/<slug:handle>/planned/<slug:public_id>/sending/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
    },
    "/c/<slug:handle>/planned/<slug:public_id>/disposal/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
    },
    "/t/<slug:public_id>/later/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/p/<slug:public_id>/saving/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/preview/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/completions/": {
        "public": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/tags/<str:tag>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/settings/tags/": {
        "public": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "private": {"GET": "snnnnnnnyyn", "POST": "snnnnnnnyyn"},
        "secret": {"GET": "s------nyy-", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/topics/new/": {
        "public": {"GET": "nnnnnnnyyyn", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/topics/new/draft/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/read/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "snnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "snnnnnnyyyn"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "s------yyy-"},
    },
    "/t/<slug:public_id>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/t/<slug:public_id>/<title:slug>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/t/<slug:public_id>/posts/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/t/<slug:public_id>/draft/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/t/<slug:public_id>/since/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/t/<slug:public_id>/reading/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/t/<slug:public_id>/order/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnnyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/t/<slug:public_id>/merging/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/t/<slug:public_id>/moving/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/t/<slug:public_id>/pace/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnnyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/t/<slug:public_id>/title/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/gatherings/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/gatherings/past/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/gatherings/new/": {
        "public": {"GET": "nnnnnnnyyyn", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/gatherings/calendar/": {
        "public": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/c/<slug:handle>/gatherings/calendar/end/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/gatherings/<slug:public_id>/plan/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/gatherings/<slug:public_id>/cancellation/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/gatherings/<slug:public_id>/conveners/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/gatherings/<slug:public_id>/conveners/<slug:seat_id>/end/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/gatherings/<slug:public_id>/gathering.ics": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/gatherings/dates/<slug:public_id>/plan/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/gatherings/dates/<slug:public_id>/cancellation/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/gatherings/dates/<slug:public_id>/attendance/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/gatherings/dates/<slug:public_id>/goers/": {
        "public": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/calendar/<str:token>.ics": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/robots.txt": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/sitemap.xml": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/sitemap/communities.xml": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/sitemap.xml": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/topics.atom": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/tags/<str:tag>/topics.atom": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
    },
    "/card.jpg": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/card.jpg": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
    },
    "/t/<slug:public_id>/card.jpg": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-----------", "POST": "xxxxxxxxxxx"},
    },
    "/j/<str:token>/card.jpg": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/rooms/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "-------yyy-", "POST": "-------yyy-"},
        "secret": {"GET": "-------yyy-", "POST": "-------yyy-"},
    },
    "/r/<slug:public_id>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/r/<slug:public_id>/posts/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/r/<slug:public_id>/posts/<slug:post_id>/retraction/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnynnn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------ynn-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------ynn-"},
    },
    "/p/<slug:public_id>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/splitting/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/p/<slug:public_id>/words/": {
        "public": {"GET": "-------y---", "POST": "-------y---"},
        "private": {"GET": "-------y---", "POST": "-------y---"},
        "secret": {"GET": "-------y---", "POST": "-------y---"},
    },
    "/p/<slug:public_id>/note/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/c/<slug:handle>/notes/": {
        "public": {"GET": "nnnnnnnyyyn", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/words/draft/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------y---"},
    },
    "/p/<slug:public_id>/context/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/versions/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/tags/<str:tag>/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/members/<slug:seat>/": {
        "public": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/reactions/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/p/<slug:public_id>/preview-removal/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnnnnn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nnn-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nnn-"},
    },
    "/p/<slug:public_id>/poll/": {
        "public": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "-------yyy-", "POST": "xxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/poll/ballot/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/p/<slug:public_id>/poll/options/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnyyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------yyy-"},
    },
    "/p/<slug:public_id>/poll/closing/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnnyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/p/<slug:public_id>/retraction/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnynnn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------ynn-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------ynn-"},
    },
    "/p/<slug:public_id>/undo/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnynnn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------ynn-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------ynn-"},
    },
    "/p/<slug:public_id>/publication/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "--------yy-"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "--------yy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "--------yy-"},
    },
    "/p/<slug:public_id>/removal/": {
        "public": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "private": {"GET": "-------nyy-", "POST": "-------nyy-"},
        "secret": {"GET": "-------nyy-", "POST": "-------nyy-"},
    },
    "/p/<slug:public_id>/restoration/": {
        "public": {"GET": "xxxxxxxxxxx", "POST": "nnnnnnnnyyn"},
        "private": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
        "secret": {"GET": "xxxxxxxxxxx", "POST": "-------nyy-"},
    },
    "/p/<slug:public_id>/report/": {
        "public": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "private": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "secret": {"GET": "s------yyy-", "POST": "s------yyy-"},
    },
    "/p/<slug:public_id>/report/thanks/": {
        "public": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/away/": {
        "public": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
    },
    "/p/<slug:public_id>/block/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
    },
    "/p/<slug:public_id>/mute/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
    },
    "/p/<slug:public_id>/hiding/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------yyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/report/": {
        "public": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "private": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "secret": {"GET": "s------yyy-", "POST": "s------yyy-"},
    },
    "/c/<slug:handle>/members/<slug:public_id>/report/thanks/": {
        "public": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/report/": {
        "public": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "private": {"GET": "s------yyy-", "POST": "s------yyy-"},
        "secret": {"GET": "s------yyy-", "POST": "s------yyy-"},
    },
    "/c/<slug:handle>/report/thanks/": {
        "public": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/kept-away/": {
        "public": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/kept-away/<slug:public_id>/unblocking/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
    },
    "/c/<slug:handle>/kept-away/<slug:public_id>/unmuting/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------y---"},
    },
    "/c/<slug:handle>/log/": {
        "public": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------yyy-", "POST": "sxxxxxxxxxx"},
    },
    "/statements/<slug:public_id>/": {
        "any": {"GET": "s--y-------", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/reports/": {
        "public": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/reports/<slug:public_id>/": {
        "public": {"GET": "s------nyy-", "POST": "s------nyy-"},
        "private": {"GET": "s------nyy-", "POST": "s------nyy-"},
        "secret": {"GET": "s------nyy-", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/reports/<slug:public_id>/question/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/held/": {
        "public": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
    },
    "/c/<slug:handle>/held/<slug:public_id>/publication/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
    },
    "/c/<slug:handle>/held/<slug:public_id>/refusal/": {
        "public": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
        "private": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
        "secret": {"GET": "sxxxxxxxxxx", "POST": "s------nyy-"},
    },
    "/operator/bans/": {
        "any": {"GET": "----------y", "POST": "xxxxxxxxxxx"},
    },
    "/operator/bans/<slug:public_id>/lifting/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "----------y"},
    },
    "/c/<slug:handle>/reports/<slug:public_id>/photos/<int:place>.webp": {
        "public": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
        "private": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
        "secret": {"GET": "s------nyy-", "POST": "sxxxxxxxxxx"},
    },
    "/operator/cases/<slug:public_id>/photos/<int:place>.webp": {
        "any": {"GET": "----------y", "POST": "xxxxxxxxxxx"},
    },
    "/operator/cases/": {
        "any": {"GET": "----------y", "POST": "xxxxxxxxxxx"},
    },
    "/operator/cases/<slug:public_id>/": {
        "any": {"GET": "----------y", "POST": "----------y"},
    },
    "/imports/": {
        "any": {"GET": "syyyyyyyyyy", "POST": "syyyyyyyyyy"},
    },
    "/imports/<slug:public_id>/": {
        "any": {"GET": "s--------y-", "POST": "sxxxxxxxxxx"},
    },
    "/imports/<slug:public_id>/homecoming/": {
        "any": {"GET": "sxxxxxxxxxx", "POST": "s--------y-"},
    },
    "/imports/<slug:public_id>/cancellation/": {
        "any": {"GET": "sxxxxxxxxxx", "POST": "s--------y-"},
    },
    "/c/<slug:handle>/imports/": {
        "public": {"GET": "---------y-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "---------y-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "---------y-", "POST": "xxxxxxxxxxx"},
    },
    "/c/<slug:handle>/imports/links.csv": {
        "public": {"GET": "---------y-", "POST": "xxxxxxxxxxx"},
        "private": {"GET": "---------y-", "POST": "xxxxxxxxxxx"},
        "secret": {"GET": "---------y-", "POST": "xxxxxxxxxxx"},
    },
    "/claim/<str:token>/": {
        "any": {"GET": "yyyyyyyyyyy", "POST": "xxxxxxxxxxx"},
    },
    "/claim/<str:token>/taking-over/": {
        "any": {"GET": "sxxxxxxxxxx", "POST": "syyyyyyyyyy"},
    },
    "/claim/<str:token>/keeping-apart/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "yyyyyyyyyyy"},
    },
    "/claim/<str:token>/erasure/": {
        "any": {"GET": "xxxxxxxxxxx", "POST": "yyyyyyyyyyy"},
    },
}

LIVE: dict[str, dict[str, str]] = {
    "conversation/<topic>": {
        "public": "yyyyyyyyyyy",
        "private": "-------yyy-",
        "secret": "-------yyy-",
    },
    "conversation/<room>": {
        "public": "yyyyyyyyyyy",
        "private": "-------yyy-",
        "secret": "-------yyy-",
    },
    "conversation/<gathering>": {
        "public": "yyyyyyyyyyy",
        "private": "-------yyy-",
        "secret": "-------yyy-",
    },
    "community/<id>": {
        "public": "yyyyyyyyyyy",
        "private": "-------yyy-",
        "secret": "-------yyy-",
    },
    "rooms/<id>": {
        "public": "yyyyyyyyyyy",
        "private": "-------yyy-",
        "secret": "-------yyy-",
    },
    "inbox": {
        "public": "-yyyyyyyyyy",
        "private": "-yyyyyyyyyy",
        "secret": "-yyyyyyyyyy",
    },
    "persona/<id>": {
        "public": "-----------",
        "private": "-----------",
        "secret": "-----------",
    },
}
"""Who may listen to what: heard (y) or not there (-). Every kind of topic has a row."""
