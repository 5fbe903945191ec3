"""What every answer tells browsers: the same strict policy on public pages, at the desk, on files and refusals."""

import pytest
from addresses import pages
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from budgets.enums import Role
from budgets.models import Government, Membership
from portal.environment import networks, number, origins
from portal.policy import PERMISSIONS

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
PORTAL = "https://www.example.gov.cn"


def policy(answer) -> set[str]:
    return {one.strip() for one in answer["Content-Security-Policy"].split(";") if one.strip()}


@pytest.fixture
def at_the_desk(client, db):
    somebody = get_user_model().objects.create(username="全岗位", is_staff=True)
    for role in Role:
        Membership.objects.create(user=somebody, role=role, government=Government.objects.get())
    client.force_login(somebody)
    return client


@pytest.fixture
def every_page(db):
    def newest(model):
        return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 99

    rows = {model._meta.label_lower: newest(model) for model in admin.site._registry}
    return [one.path for one in pages({**rows, "sample": rows["disclosure.disclosure"]})]


def test_every_page_of_every_route_carries_the_policy(at_the_desk, every_page):
    lacking = {}

    for path in every_page:
        answer = at_the_desk.get(path)
        desk = {"frame-src 'self'"} if path.startswith("/admin/") else set()
        framed = {"frame-ancestors 'self'"} if path.endswith("/beside/") else {"frame-ancestors 'none'"}
        wanted = (STRICT - {"frame-ancestors 'none'"}) | desk | framed
        kept = {"Permissions-Policy": PERMISSIONS, "Referrer-Policy": "same-origin"}
        kept |= {"Cross-Origin-Opener-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}
        kept |= {"Cross-Origin-Resource-Policy": "same-origin"}
        wrong = {name for name, value in kept.items() if answer.get(name) != value}
        lacking |= {path: wrong | (policy(answer) ^ wanted)} if wrong or policy(answer) != wanted else {}
    assert lacking == {}
    assert len(every_page) > 200


def test_pages_at_the_desk_are_never_kept(at_the_desk, every_page):
    kept = [
        path
        for path in [*(one for one in every_page if one.startswith("/admin/")), "/admin/jsi18n/"]
        if "no-store" not in at_the_desk.get(path).get("Cache-Control", "")
    ]

    assert kept == []


def test_public_pages_may_be_kept(client, edition):
    assert "no-store" not in client.get("/130303/2022/203/").get("Cache-Control", "")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/admin/nowhere/", 302), ("/static/nothing.js", 404)],
)
def test_refusals_carry_the_policy(client, db, path, status):
    answer = client.get(path)

    assert answer.status_code == status
    assert policy(answer) - {"frame-src 'self'"} == STRICT


def test_a_page_that_broke_carries_the_policy(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("portal.views.browse.render", lambda *_given: 1 / 0)

    answer = client.get("/")

    assert (answer.status_code, policy(answer)) == (500, STRICT)
    assert "ZeroDivisionError" not in answer.content.decode()


@pytest.mark.parametrize("path", ["document.json", "document.xlsx", "tables/totals.csv", "charts/functions.svg"])
def test_public_files_may_be_loaded_by_everyone(client, edition, path):
    answer = client.get(f"/130303/2022/203/{path}")

    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_pdf_loads_nothing_and_does_not_stop_its_viewer(client, edition):
    answer = client.get("/130303/2022/203/document.pdf")

    assert policy(answer) == {"frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"}


def test_a_countys_portal_may_frame_public_pages_only(client, db, settings):
    settings.FRAME_ANCESTORS = [PORTAL]

    public, desk = client.get("/"), client.get("/admin/login/")

    assert f"frame-ancestors 'self' {PORTAL}" in policy(public)
    assert "frame-ancestors 'none'" in policy(desk)
    assert (public.get("X-Frame-Options"), desk["X-Frame-Options"]) == (None, "DENY")


def test_signing_out_clears_what_the_browser_keeps(at_the_desk):
    index, gone = at_the_desk.get(reverse("admin:index")), at_the_desk.post(reverse("admin:logout"))

    assert (index.get("Clear-Site-Data"), gone["Clear-Site-Data"]) == (None, '"storage"')


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (origins, "www.example.gov.cn", "不带路径"),
        (origins, "https://www.example.gov.cn/a", "不带路径"),
        (origins, "https://a.cn; script-src *", "不带路径"),
        (networks, "10.0.0.0/33", "网段"),
        (networks, "10.0.0.1/8", "网段"),
        (lambda name: number(name, 5, least=1), "0", "不小于1"),
        (lambda name: number(name, 5), "五", "不小于0"),
        (lambda name: number(name, 5), "-1", "不小于0"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(monkeypatch, read, value, said):
    monkeypatch.setenv("SETTING", value)

    with pytest.raises(ImproperlyConfigured, match=said):
        read("SETTING")


def test_settings_are_read(monkeypatch):
    monkeypatch.setenv("SETTING", "https://a.cn, https://b.cn:8443")
    monkeypatch.setenv("NETWORKS", "10.0.0.0/8,2001:db8::/32, 192.0.2.7")
    monkeypatch.setenv("NUMBER", "30")

    assert origins("SETTING") == ["https://a.cn", "https://b.cn:8443"]
    assert [str(one) for one in networks("NETWORKS")] == ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7/32"]
    assert number("NUMBER", 5) == 30
