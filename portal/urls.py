"""Addresses, stable for ever (see docs/architecture.md)."""

import re

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from disclosure.desk.checkup import checkup
from disclosure.desk.manual import manual
from disclosure.desk.notices import notices
from disclosure.opendata.packing import NAMES
from portal.views import (
    archive,
    browse,
    changes,
    charts,
    compare,
    contents,
    data,
    display,
    downloads,
    drill,
    edition,
    glossary,
    health,
    identity,
    machines,
    phases,
    projects,
    rules,
    search,
    three_public,
    transparency,
    verify,
)

GOVERNMENT = r"(?P<government>[0-9]{6})/"
YEAR = rf"{GOVERNMENT}(?P<year>[0-9]{{4}})/"
DEPARTMENT = rf"{YEAR}(?P<department>[0-9]{{3,12}})/"
PUBLISHER = rf"{DEPARTMENT}(?:units/(?P<unit>[0-9]{{6,15}})/)?"
FILE = r"document\.(?P<extension>pdf|docx|xlsx|json)$"
TABLE = r"tables/(?P<key>[A-Za-z0-9_-]{1,60})\.(?P<extension>csv|xlsx|json)$"
MANIFEST = r"manifest\.(?P<extension>json|sm2sig)$"
PICTURE = r"charts/(?P<key>[a-z_]{1,30})\.(?P<extension>svg|png)$"
DRAWN = r"\.(?P<extension>svg|png)$"
ARCHIVED = r"archive/(?P<number>[1-9][0-9]{0,8})/"
SCHEME = r"(?P<scheme>functions|economics|sources)/"
BUNDLE = rf"(?P<scope>[0-9]{{4}}|all)/(?P<name>{'|'.join(map(re.escape, NAMES))})"
ITEM = r"(?P<code>[0-9]{3,7}|[a-z_]{3,30})/"
EDITION = r"editions/(?P<number>[1-9][0-9]{0,3})/"

disclosure = [
    re_path(r"^$", require_safe(edition.current), name="disclosure"),
    re_path(r"^(?P<phase>adjusted|final)/$", require_safe(phases.page), name="phase"),
    re_path(rf"^{FILE}", require_safe(downloads.of_edition), name="document"),
    re_path(rf"^{TABLE}", require_safe(downloads.of_table), name="table"),
    re_path(rf"^{EDITION}$", require_safe(edition.numbered), name="edition"),
    re_path(rf"^{EDITION}changes/$", require_safe(changes.of_edition), name="changes"),
    re_path(rf"^{EDITION}{FILE}", require_safe(downloads.of_edition), name="edition_document"),
    re_path(rf"^{EDITION}{TABLE}", require_safe(downloads.of_table), name="edition_table"),
    re_path(rf"^{PICTURE}", require_safe(charts.of_edition), name="chart"),
    re_path(rf"^{EDITION}{PICTURE}", require_safe(charts.of_edition), name="edition_chart"),
    re_path(rf"^{MANIFEST}", require_safe(downloads.of_manifest), name="manifest"),
    re_path(rf"^{EDITION}{MANIFEST}", require_safe(downloads.of_manifest), name="edition_manifest"),
    re_path(rf"^{ARCHIVED}$", require_safe(archive.page), name="archived"),
    re_path(rf"^{ARCHIVED}file\.(?P<extension>[a-z]{{3,4}})$", require_safe(archive.file), name="archived_file"),
]

urlpatterns = [
    path("", require_safe(browse.home), name="home"),
    path("areas/", require_safe(browse.area_found), name="area_found"),
    re_path(r"^areas/(?P<beginning>[0-9]{2}|[0-9]{4})/$", require_safe(browse.area), name="area"),
    re_path(r"^emblem/(?P<name>[0-9a-f]{64}\.png)$", require_safe(identity.emblem), name="emblem"),
    path("verify/", verify.start, name="verify"),
    path("verify/<str:code>", require_safe(verify.by_code), name="verified"),
    path("glossary/", require_safe(glossary.page), name="glossary"),
    path("search/", require_safe(search.results), name="search"),
    path("contents/", require_safe(contents.page), name="contents"),
    path("contents/index.json", require_safe(contents.search_index), name="search_index"),
    path("display/", require_safe(display.choose), name="display"),
    path("data/", require_safe(data.page), name="data"),
    path("data/dictionary/", require_safe(data.dictionary), name="dictionary"),
    re_path(rf"^data/{GOVERNMENT}{BUNDLE}$", require_safe(data.file), name="bundle"),
    path("transparency/", require_safe(transparency.page), name="transparency"),
    path("transparency/ledger.json", require_safe(transparency.ledger), name="ledger"),
    re_path(
        r"^transparency/ledger/(?P<part>[1-9][0-9]{0,5})\.json$", require_safe(transparency.part), name="ledger_part"
    ),
    path("transparency/verify.py", require_safe(transparency.verifier), name="verifier"),
    path("feed.atom", require_safe(machines.feed), name="feed"),
    path("sitemap.xml", require_safe(machines.sitemap), name="sitemap"),
    path("healthz", require_safe(health.health), name="healthz"),
    path("livez", require_safe(health.live), name="livez"),
    re_path(r"^sitemap-(?P<part>[1-9][0-9]{0,3})\.xml$", require_safe(machines.sitemap_part), name="sitemap_part"),
    path("robots.txt", require_safe(machines.robots), name="robots"),
    path("api/v1/", include("portal.api.urls")),
    path("rules/", require_safe(rules.catalogue), name="rules"),
    path(f"{settings.DESK_PATH}checkup/", admin.site.admin_view(checkup), name="checkup"),
    path(f"{settings.DESK_PATH}board/", include("disclosure.desk.board_urls")),
    path(f"{settings.DESK_PATH}manual/", admin.site.admin_view(manual), name="manual"),
    path(f"{settings.DESK_PATH}notices/", admin.site.admin_view(notices), name="notices"),
    path(settings.DESK_PATH, admin.site.urls),
    re_path(rf"^{GOVERNMENT}$", require_safe(browse.government), name="government"),
    re_path(rf"^{YEAR}$", require_safe(browse.year), name="year"),
    re_path(rf"^{GOVERNMENT}projects/(?P<code>[0-9A-Za-z_-]{{1,21}})/$", require_safe(projects.page), name="project"),
    re_path(rf"^{GOVERNMENT}three-public/$", require_safe(three_public.page), name="three_public"),
    re_path(rf"^{GOVERNMENT}three-public/all\.csv$", require_safe(three_public.download), name="three_public_csv"),
    re_path(
        rf"^{GOVERNMENT}three-public/charts/years{DRAWN}",
        require_safe(charts.of_three_public),
        name="three_public_chart",
    ),
    re_path(rf"^{GOVERNMENT}compare/charts/totals{DRAWN}", require_safe(charts.of_comparison), name="compare_chart"),
    re_path(rf"^{GOVERNMENT}compare/$", require_safe(compare.page), name="compare"),
    re_path(rf"^{YEAR}{SCHEME}$", require_safe(drill.overview), name="items"),
    re_path(rf"^{YEAR}{SCHEME}{ITEM}$", require_safe(drill.item), name="item"),
    re_path(
        rf"^{YEAR}{SCHEME}{ITEM}charts/(?P<key>history|departments){DRAWN}",
        require_safe(charts.of_item),
        name="item_chart",
    ),
    re_path(rf"^{PUBLISHER}", include(disclosure)),
]
handler400 = "portal.views.problems.bad_request"
handler404 = "portal.views.problems.not_found"
handler500 = "portal.views.problems.failed"
