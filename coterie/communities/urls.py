"""Where communities live: `/c/<handle>/…`, invitations under `/j/`, one's own requests."""

from django.urls import URLPattern, path

from coterie.communities.views import inviting, joining, preview, queue

app_name = "communities"

coming: list[URLPattern] = [
    path("j/<str:token>/", preview.invited, name="invited"),
    path("j/<str:token>/join/", joining.join_invited, name="join_invited"),
    path("join-requests/<slug:public_id>/", joining.own_request, name="own_request"),
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

urlpatterns = [*coming, *door]
