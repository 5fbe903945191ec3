"""The tests of headers and of what is fetched complain of bad ones, and of nothing else."""

import answers
import pytest

GOOD = {
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-cache",
    "etag": '"1"',
    "vary": "Accept-Encoding, Cookie",
}
POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
)


@pytest.fixture(autouse=True)
def _free(monkeypatch):
    """Let an answer do without a policy, where the test is about something else."""
    monkeypatch.setattr(answers, "CSP_DEMANDED", False)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"content-security-policy": POLICY}, 200),
        ({"x-frame-options": "", "content-security-policy": POLICY}, 200),
        ({"cache-control": "max-age=60"}, 200),
        ({"cache-control": ""}, 200),
    ],
)
def test_a_good_header_is_not_complained_of(changed, status):
    assert answers.complaints(GOOD | changed, status) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"content-type": "text/html"}, "content-type text/html"),
        ({"x-content-type-options": ""}, "no nosniff"),
        ({"referrer-policy": "unsafe-url"}, "referrer-policy unsafe-url"),
        ({"set-cookie": "csrftoken=1"}, "set-cookie"),
        ({"x-frame-options": ""}, "may be framed by anybody"),
        ({"cache-control": "public, max-age=86400"}, "kept for long: public, max-age=86400"),
        ({"vary": "Accept-Encoding"}, "vary Accept-Encoding"),
    ],
)
def test_a_bad_header_is_complained_of(changed, said):
    assert answers.complaints(GOOD | changed) == [said]


def test_a_page_that_can_be_asked_for_again_has_a_mark():
    header = {key: value for key, value in GOOD.items() if key != "etag"}

    assert answers.complaints(header) == ["no etag"]
    assert answers.complaints(header | {"cache-control": "no-store"}) == []
    assert answers.complaints(header, 404) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("default-src 'none'", "default-src *", ["default-src ['*']", "default-src *"]),
        ("script-src 'self'", "script-src 'self' https://cdn.example.com", ["script-src https://cdn.example.com"]),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", ["script-src 'unsafe-inline'"]),
        ("; base-uri 'none'", "", ["base-uri None"]),
        ("frame-ancestors 'none'", "frame-ancestors *", ["frame-ancestors ['*']", "frame-ancestors *"]),
        ("object-src 'none'", "object-src 'self'", ["object-src [\"'self'\"]"]),
    ],
)
def test_a_policy_that_lets_strangers_in_is_complained_of(before, after, said):
    policy = POLICY.replace(before, after)

    assert answers.complaints(GOOD | {"content-security-policy": policy}) == said


def test_a_policy_can_be_demanded(monkeypatch):
    monkeypatch.setattr(answers, "CSP_DEMANDED", True)

    assert answers.complaints(GOOD) == ["no content-security-policy"]


def test_requests_to_other_sites_are_told_apart():
    asked = ["http://127.0.0.1:8000/a", "data:image/png;base64,AA==", "http://127.0.0.1:9000/b", "https://example.com/"]

    assert answers.foreign(asked, "http://127.0.0.1:8000") == asked[2:]


def test_what_does_not_shrink_is_weighed_as_it_is():
    assert answers.weight([b"a" * 100_000]) < 500
    assert answers.weight([b"ab"]) == 2
