"""The page on security says what is so: secrets, connections, files, limits and logs are those of the program."""

import ast
import re
from pathlib import Path

import pytest

from budgets.formats import LARGEST_BOUNDED, LARGEST_FILE, LARGEST_UNPACKED
from budgets.readers import pdf, word, workbook
from budgets.readers.files import SUFFIXES
from disclosure.board import acts
from disclosure.desk import working
from disclosure.filetypes import DOCUMENTS, SCANS, TYPES
from disclosure.render import apart
from portal import logs, uploads
from portal.hardening import RATES_A_MINUTE

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
SOURCES = [path for name in ("budgets", "disclosure", "performance", "portal") for path in (ROOT / name).rglob("*.py")]
SECRETS = {"SECRET_KEY", "DATABASE_URL", "REPLICA_URL", "EMAIL_URL", "OBJECT_STORAGE", "SIGNING_CERTIFICATE"}
SECRETS |= {"SIGNING_PASSWORD", "SIGNING_PASSWORD_FILE", "SM2_KEY", "SM2_PASSWORD_FILE"}
WAYS_OUT = {"socket", "http", "urllib", "smtplib", "ftplib", "requests", "httpx", "aiohttp", "boto3", "botocore", "ssl"}
CALLING = {
    "budgets/objects.py": "the store of objects",
    "disclosure/management/working.py": "the name of this machine",
}
MB = 1024 * 1024


def section(name: str) -> str:
    return TEXT.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def table(name: str) -> dict[str, list[str]]:
    """Return the rows of a section's table by their first cell."""
    lines = [line for line in section(name).splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in rows}


def imported(path: Path) -> set[str]:
    """Name the modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize(
    ("name", "least"),
    [("数据分级", 5), ("密码算法和密钥", 13), ("与外部的连接", 5), ("收什么文件", 8), ("有哪些日志", 7)],
)
def test_no_cell_of_a_table_is_left_open(name, least):
    rows = table(name)

    assert len(rows) >= least
    assert len({len(row) for row in rows.values()}) == 1
    assert [first for first, row in rows.items() if not all(row)] == []


def test_every_secret_of_the_environment_is_in_the_list_of_keys():
    example = set(re.findall(r"^#([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    listed = set(re.findall(r"`([A-Z0-9_]+)`", section("密码算法和密钥")))
    secret = {name for name in example if re.search(r"PASSWORD(_FILE)?$|KEY$|CERTIFICATE$|_URL$", name)}

    assert secret - {"SITE_URL", "PUBLIC_URL"} <= SECRETS <= listed


def test_nothing_is_called_but_what_is_listed():
    calling = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for name in imported(path)
        if name.partition(".")[0] in WAYS_OUT and not name.startswith(("urllib.parse", "http.cookies"))
    }
    named = set(re.findall(r"`([A-Z_]+)`", section("与外部的连接")))

    assert calling <= CALLING.keys()
    assert named >= {"DATABASE_URL", "REPLICA_URL", "EMAIL_URL", "OBJECT_STORAGE"}


def test_the_files_that_are_taken_are_listed_with_their_sizes():
    rows = table("收什么文件")
    ends = {"附件": SCANS, "历史文件": DOCUMENTS}

    assert set(rows["填报表、批复数、年度目录、检查"][0].split("、")) == set(SUFFIXES)
    for name, kinds in ends.items():
        assert set(rows[name][0].split("、")) == {suffix for kind in kinds for suffix in TYPES[kind].suffixes}
        assert rows[name][1] == f"{LARGEST_FILE // MB}MB"
    assert rows["填报表、批复数、年度目录、检查"][1:3] == [f"{LARGEST_FILE // MB}MB", f"{LARGEST_BOUNDED // MB}MB"]
    assert rows["后台单张表的导入"][2] == f"{LARGEST_UNPACKED // MB}MB"
    assert rows["公众验证"][1] == f"{uploads.LIMIT // MB}MB"
    assert f"{word.MOST_MEMBERS}个成员" in rows["以前公开的文件（导入、检查）"][2]


def test_the_limits_are_those_in_force():
    rows = {name: row[0] for name, row in table("限额和费时的功能").items()}
    keys = {"检索": "search", "接口": "api", "验证": "verify", "数据包": "downloads", "登录": "sign_in"}

    assert set(keys.values()) == RATES_A_MINUTE.keys()
    for name, key in keys.items():
        assert f"一分钟{RATES_A_MINUTE[key]}次（`RATE_{key.upper()}`）" in rows[name]
    assert f"{workbook.PATIENCE}秒、600MB内存（PDF {pdf.PATIENCE}秒、1200MB）" in rows["拆开文件"]
    assert f"同时{working.AT_ONCE}份" in rows["大文件的导入"]
    assert f"{acts.AT_ONCE}份以内" in rows["一次公开几份"]
    assert f"最长{apart.PATIENCE // 60}分钟" in rows["生成 PDF"]


def test_packages_with_known_holes_have_a_day_by_which_they_go():
    said = section("软件包和漏洞")

    assert [days for days in ("7天", "30天", "90天") if days not in said] == []
    for path in ROOT.glob("requirements*.txt"):
        assert f"`{path.name}`" in said


def test_every_log_says_where_it_lies_how_long_and_who_reads_it():
    rows = table("有哪些日志")

    assert rows["应用日志"][3] == f"{logs.KEPT_DAYS}天"
    assert set(logs.configuration("/x")["handlers"]) == {"console", "file"}
    assert "应用只写前三种" in section("有哪些日志")


def test_the_manual_says_in_how_many_places_one_may_be_signed_in():
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("**超时。**")[2].partition("\n")[0]

    assert "同一账号可以同时在几处登录，处数不限" in manual
    assert "可以结束别处的" in manual
