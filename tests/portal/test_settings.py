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


def test_every_setting_of_the_environment_is_in_the_example():
    text = (BASE_DIR / "portal" / "settings.py").read_text(encoding="utf-8")
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    import re

    names = set(re.findall(r'(?:text|switch)\("([A-Z_]+)"', text))

    assert {name for name in names if f"#{name}=" not in example} == set()
