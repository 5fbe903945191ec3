"""Before it goes to work the portal says where the codes on its official files would lead."""

import pytest
from django.core.checks import run_checks

from portal.checks import encrypted, public_address
from portal.settings import database
from portal.storage import storage


@pytest.mark.parametrize(
    "address", ["https://www.example.gov.cn", "https://www.example.gov.cn/yusuan/", "https://10.1.2.3:8443"]
)
def test_an_address_that_others_can_open_is_fine(settings, address):
    settings.PUBLIC_URL = address

    assert public_address() == []


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("", "portal.W001", "别的电脑打不开"),
        ("http://127.0.0.1:8000", "portal.W001", "别的电脑打不开"),
        ("https://localhost/yusuan", "portal.W001", "别的电脑打不开"),
        ("https://[::1]:8000", "portal.W001", "别的电脑打不开"),
        ("https://0.0.0.0", "portal.W001", "别的电脑打不开"),
        ("https://budget-server", "portal.W001", "别的电脑打不开"),
        ("http://www.example.gov.cn", "portal.W002", "不是 https"),
    ],
)
def test_an_address_that_would_be_printed_wrong_is_warned_of(settings, address, code, words):
    settings.PUBLIC_URL = address

    [said] = public_address()

    assert (said.id, words in said.msg) == (code, True)
    assert "PUBLIC_URL=https://" in said.hint


def test_it_is_asked_on_deployment_only(settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8000"

    asked = [{one.id for one in run_checks(include_deployment_checks=deploy)} for deploy in (True, False)]

    assert ["portal.W001" in ids for ids in asked] == [True, False]


FAR, SAFE = "postgres://a:b@10.1.2.3/portal", "postgres://a:b@db.example.cn/portal?sslmode=verify-full"


@pytest.fixture
def connected(settings, monkeypatch):
    """Say what the site is connected with; return the settings that are complained of."""

    def ask(url, *, mail=("", False, False), bucket="", replica=None):
        for alias, one in {"default": url, **({"replica": replica} if replica else {})}.items():
            monkeypatch.setitem(settings.DATABASES, alias, database(one))
        settings.EMAIL_HOST, settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = mail
        settings.STORAGES = {**settings.STORAGES, "default": storage(bucket)}
        return [one.msg.partition(" ")[0] for one in encrypted()]

    return ask


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////srv/x",
        "postgres://a:b@127.0.0.1/portal",
        "postgres://a:b@localhost/x",
        "postgres:////run/pg/x",
        SAFE,
    ],
)
def test_a_database_on_this_machine_or_behind_a_known_certificate_is_fine(connected, url):
    assert connected(url) == []


@pytest.mark.parametrize("url", [FAR, f"{FAR}?sslmode=require", f"{FAR}?sslmode=prefer"])
def test_a_database_elsewhere_must_be_known_by_its_certificate(connected, url):
    assert connected(url) == ["DATABASE_URL"]
    assert connected(SAFE, replica=url) == ["REPLICA_URL"]


def test_mail_and_files_must_not_go_in_the_clear(connected):
    mail, bucket = ("mail.example.cn", False, False), "s3+http://key:secret@10.1.2.3:9000/yusuan?region=r&style=path"

    assert connected(SAFE, mail=mail, bucket=bucket) == ["EMAIL_URL", "OBJECT_STORAGE"]
    assert connected(SAFE, mail=("mail.example.cn", True, False), bucket=bucket.replace("+http", "")) == []
    assert "secret" not in f"{encrypted()}"
