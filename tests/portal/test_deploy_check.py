"""Before it goes to work the portal says where the codes on its official files would lead."""

import pytest
from django.core.checks import run_checks

from portal.checks import public_address


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
