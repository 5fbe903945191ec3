"""What is written down of the site's running, and what never is."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from portal.logs import MARK, DailyFile, JsonLines, configuration, on_paper

ID_CARD, MOBILE, PASSWORD = "110105199003078888", "13800138000", "Jimi-mima-2026"
NAME = "王小明"


@pytest.fixture
def lines(tmp_path):
    """What is logged while a test runs, as it stands in the file of the day."""
    handler = DailyFile(str(tmp_path / "logs"))
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [
        json.loads(line) for path in (tmp_path / "logs").glob("*.jsonl") for line in path.read_text().splitlines()
    ]
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def calm():
    """A browser that sees pages where a test would see errors."""
    return Client(raise_request_exception=False)


def answered(lines):
    return [line for line in lines() if line["logger"] == "portal.requests"]


def test_each_request_is_one_line_without_its_query(db, client, lines):
    answer = client.get("/glossary/?q=" + ID_CARD)

    [line] = answered(lines)
    assert {name: line[name] for name in ("method", "path", "status", "level")} == {
        "method": "GET",
        "path": "/glossary/",
        "status": 200,
        "level": "INFO",
    }
    assert line["request"] == answer["X-Request-ID"]
    assert (isinstance(line["ms"], int), "user" in line) == (True, False)
    assert line["time"][10] == "T"


def test_what_the_portal_asks_of_itself_is_no_request(db, client, lines):
    client.get("/glossary/", **{MARK: "yes"})
    client.get("/rules/", HTTP_PORTAL_EXPORT="yes", headers={"portal.export": "yes"})

    assert [line["path"] for line in answered(lines)] == ["/rules/"]


def test_who_is_signed_in_is_a_number(db, client, lines):
    user = get_user_model().objects.create_superuser(NAME, password=PASSWORD)
    client.force_login(user)

    client.get("/admin/")

    assert answered(lines)[-1]["user"] == user.pk
    assert NAME not in json.dumps(lines(), ensure_ascii=False)


def test_neither_passwords_nor_people_are_written_down(db, client, lines):
    for name in (NAME, ID_CARD):
        client.post("/admin/login/", {"username": name, "password": PASSWORD, "next": f"/admin/?id={ID_CARD}"})
    client.get(f"/search/?q={ID_CARD}")
    client.get("/nothing/here/?password=" + PASSWORD)

    said = json.dumps(lines(), ensure_ascii=False)
    assert len(answered(lines)) == 4
    assert [secret for secret in (NAME, ID_CARD, PASSWORD) if secret in said] == []


@pytest.mark.parametrize("number", ["a1b2c3d4e5", "0123456789abcdef0123456789abcdef"])
def test_the_proxy_may_number_requests(db, client, number):
    assert client.get("/livez", HTTP_X_REQUEST_ID=number)["X-Request-ID"] == number


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_X_REQUEST_ID": "a1b2c3d4e5", "REMOTE_ADDR": "203.0.113.7"},
        {"HTTP_X_REQUEST_ID": "short"},
        {"HTTP_X_REQUEST_ID": "with a space"},
        {"HTTP_X_REQUEST_ID": "x" * 65},
    ],
)
def test_others_may_not(db, client, asked):
    assert client.get("/livez", **asked)["X-Request-ID"] != asked["HTTP_X_REQUEST_ID"]


def test_a_page_that_breaks_names_the_number_under_which_it_is_written_down(db, calm, lines, monkeypatch):
    def broken(_request):
        raise ValueError(f"证件号 {ID_CARD}，电话 {MOBILE}")

    monkeypatch.setattr("portal.site.mode_of", broken)

    answer = calm.get("/glossary/")

    said = answer.content.decode()
    assert (answer.status_code, "请求编号" in said, answer["X-Request-ID"] in said) == (500, True, True)
    [error] = [line for line in lines() if line.get("error") == "ValueError" and line["logger"] == "django.request"]
    assert error["request"] == answer["X-Request-ID"]
    assert "证件号 ***，电话 ***" in error["trace"]
    assert ID_CARD not in said + json.dumps(lines())


def test_the_row_that_postgresql_quotes_is_left_out():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "broken\nDETAIL:  Failing row contains (1, 王小明)", (), None)

    said = json.loads(JsonLines().format(record))

    assert said["message"].strip() == "broken"


@pytest.mark.parametrize("code", ["203001001001001", "13030321GZV93HM6A1HA2", "f" * 64, "202211010000001"])
def test_codes_are_not_taken_for_people(code):
    record = logging.LogRecord("x", logging.INFO, "", 0, f"编码{code}", (), None)

    assert json.loads(JsonLines().format(record))["message"] == f"编码{code}"


def test_a_day_is_a_file_and_what_is_older_than_asked_goes(tmp_path):
    old, kept = (tmp_path / f"portal-{timezone.localdate() - timedelta(days=days)}.jsonl" for days in (401, 399))
    other = tmp_path / "other.jsonl"
    for path in (old, kept, other):
        path.write_text("{}\n")
    handlers = [DailyFile(str(tmp_path)), DailyFile(str(tmp_path))]

    for handler in handlers:
        handler.emit(logging.LogRecord("x", logging.INFO, "", 0, "said", (), None))

    today = tmp_path / f"portal-{timezone.localdate()}.jsonl"
    assert [path.exists() for path in (old, kept, other)] == [False, True, True]
    assert today.read_text().count("said") == 2
    assert today.stat().st_mode & 0o777 == 0o640


def test_files_are_written_where_a_folder_is_named():
    assert set(configuration("")["handlers"]) == {"console"}
    assert set(configuration("/var/log/portal")["handlers"]) == {"console", "file"}


def test_a_line_break_makes_no_second_line():
    record = logging.LogRecord("x", logging.INFO, "", 0, "said %s", ('a"\r\n{"level": "ERROR"}\u2028b',), None)

    written = JsonLines().format(record)

    assert len(written.splitlines()) == 1
    assert json.loads(written)["message"] == 'said a"\r\n{"level": "ERROR"}\u2028b'


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Invalid media type ' screen and (max-width: 40rem) ' the whole @media rule was ignored at 50:1.", False),
        ("Expected a media type, got 'screen/**/and/**/(max-width: 40rem)'", False),
        ("Font-face 'FangSong' cannot be loaded", True),
    ],
)
def test_rules_for_screens_are_no_warning_of_the_pdf_engine(said, kept):
    record = logging.makeLogRecord({"name": "weasyprint", "msg": said})

    assert on_paper(record) is kept
    assert configuration("")["loggers"]["weasyprint"]["filters"] == ["paper"]
    assert configuration("")["filters"]["paper"]["()"]() is on_paper
