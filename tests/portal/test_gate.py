"""Where a request comes from, whom we believe about it, and who finds the clerks' side."""

from ipaddress import ip_network

import pytest
from django.conf import settings as site_settings
from django.test import Client, RequestFactory

from budgets.addresses import address_of, household_of
from budgets.models import AuditTrail

OFFICE = [ip_network("10.20.0.0/16"), ip_network("2001:db8:20::/48")]


def coming(remote: str, forwarded: str = ""):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("192.0.2.9", "", "192.0.2.9"),
        ("192.0.2.9", "198.51.100.1", "192.0.2.9"),  # whoever is no proxy of ours is not believed
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.1", "198.51.100.1"),  # the first is what the visitor wrote
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two proxies of ours in a row
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "nobody", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "198.51.100.1", "198.51.100.1"),  # a socket of this machine
        ("10.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_only_a_trusted_proxy_is_believed(settings, remote, forwarded, found):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]

    assert address_of(coming(remote, forwarded)) == found


def test_without_a_trusted_proxy_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []

    assert address_of(coming("192.0.2.9", "198.51.100.1")) == "192.0.2.9"
    assert address_of(coming("", "198.51.100.1")) == ""
    assert address_of(None) == ""


def test_an_ipv6_subscriber_is_counted_as_one():
    counted = [household_of(one) for one in ("192.0.2.9", "2001:db8::1", "2001:db8::ffff:1", "")]

    assert counted == ["192.0.2.9", "2001:db8::/64", "2001:db8::/64", ""]


@pytest.mark.parametrize("address", ["10.20.3.4", "::ffff:10.20.3.4", "2001:db8:20:1::5"])
def test_the_office_finds_the_desk(settings, db, address):
    settings.DESK_NETWORKS = OFFICE

    assert Client().get("/admin/login/", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("address", ["10.21.0.1", "192.0.2.9", "2001:db8:21::5", ""])
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/board/", "/admin/jsi18n/", "/admin/nothing/"])
def test_others_find_nothing_there(settings, db, address, path):
    settings.DESK_NETWORKS = OFFICE

    answer = Client().get(path, REMOTE_ADDR=address)

    assert answer.status_code == 404
    assert "登录" not in answer.content.decode()


def test_others_cannot_sign_in_and_the_public_side_stays_open(settings, db):
    settings.DESK_NETWORKS = OFFICE
    stranger = Client(REMOTE_ADDR="192.0.2.9")

    assert stranger.post("/admin/login/", {"username": "某", "password": "x"}).status_code == 404
    assert stranger.get("/").status_code == 200
    assert not AuditTrail.objects.filter(action="sign_in_failed").exists()


def test_who_was_turned_away_is_logged(settings, db, caplog):
    settings.DESK_NETWORKS = OFFICE
    Client().get("/admin/\nlogin/", REMOTE_ADDR="192.0.2.9")

    said = [one.getMessage() for one in caplog.records if one.name == "portal.gate"]
    assert len(said) == 1
    assert "192.0.2.9" in said[0]
    assert "\n" not in said[0]


def test_a_forged_forwarding_opens_nothing(settings, db):
    settings.DESK_NETWORKS = OFFICE

    assert Client().get("/admin/login/", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="10.20.3.4").status_code == 404


def test_no_networks_are_no_gate(settings, db):
    settings.DESK_NETWORKS = []

    assert Client().get(f"/{site_settings.DESK_PATH}login/", REMOTE_ADDR="192.0.2.9").status_code == 200
