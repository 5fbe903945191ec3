"""Addresses, stable for ever (see docs/architecture.md)."""

from django.urls import include, path

from portal.views import browse, downloads, edition

disclosure = [
    path("", edition.current, name="disclosure"),
    path("document.<str:extension>", downloads.of_edition, name="document"),
    path("editions/<int:number>/", edition.numbered, name="edition"),
    path("editions/<int:number>/document.<str:extension>", downloads.of_edition, name="edition_document"),
]

urlpatterns = [
    path("", browse.home, name="home"),
    path("<str:government>/", browse.government, name="government"),
    path("<str:government>/<int:year>/", browse.year, name="year"),
    path("<str:government>/<int:year>/<str:department>/", include(disclosure)),
]
handler404 = "portal.views.problems.not_found"
handler500 = "portal.views.problems.failed"
