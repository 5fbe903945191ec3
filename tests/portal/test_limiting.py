"""Whoever asks too often is told when to come back; others are not kept waiting by it."""

import pytest
from django.test import Client

from portal.api.description import described
from portal.limiting import LARGEST, Buckets
from portal.logs import MARK

COSTLY = ["/search/?q=预算", "/api/v1/governments", "/verify/", "/verify/8K2M", "/data/130303/2022/package.zip"]


class Clock:
    """A clock that stands still until it is set."""

    now = 1000.0

    def __call__(self):
        """Say what time it is."""
        return self.now


@pytest.fixture
def limited(settings, db):
    """A site on which everything costly may be asked for twice a minute."""
    settings.RATE_LIMITS = True
    settings.RATES = dict.fromkeys(settings.RATES, 2)
    return Client()


def test_a_bucket_empties_and_fills_up_evenly():
    clock = Clock()
    buckets = Buckets(clock)

    at_once = [buckets.take("192.0.2.1", 3) for _ in range(5)]
    clock.now += 20
    later = [buckets.take("192.0.2.1", 3) for _ in range(2)]
    clock.now += 3600
    much_later = [buckets.take("192.0.2.1", 3) for _ in range(4)]

    assert at_once == [0, 0, 0, 20, 20]
    assert later == [0, 20]
    assert much_later == [0, 0, 0, 20]


def test_one_address_does_not_empty_the_bucket_of_another():
    buckets = Buckets(Clock())

    assert [buckets.take(one, 1) for one in ("192.0.2.1", "192.0.2.2", "192.0.2.1")] == [0, 0, 60]


def test_memory_is_bounded():
    buckets = Buckets(Clock())

    for one in range(LARGEST + 100):
        buckets.take(str(one), 1)

    assert len(buckets._left) == LARGEST
    assert buckets.take("0", 1) == 0


@pytest.mark.parametrize("path", COSTLY)
def test_the_third_request_is_refused(limited, path):
    answers = [limited.get(path) for _ in range(3)]

    assert [one.status_code == 429 for one in answers] == [False, False, True]
    assert answers[2]["Retry-After"] == "30"
    assert answers[2]["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answers[2]["Content-Security-Policy"]


def test_a_refusal_is_logged(limited, caplog):
    for _ in range(3):
        limited.get("/verify/", REMOTE_ADDR="192.0.2.10")

    said = [one.getMessage() for one in caplog.records if one.name == "portal.limiting"]
    assert said == ["请求过于频繁：192.0.2.10，verify"]


def test_people_read_a_page_and_programs_a_problem(limited):
    page = [limited.get("/search/?q=1") for _ in range(3)][2]
    problem = [limited.get("/api/v1/governments") for _ in range(3)][2]

    assert "请求过于频繁" in page.content.decode()
    assert "30秒后再试" in page.content.decode()
    assert (problem["Content-Type"], problem.json()["status"]) == ("application/problem+json", 429)
    assert problem["Access-Control-Allow-Origin"] == "*"
    assert problem["Access-Control-Expose-Headers"] == "Retry-After"
    for path in described("/api/v1")["paths"].values():
        assert path["get"]["responses"]["429"]["content"].keys() == {problem["Content-Type"]}


def test_a_program_that_reads_no_pages_is_answered_with_a_problem(limited):
    answer = [limited.get("/verify/", headers={"accept": "application/json"}) for _ in range(3)][2]

    assert answer.json()["title"] == "请求过于频繁"


def test_signing_in_is_limited_and_looking_at_the_page_is_not(limited):
    looked = [limited.get("/admin/login/").status_code for _ in range(5)]
    tried = [limited.post("/admin/login/", {"username": "某", "password": "x"}) for _ in range(3)]

    assert looked == [200] * 5
    assert [one.status_code for one in tried] == [200, 200, 429]
    assert "没有核对" in tried[2].content.decode()


def test_other_pages_are_not_limited(limited):
    assert [limited.get("/").status_code for _ in range(5)] == [200] * 5


def test_sorts_are_counted_apart(limited):
    for _ in range(3):
        limited.get("/search/?q=1")

    assert limited.get("/verify/").status_code == 200


def test_asking_for_leave_is_not_counted(limited):
    assert [limited.options("/api/v1/governments").status_code for _ in range(5)] == [204] * 5


def test_an_office_of_ipv6_addresses_is_one_and_another_is_another(limited):
    def ask(address):
        return limited.get("/verify/", REMOTE_ADDR=address).status_code

    answers = [ask(one) for one in ("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1")]

    assert answers == [200, 200, 429, 200]


def test_the_site_is_written_as_files_without_waiting(limited):
    assert [limited.get("/verify/", **{MARK: "yes"}).status_code for _ in range(5)] == [200] * 5


def test_no_header_says_that_the_site_is_written_as_files(limited):
    assert [limited.get("/verify/", headers={MARK: "yes"}).status_code for _ in range(3)][2] == 429


def test_no_rate_is_no_limit(limited, settings):
    settings.RATES = {**settings.RATES, "verify": 0}

    assert [limited.get("/verify/").status_code for _ in range(4)] == [200] * 4


def test_limits_can_be_switched_off(limited, settings):
    settings.RATE_LIMITS = False

    assert [limited.get("/verify/").status_code for _ in range(4)] == [200] * 4
