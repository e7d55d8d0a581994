"""Where reports, decisions, blocks and the log are."""

from django.urls import URLPattern, path

from coterie.safety.views import away, judging, operating, reading, reporting

about_a_post: list[URLPattern] = [
    path("p/<slug:public_id>/report/", reporting.post_report, name="report_post"),
    path("p/<slug:public_id>/report/thanks/", reporting.post_thanks, name="report_post_thanks"),
    path("p/<slug:public_id>/away/", away.post_away, name="post_away"),
    path("p/<slug:public_id>/block/", away.post_block, name="post_block"),
    path("p/<slug:public_id>/mute/", away.post_mute, name="post_mute"),
    path("p/<slug:public_id>/hiding/", away.post_hiding, name="post_hiding"),
]

MEMBER = "c/<slug:handle>/members/<slug:public_id>/"

about_a_member: list[URLPattern] = [
    path(f"{MEMBER}report/", reporting.member_report, name="report_member"),
    path(f"{MEMBER}report/thanks/", reporting.member_thanks, name="report_member_thanks"),
]

AWAY = "c/<slug:handle>/kept-away/"

in_a_community: list[URLPattern] = [
    path("c/<slug:handle>/report/", reporting.community_report, name="report_community"),
    path(
        "c/<slug:handle>/report/thanks/",
        reporting.community_thanks,
        name="report_community_thanks",
    ),
    path(AWAY, away.kept_away, name="kept_away"),
    path(f"{AWAY}<slug:public_id>/unblocking/", away.unblocking, name="unblocking"),
    path(f"{AWAY}<slug:public_id>/unmuting/", away.unmuting, name="unmuting"),
    path("c/<slug:handle>/log/", reading.log, name="log"),
    path("statements/<slug:public_id>/", reading.statement, name="statement"),
]

desks: list[URLPattern] = [
    path("c/<slug:handle>/reports/", judging.reports, name="reports"),
    path("c/<slug:handle>/reports/<slug:public_id>/", judging.report, name="case"),
    path(
        "c/<slug:handle>/reports/<slug:public_id>/photos/<int:place>.webp",
        judging.photo,
        name="evidence_photo",
    ),
    path("c/<slug:handle>/reports/<slug:public_id>/question/", judging.question, name="question"),
    path("c/<slug:handle>/held/", judging.held, name="held"),
    path(
        "c/<slug:handle>/held/<slug:public_id>/publication/",
        judging.publication,
        name="publication",
    ),
    path("c/<slug:handle>/held/<slug:public_id>/refusal/", judging.refusal, name="refusal"),
    path("operator/bans/", operating.bans, name="operator_bans"),
    path("operator/bans/<slug:public_id>/lifting/", operating.lifting, name="operator_lifting"),
    path("operator/cases/", operating.cases, name="operator_cases"),
    path("operator/cases/<slug:public_id>/", operating.case, name="operator_case"),
    path(
        "operator/cases/<slug:public_id>/photos/<int:place>.webp",
        operating.photo,
        name="operator_photo",
    ),
]

urlpatterns = [*about_a_post, *about_a_member, *in_a_community, *desks]
