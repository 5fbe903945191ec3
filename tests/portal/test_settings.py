"""Settings refuse what makes no sense, and say what to write instead."""

import os
import subprocess
import sys

import pytest

from portal.settings import BASE_DIR

COMMAND = """
import django
from django.conf import settings

django.setup()
print(settings.DATABASES["default"], settings.SESSION_COOKIE_SECURE)
print(settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, sep="|")
print(settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS, settings.DEFAULT_FROM_EMAIL, sep="|")
"""


def start(**environment: str) -> subprocess.CompletedProcess:
    """Load the settings in a process of its own."""
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-c", COMMAND],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "portal.settings", **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("HTTPS", "maybe", "环境变量HTTPS的值“maybe”无效，只能是 yes 或 no。"),
        ("SITE_NAME", " ", "环境变量SITE_NAME已设置但为空"),
        ("DATABASE_URL", "mysql://a@b/c", "环境变量DATABASE_URL无效"),
        ("EMAIL_URL", "smtp.example.cn", "环境变量EMAIL_URL无效"),
        ("EMAIL_URL", "smtp://", "环境变量EMAIL_URL无效"),
        ("EMAIL_URL", "smtp+ssl://smtp.example.cn:many", "环境变量EMAIL_URL无效"),
        ("EMAIL_URL", "consolemail://", "环境变量EMAIL_URL无效"),
        ("SITE_URL", "yusuan.example.cn", "环境变量SITE_URL的值“yusuan.example.cn”无效"),
    ],
)
def test_a_malformed_value_is_refused_with_a_hint(name, value, hint, tmp_path):
    result = start(VAR_DIR=str(tmp_path), **{name: value})

    assert result.returncode != 0
    assert hint in result.stderr


def test_sqlite_is_the_default_and_a_secret_key_is_made_once(tmp_path):
    first, again = start(VAR_DIR=str(tmp_path)), start(VAR_DIR=str(tmp_path))

    assert "django.db.backends.sqlite3" in first.stdout
    assert "IMMEDIATE" in first.stdout
    assert first.stdout == again.stdout
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len((tmp_path / "secret_key").read_text()) >= 50


def test_https_makes_cookies_secure(tmp_path):
    assert "True" in start(VAR_DIR=str(tmp_path), HTTPS="yes").stdout


@pytest.mark.parametrize(
    ("url", "server", "secured"),
    [
        (None, "|25||", "False|False|portal@localhost"),
        ("smtp://smtp.example.cn", "smtp.example.cn|25||", "False|False|portal@localhost"),
        ("smtp+tls://u:p@h", "h|587|u|p", "False|True|u"),
        ("smtp+ssl://yu%40a.cn:p%2Fw@h:994", "h|994|yu@a.cn|p/w", "True|False|yu@a.cn"),
    ],
)
def test_mail_is_sent_where_a_server_is_named(url, server, secured, tmp_path):
    lines = start(VAR_DIR=str(tmp_path), **({"EMAIL_URL": url} if url else {})).stdout.splitlines()

    assert lines[1:] == [server, secured]


def test_every_setting_of_the_environment_is_in_the_example():
    text = (BASE_DIR / "portal" / "settings.py").read_text(encoding="utf-8")
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    import re

    names = set(re.findall(r'(?:text|switch|address)\("([A-Z_]+)"', text))

    assert {name for name in names if f"#{name}=" not in example} == set()
