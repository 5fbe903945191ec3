"""A long import is worked apart, followed on its page, and ends with a record or with nothing and a sentence."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

SCRIPT = Path(__file__).with_name("apart.py")
ROOT = SCRIPT.parents[3]
LINES = 300
NOTHING = [0, 1]
"""No line of the import that failed, and only the record of the one that went before."""
pytestmark = pytest.mark.timeout(400)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only a server can cut a connection")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the pages said, in a database and folders of their own."""
    folder = tmp_path_factory.mktemp("apart")
    (folder / "tmp").mkdir()
    url = f"sqlite:///{folder / 'apart.sqlite3'}"
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/apart_{os.getpid()}").geturl()
    places = {"DATABASE_URL": url, "VAR_DIR": str(folder), "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, SCRIPT],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", **places},
        capture_output=True,
        text=True,
        check=False,
        timeout=380,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_long_file_is_followed_previewed_and_taken_in(told):
    whole = told["whole"]

    assert re.search(r"<strong>(等待开始|正在|已)", whole["progress"][0])
    assert any("正在预览：支出明细.csv" in page for page in whole["progress"])
    assert "预览，还没有写入" in whole["page"]
    assert "重新预览" in whole["page"]
    assert whole["before"] == [0, 0]
    assert f"已导入“支出明细.csv”：新增{LINES}行" in whole["record"]
    assert whole["after"] == [LINES, 1]
    assert whole["left"] == []


def test_the_lists_of_a_long_preview_are_written_apart(told):
    assert told["whole"]["listed"].startswith("attachment; ")


def test_only_who_uploaded_opens_it_and_the_others_see_that_it_waits(told):
    link = re.compile(r'<a href="[^"]*/workbook/preview/\?file=')

    assert link.search(told["whole"]["own"])
    assert "预览已完成，等待确认" in told["whole"]["others"]
    assert not link.search(told["whole"]["others"])
    assert "预览已经过期" in told["whole"]["stolen"]


def test_whoever_comes_back_after_it_was_taken_in_finds_the_record(told):
    assert "这个文件已经导入过，没有再次导入“支出明细.csv”：" in told["whole"]["again"]


def test_a_process_that_dies_leaves_nothing_and_is_told(told):
    assert "处理这个文件的程序中途停止" in told["died"]["dead"]
    assert "再试一次" in told["died"]["dead"]
    assert told["died"]["stored"] == NOTHING
    assert "预览，还没有写入" in told["died"]["again"]


def test_an_import_that_is_given_up_leaves_nothing(told):
    stopped = told["stopped"]

    assert stopped["stored"] == NOTHING
    if connection.vendor == "postgresql":  # the server still waits for what the test holds
        assert "是否已经导入尚不能确定" in stopped["at_once"]
        assert "已停止处理，没有导入任何内容。" in stopped["later"]
    else:
        assert "已停止处理“支出明细.csv”，没有导入任何内容。" in stopped["at_once"]
        assert stopped["left"] == []


@on_postgresql
def test_a_connection_lost_at_the_last_step_apart_leaves_nothing_and_is_told(told):
    assert "连接中断或暂时不能写入，没有导入任何内容" in told["cut_apart"]["told"]
    assert told["cut_apart"]["stored"] == NOTHING


@on_postgresql
def test_a_connection_lost_at_the_last_step_of_a_page_leaves_nothing_and_is_told(told):
    cut = told["cut_at_once"]

    assert cut["status"] == 200
    assert "连接中断或暂时不能写入，没有导入任何内容" in cut["told"]
    assert cut["stored"] == NOTHING
    assert f"已导入“支出明细.csv”：新增{LINES}行" in cut["again"]
    assert "这个文件已经导入过，没有再次导入" in cut["twice"]
    assert cut["after"] == [LINES, 2]
