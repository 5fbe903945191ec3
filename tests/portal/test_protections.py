"""What protects the site besides its rights: tokens on forms, methods, what is never served, locked dependencies."""

import ast
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from addresses import LEADS_BACK
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse

from budgets.enums import Role
from budgets.models import Government, Membership
from budgets.passwords import LOCAL
from portal.checks import known_roles, protected

ROOT = Path(__file__).parents[2]
SOURCES = [path for name in ("budgets", "disclosure", "performance", "portal") for path in (ROOT / name).rglob("*.py")]
SCRIPTS = list((ROOT / "static" / "js").glob("*.js"))
DRAWN = {
    "budgets/admin/second.py",
    "disclosure/admin/disclosure.py",
    "disclosure/render/pdf.py",
    "portal/embedding.py",
    "portal/offers.py",
    "portal/templatetags/linked.py",
    "portal/views/edition.py",
    "templates/admin/includes/fieldset.html",
}
"""Where HTML is taken as it is: help in the code, articles and QR codes drawn with escaping, the county's header."""
PRODUCTION = {
    "HTTPS": "yes",
    "SECRET_KEY": "k3!" * 20 + "abcdefghij",
    "PUBLIC_URL": "https://www.example.gov.cn",
    "DESK_NETWORKS": "10.20.0.0/16",
    "TRUSTED_PROXIES": "127.0.0.1",
}
OURS = {"RATE_LIMITS", "LOCK_AFTER", "DJANGO_ALLOW_ASYNC_UNSAFE"}
"""What tests set, and no bureau does."""
SHOWN = """
import json
import django
from django.conf import settings
django.setup()
names = ("DEBUG", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "MFA_ROLES", "RATES")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
PASSWORD = "Shu-Ru-Mi-Ma-7"  # noqa: S105 a test's own


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python with the settings of a real bureau."""
    quiet = {key: value for key, value in os.environ.items() if key not in OURS}
    return subprocess.run(
        [sys.executable, *command],
        env={**quiet, "DJANGO_SETTINGS_MODULE": "portal.settings", **PRODUCTION, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def everybody(db):
    user = get_user_model().objects.create(username="全岗位", is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    for role in Role:
        Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


def views(patterns=None, at: str = ""):
    """Give every view with its address as a pattern."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            yield f"{at}{one.pattern}", one.callback
        else:
            yield from views(one.url_patterns, f"{at}{one.pattern}")


def test_only_what_knows_no_user_takes_forms_without_a_token():
    free = {at for at, view in views() if getattr(view, "csrf_exempt", False)}

    assert {at for at in free if not at.startswith("api/v1/")} == {"verify/"}


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/logout/", "/admin/password_change/", "/admin/second/"])
def test_a_form_of_another_site_is_refused(everybody, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(everybody)

    assert client.post(path, {"username": "全岗位", "password": PASSWORD}).status_code in {302, 403}
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", sorted(LEADS_BACK))
def test_what_stores_something_is_not_done_by_a_link(everybody, client, name):
    client.force_login(everybody)

    assert client.get(reverse(name, args=fitting(name))).status_code in {302, 404, 405}


def fitting(name: str) -> list[int]:
    """Give an address the numbers it takes."""
    for count in range(4):
        with suppress(NoReverseMatch):
            reverse(name, args=[1] * count)
            return [1] * count
    pytest.fail(f"no address for {name}")


def test_signing_out_is_not_done_by_a_link(everybody, client):
    client.force_login(everybody)

    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200


def test_every_page_of_the_desk_offers_signing_out(everybody, client):
    client.force_login(everybody)

    for path in ("/admin/", "/admin/notices/", "/admin/password_change/", "/admin/second/", "/admin/board/"):
        assert 'action="/admin/logout/"' in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/search/?q=1", "/api/v1/governments", "/admin/login/", "/verify/"])
def test_nothing_is_traced(client, db, path):
    answer = client.trace(path, headers={"x-secret": "told"})

    assert answer.status_code == 405
    assert b"told" not in answer.content


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/static/", "/static/../.env", "/manage.py", "/var/secret_key", "/media/", "/files/"],
)
def test_what_is_nobodys_business_is_not_served(client, db, path):
    assert client.get(path).status_code in {301, 404}


def test_a_password_is_hidden_and_may_be_pasted(client, db):
    page = client.get("/admin/login/").content.decode()
    [field] = re.findall(r'<input[^>]*name="password"[^>]*>', page)

    assert 'type="password"' in field
    assert "autocomplete" in field
    assert 'autocomplete="off"' not in field
    assert "onpaste" not in page


def test_a_password_is_taken_as_it_is(db):
    user = get_user_model().objects.create(username="长", is_staff=True)
    long = " Aa1" + "长" * 100 + " "
    user.set_password(long)
    user.save()

    wrong = Client().post("/admin/login/", {"username": "长", "password": long.strip()})
    right = Client().post("/admin/login/", {"username": "长", "password": long})

    assert (wrong.status_code, right.status_code) == (200, 302)


def test_signing_in_leads_to_no_other_website(everybody, client):
    form = {"username": "全岗位", "password": PASSWORD}
    answer = client.post("/admin/login/?next=https://example.com/", form)

    assert re.match(r"/[^/]", answer["Location"])


def test_production_settings_are_as_strict_as_they_can_be(tmp_path):
    shown = json.loads(run("-c", SHOWN, VAR_DIR=str(tmp_path)).stdout)

    assert shown == {
        "DEBUG": False,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "MFA_ROLES": [
            "publisher",
            "emergency_publisher",
            "system_administrator",
            "security_administrator",
            "audit_administrator",
        ],
        "RATES": {"search": 60, "api": 300, "verify": 60, "downloads": 30, "sign_in": 30},
    }


def test_the_deployment_check_finds_nothing_with_production_settings(tmp_path):
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path))

    assert checked.stderr == ""
    assert checked.returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DESK_NETWORKS", [], "portal.W003"),
        ("TRUSTED_PROXIES", [], "portal.W004"),
        ("LOCK_AFTER", 0, "portal.W005"),
        ("RATE_LIMITS", False, "portal.W006"),
        ("MFA_ROLES", ["none"], "portal.W007"),
        ("PASSWORD_DAYS", 0, "portal.W008"),
    ],
)
def test_a_protection_that_is_off_is_warned_of_with_the_way_out(settings, name, value, code):
    strict = {"DESK_NETWORKS": ["10.0.0.0/8"], "TRUSTED_PROXIES": ["127.0.0.1"], "LOCK_AFTER": 5, "RATE_LIMITS": True}
    for key, on in {**strict, "MFA_ROLES": ["publisher"], "PASSWORD_DAYS": 90, "HTTPS": True}.items():
        setattr(settings, key, on)
    clean = protected()
    setattr(settings, name, value)

    found = protected()

    assert clean == []
    assert [one.id for one in found] == [code]
    assert name in found[0].msg + found[0].hint


def test_a_role_that_does_not_exist_is_a_mistake(settings):
    settings.MFA_ROLES = ["publisher", "boss"]

    [found] = known_roles()

    assert (found.id, "boss" in found.msg, "publisher" in found.hint) == ("portal.E002", True, True)
    settings.MFA_ROLES = ["all"]
    assert known_roles() == []


def test_every_dependency_is_locked_by_its_hash():
    for file in ("requirements.txt", "requirements-dev.txt", "requirements-signing.txt", "requirements-objects.txt"):
        text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        loose = [line[:60] for line in lines if "==" not in line or "--hash=sha256:" not in line]

        assert lines
        assert loose == []


def test_no_code_is_made_of_text():
    made = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"eval", "exec", "compile", "__import__"}
    ]
    scripts = [path.name for path in SCRIPTS if re.search(r"\beval\(|new Function", path.read_text(encoding="utf-8"))]

    assert (made, scripts) == ([], [])


def test_only_what_we_draw_ourselves_is_marked_as_safe():
    marked = {
        str(path.relative_to(ROOT))
        for path in (*SOURCES, *(ROOT / "templates").rglob("*.html"))
        if re.search(r"mark_safe\(|\|safe\b|autoescape off", path.read_text(encoding="utf-8"))
    }

    assert marked == DRAWN


def test_browsers_keep_nothing_but_rows_that_are_not_saved_yet():
    keeping = {path.name for path in SCRIPTS if "localStorage" in path.read_text(encoding="utf-8")}

    assert keeping == {"grid-save.js"}


def test_the_manual_says_how_signing_in_is_protected():
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("## 登录与安全")[2]
    named = ("LOCK_AFTER", "RATE_SIGN_IN", "SESSION_IDLE_MINUTES", "SESSION_HOURS", "PASSWORD_DAYS", "MFA_ROLES")

    assert [one for one in (*named, "DESK_NETWORKS", "TRUSTED_PROXIES", "ACCOUNT_IDLE_DAYS") if one not in manual] == []


def test_the_manual_lists_the_words_no_password_is_made_of():
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("**密码。**")[2].partition("\n")[0]

    assert [word for word in LOCAL if word not in manual] == []


def test_every_form_of_signing_in_goes_through_the_same_door():
    doors = {at for at, view in views() if "login" in at}

    assert doors == {"admin/login/"}
    assert resolve("/admin/login/").view_name == "admin:login"
