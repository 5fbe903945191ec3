"""``manage.py audit``: any file, or a disclosure of ours."""

import json
from io import StringIO

import foreign
import pytest
from django.core.management import CommandError, call_command

from disclosure.audit import RULES


def said(*arguments, **options):
    out = StringIO()
    status = 0
    try:
        call_command("audit", *arguments, stdout=out, **options)
    except SystemExit as stopped:
        status = stopped.code
    return status, out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "预算.txt"
    path.write_bytes(foreign.text())
    return path


def test_findings_are_a_list_in_json(tmp_path):
    wrong = foreign.THREE_PUBLIC.replace("合计\t8.00\t7.50", "合计\t8.00\t9.50")
    path = tmp_path / "a.txt"
    path.write_bytes(foreign.text(wrong))

    status, out = said(file=path, format="json")

    found = json.loads(out)
    assert status == 1
    assert all(list(one) == ["rule", "severity", "place", "message"] for one in found)
    assert {one["rule"] for one in found} <= set(RULES)
    assert "T7.1" in {one["rule"] for one in found}


def test_reasons_are_told_where_asked(file):
    _, short = said(file=file)
    _, long = said(file=file, all=True)

    assert "X17　不适用：不是本平台写成的文件" not in short
    assert "X17　不适用：不是本平台写成的文件" in long
    assert "通过 T1.5" in long


def test_our_own_disclosure_is_audited(disclosure):
    _, out = said("203", "2022", format="json")

    assert [one for one in json.loads(out) if one["rule"][0] in "TX"] == []


@pytest.mark.parametrize("arguments", [(), ("203",), ("203", "2022", "--file=a.txt")])
def test_a_department_or_a_file_must_be_named(arguments):
    with pytest.raises(CommandError, match="请写部门编码和年度"):
        said(*arguments)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="不能读取文件"):
        said(file=tmp_path / "b.txt")
