"""What stands in front of the site encrypts, sends people to HTTPS, and believes no visitor about himself."""

import re
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
TEXT = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
PLAIN, SECURE = re.split(r"^server \{", TEXT, flags=re.MULTILINE)[1:]


def said(name: str, part: str = SECURE) -> list[str]:
    """List what a directive is set to, at every place."""
    return re.findall(rf"^\s*{name} (.+);$", part, re.MULTILINE)


def location(path: str, part: str = SECURE) -> str:
    """Return what is said of a path."""
    return part.partition(f"location {path} {{")[2].partition("\n    }")[0]


def test_only_the_newer_two_versions_of_tls_are_spoken():
    assert said("ssl_protocols") == ["TLSv1.2 TLSv1.3"]


def test_every_cipher_of_the_older_one_is_authenticated_and_forward_secret():
    [named] = said("ssl_ciphers")
    ciphers = named.split(":")

    assert [
        one for one in ciphers if not re.fullmatch(r"ECDHE-(ECDSA|RSA)-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)", one)
    ] == []
    assert "AES256-GCM" in ciphers[0]
    assert said("ssl_prefer_server_ciphers") == ["on"]


def test_people_are_led_to_https():
    assert said("return", location("/", PLAIN)) == ["301 https://$host$request_uri"]
    assert "proxy_pass" not in PLAIN


def test_programs_are_refused_without_encryption_and_not_led_on():
    assert said("return", location("/api/", PLAIN))[0].startswith("403 ")


def test_what_a_visitor_says_of_himself_is_overwritten():
    headers = dict(one.split(" ", 1) for one in said("proxy_set_header"))

    assert {name: headers[name] for name in headers if name.startswith("X-")} == {
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "X-Request-ID": "$request_id",
    }


def test_files_carry_what_every_answer_carries():
    added = " ".join(said("add_header", location("/static/")))

    for name in ("Strict-Transport-Security", "X-Content-Type-Options", "frame-ancestors 'none'", "base-uri 'none'"):
        assert name in added
    assert "autoindex" not in TEXT


@pytest.mark.parametrize("path", ["= /search/", "/api/", "/verify/", "= /admin/login/", "= /healthz"])
def test_what_costs_work_is_limited_in_front_as_well(path):
    assert said("limit_req", location(path))


def test_uploads_are_cut_off_in_front():
    assert said("client_max_body_size") == ["25m", "52m"]


def test_the_site_itself_listens_on_this_machine_only():
    unit = (DEPLOY / "portal.service").read_text(encoding="utf-8")

    assert "--host 127.0.0.1 " in unit
    assert said("server", TEXT) == ["127.0.0.1:8000"]
    assert "User=portal" in unit
    assert "NoNewPrivileges=yes" in unit
