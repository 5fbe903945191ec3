"""A folder of old disclosures with its list: all of it is published, or none, and every line says what is wrong."""

from io import StringIO

import pytest
from archived import PLANTED, SCANNED, somebody, word
from django.core.management import CommandError, call_command

from budgets.enums import Role
from budgets.models import AuditTrail, Department
from disclosure.models import ArchivedDisclosure

HEAD = "文件,部门编码,年度,标题,原公开日期,阶段,仍然公开的理由\n"


@pytest.fixture
def publisher(db):
    """The publisher of the sample's government."""
    return somebody(Role.PUBLISHER, Department.objects.get(code="203"), whole=True)


@pytest.fixture
def folder(tmp_path):
    """Two old files."""
    (tmp_path / "2019.docx").write_bytes(word("2019年部门预算"))
    (tmp_path / "2020.docx").write_bytes(word("2020年部门预算"))
    return tmp_path


def run(folder, publisher, lines, *options, head=HEAD, encoding="utf-8-sig"):
    """Import the folder by a list of these lines."""
    (folder / "清单.csv").write_bytes((head + lines).encode(encoding))
    said = StringIO()
    call_command(
        "import_archive", str(folder), str(folder / "清单.csv"), "--by", publisher.username, *options, stdout=said
    )
    return said.getvalue()


GOOD = "2019.docx,203,2019,2019年部门预算,2019年3月1日,,\n2020.docx,203,2020年,2020年部门预算,2020-03-02,年初预算,\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_folder_is_published_and_shown_to_the_public(client, folder, publisher, encoding):
    said = run(folder, publisher, GOOD, encoding=encoding)

    assert "已发布2份" in said
    assert list(ArchivedDisclosure.objects.order_by("year").values_list("year", "title")) == [
        (2019, "2019年部门预算"),
        (2020, "2020年部门预算"),
    ]
    assert "2019年部门预算" in client.get("/130303/2019/203/").content.decode()
    assert AuditTrail.objects.filter(action="publish_archived", actor=publisher).count() == 2


def test_a_rehearsal_publishes_nothing(folder, publisher):
    said = run(folder, publisher, GOOD, "--dry-run")

    assert "都可以发布" in said
    assert not ArchivedDisclosure.objects.exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2021.docx,203,2019,标题,2019-03-01,,", "没有文件“2021.docx”"),
        ("../2019.docx,203,2019,标题,2019-03-01,,", "不在给定的文件夹里"),
        ("2019.docx,999,2019,标题,2019-03-01,,", "没有编码为“999”的部门"),
        ("2019.docx,203,19,标题,2019-03-01,,", "年度“19”"),
        ("2019.docx,203,2019,标题,三月一日,,", "原公开日期“三月一日”"),
        ("2019.docx,203,2019,标题,2019-02-30,,", "原公开日期“2019-02-30”"),
        ("2019.docx,203,2019,标题,2019-03-01,草案,", "阶段“草案”"),
        ("2019.docx,203,2019,,2019-03-01,,", "没有填写标题"),
        ("2019.docx,203,2019,标题,2999-03-01,,", "不能晚于今天"),
        ("2019.docx,203,2022,标题,2022-03-01,,", "已在本平台公开"),
        ("清单.csv,203,2019,标题,2019-03-01,,", "清单.csv"),
    ],
)
def test_one_bad_line_stops_all_and_is_named(folder, publisher, line, message):
    with pytest.raises(CommandError) as refused:
        run(folder, publisher, f"{GOOD}{line}\n")

    assert "第4行" in str(refused.value)
    assert message in str(refused.value)
    assert "一份也没有发布" in str(refused.value)
    assert not ArchivedDisclosure.objects.exists()


def test_all_bad_lines_are_named_at_once(folder, publisher):
    bad = "none.docx,203,2019,标题,2019-03-01,,\n2019.docx,998,2019,标题,2019-03-01,,\n"

    with pytest.raises(CommandError) as refused:
        run(folder, publisher, bad)

    assert "第2行" in str(refused.value)
    assert "第3行" in str(refused.value)


def test_the_same_file_twice_is_refused_with_both_lines(folder, publisher):
    with pytest.raises(CommandError, match=r"第4行：与.*第2行是同一份文件"):
        run(folder, publisher, f"{GOOD}2019.docx,203,2019,又一次,2019-03-01,,\n")


def test_personal_data_needs_a_reason(folder, publisher):
    (folder / "2019.docx").write_bytes(word(PLANTED))

    with pytest.raises(CommandError, match="个人信息"):
        run(folder, publisher, GOOD)
    run(folder, publisher, GOOD.replace("2019年3月1日,,", "2019年3月1日,,办公电话，依法公开"))

    assert ArchivedDisclosure.objects.get(year=2019).confirmation == "办公电话，依法公开"


def test_a_scan_is_published_when_somebody_has_looked_through_it(folder, publisher):
    (folder / "2019.pdf").write_bytes(SCANNED)

    run(folder, publisher, "2019.pdf,203,2019,2019年部门预算,2019-03-01,,已逐页核对\n")

    assert ArchivedDisclosure.objects.get().extension == "pdf"


def test_a_column_nobody_knows_is_named(folder, publisher):
    with pytest.raises(CommandError, match="不认识的列“备注”"):
        run(folder, publisher, GOOD, head=HEAD.replace("阶段", "备注"))


def test_a_list_without_headings_is_told_what_it_needs(folder, publisher):
    with pytest.raises(CommandError, match="至少有文件、部门编码、年度、标题、原公开日期"):
        run(folder, publisher, GOOD, head="")


def test_somebody_who_is_no_publisher_is_refused(folder, db):
    clerk = somebody(Role.CLERK, Department.objects.get(code="203"))

    with pytest.raises(CommandError, match="不是.*发布人"):
        run(folder, clerk, GOOD)
    assert not ArchivedDisclosure.objects.exists()


def test_a_folder_that_is_not_there_is_named(folder, publisher):
    with pytest.raises(CommandError, match="请核对路径"):
        call_command("import_archive", str(folder / "none"), str(folder), "--by", publisher.username)
