"""Exports on their way home, and the links by which people claim their words."""

from django.urls import path

from coterie.audiences.views import claims, imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<slug:public_id>/", imports.one_import, name="import"),
    path("imports/<slug:public_id>/homecoming/", imports.homecoming, name="homecoming"),
    path(
        "imports/<slug:public_id>/cancellation/", imports.cancellation, name="import_cancellation"
    ),
    path("c/<slug:handle>/imports/", claims.sheet, name="claim_sheet"),
    path("c/<slug:handle>/imports/links.csv", claims.sheet_file, name="claim_sheet_file"),
    path("claim/<str:token>/", claims.claim, name="claim"),
    path("claim/<str:token>/taking-over/", claims.taking_over, name="taking_over"),
    path("claim/<str:token>/keeping-apart/", claims.keeping_apart, name="keeping_apart"),
    path("claim/<str:token>/erasure/", claims.erasure, name="erasure"),
]
