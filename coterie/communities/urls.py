"""Where communities live: `/c/<handle>/…`, invitations under `/j/`, one's own requests."""

from django.urls import URLPattern, path

from coterie.communities.views import inviting, joining, members, own, preview, queue, settings

app_name = "communities"

coming: list[URLPattern] = [
    path("j/<str:token>/", preview.invited, name="invited"),
    path("j/<str:token>/join/", joining.join_invited, name="join_invited"),
    path("join-requests/<slug:public_id>/", joining.own_request, name="own_request"),
    path("join-requests/<slug:public_id>/answer/", joining.answer, name="own_answer"),
    path("join-requests/<slug:public_id>/withdrawal/", joining.withdrawal, name="withdrawal"),
    path("c/<slug:handle>/about/", preview.about, name="about"),
    path("c/<slug:handle>/join/", joining.join, name="join"),
]

door: list[URLPattern] = [
    path("c/<slug:handle>/join-requests/", queue.requests, name="requests"),
    path("c/<slug:handle>/join-requests/answers/", queue.answers, name="answers"),
    path("c/<slug:handle>/join-requests/<slug:public_id>/", queue.detail, name="request"),
    path(
        "c/<slug:handle>/join-requests/<slug:public_id>/admission/",
        queue.admission,
        name="admission",
    ),
    path(
        "c/<slug:handle>/join-requests/<slug:public_id>/question/",
        queue.question,
        name="request_question",
    ),
    path("c/<slug:handle>/join-requests/<slug:public_id>/refusal/", queue.refusal, name="refusal"),
    path("c/<slug:handle>/join-requests/<slug:public_id>/ban/", queue.ban, name="request_ban"),
    path("c/<slug:handle>/invitations/", inviting.invitations, name="invitations"),
    path("c/<slug:handle>/invitations/letters/", inviting.letters, name="letters"),
    path("c/<slug:handle>/invitations/<slug:public_id>/", inviting.invitation, name="invitation"),
    path(
        "c/<slug:handle>/invitations/<slug:public_id>/revocation/",
        inviting.revocation,
        name="revocation",
    ),
]

people: list[URLPattern] = [
    path("c/<slug:handle>/members/", members.directory, name="members"),
    path("c/<slug:handle>/members/<slug:public_id>/", members.member, name="member"),
    path("c/<slug:handle>/members/<slug:public_id>/role/", members.role, name="role"),
    path("c/<slug:handle>/members/<slug:public_id>/removal/", members.removal, name="removal"),
    path("c/<slug:handle>/members/<slug:public_id>/ban/", members.ban, name="ban"),
    path("c/<slug:handle>/members/<slug:public_id>/blocking/", members.blocking, name="blocking"),
    path(
        "c/<slug:handle>/members/<slug:public_id>/unblocking/",
        members.unblocking,
        name="unblocking",
    ),
    path("c/<slug:handle>/members/<slug:public_id>/muting/", members.muting, name="muting"),
    path("c/<slug:handle>/members/<slug:public_id>/unmuting/", members.unmuting, name="unmuting"),
    path("c/<slug:handle>/bans/<slug:public_id>/lifting/", members.lifting, name="lifting"),
    path("c/<slug:handle>/me/", own.me, name="me"),
    path("c/<slug:handle>/agreement/", own.agreement, name="agreement"),
    path("c/<slug:handle>/leaving/", own.leave, name="leaving"),
    path("c/<slug:handle>/leaving/undo/", own.stay, name="staying"),
    path("c/<slug:handle>/handing-over/", own.handing_over, name="handing_over"),
    path("c/<slug:handle>/stepping-up/", own.stepping_up, name="stepping_up"),
]

shape: list[URLPattern] = [
    path("c/<slug:handle>/settings/", settings.index, name="settings"),
    path("c/<slug:handle>/settings/look/", settings.look, name="look"),
    path("c/<slug:handle>/settings/privacy/", settings.privacy, name="privacy_settings"),
    path("c/<slug:handle>/settings/rules/", settings.rules_page, name="rules"),
    path("c/<slug:handle>/settings/questions/", settings.questions, name="questions"),
    path("c/<slug:handle>/settings/people/", settings.people, name="people"),
    path("c/<slug:handle>/settings/place/", settings.place, name="place"),
    path("c/<slug:handle>/settings/neighbours/", settings.neighbours, name="neighbours"),
    path(
        "c/<slug:handle>/settings/neighbours/<slug:public_id>/parting/",
        settings.parting,
        name="parting",
    ),
    path("c/<slug:handle>/closing/", settings.closing, name="closing"),
]

urlpatterns = [*coming, *door, *people, *shape]
