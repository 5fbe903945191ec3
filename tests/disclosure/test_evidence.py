"""留痕材料: everything on record about an edition, as it was when it was published, for those who answer for it."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from archived import PLANTED, SCANNED, somebody
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from factories import a_unit
from walking import REASON, crew_of, edited, made_ready, opened, published, withdrawn
from workbooks import a_clerk

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import evidence, workflow
from disclosure.attaching import attach, void_attachment
from disclosure.enums import FileFormat
from disclosure.evidence.archive import Archive, numbered
from disclosure.intake.run import Upload, commit
from disclosure.intake.template import export
from disclosure.judgement import judge, take_back, waive
from disclosure.models import (
    AuditResult,
    Disclosure,
    EditionEvidence,
    Explanation,
    ImportRecord,
    ImportRun,
    Narrative,
    Waiver,
)
from disclosure.refusal import RefusalError
from disclosure.render import RENDERERS
from performance.models import Indicator

ENTITLED = {role for role in Role if role in evidence.ENTITLED}
TELLING = "撤下以后不能再有的一句话"


@pytest.fixture(autouse=True)
def _without_pdf(monkeypatch):
    """Leave the slow PDF out: what is packed is what was stored."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())


@pytest.fixture
def auditor(disclosure):
    return somebody(Role.AUDITOR, disclosure.budget.department, whole=True)


def say(disclosure, text: str = TELLING) -> None:
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=text)


def corrected(disclosure, text: str = TELLING):
    """Publish a second edition that says ``text``."""
    return edited(disclosure, lambda: say(disclosure, text))


def unpacked(edition, by) -> dict[str, bytes]:
    made = evidence.pack(edition, by=by)
    with made.file, zipfile.ZipFile(made.file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_pack_lists_every_file_with_its_hash(edition, auditor):
    files = unpacked(edition, auditor)

    listed = {row["文件"]: (row["字节数"], row["校验值（SHA-256）"]) for row in rows(files["清单.csv"])}
    assert listed == {
        name: (str(len(data)), hashlib.sha256(data).hexdigest()) for name, data in files.items() if name != "清单.csv"
    }
    assert {row["情况"] for row in rows(files["清单.csv"])} == {"完好"}


def test_the_pack_holds_the_content_and_the_files_to_the_byte(edition, auditor):
    files = unpacked(edition, auditor)

    assert hashlib.sha256(files["1-版次/内容.json"]).hexdigest() == edition.content_sha256
    for row in edition.files.all():
        assert files[f"1-版次/公开文件.{row.format}"] == row.read()
    assert json.loads(files["1-版次/版次信息.json"])["content_sha256"] == edition.content_sha256


def test_every_step_and_review_is_told(edition, auditor):
    files = unpacked(edition, auditor)

    acts = [row["办理"] for row in rows(files["3-办理/办理记录.csv"])]
    assert acts == ["提交审核", "签署", "签署", "签署", "审核通过", "公开"]
    steps = [row["审核步骤"] for row in rows(files["3-办理/审签.csv"])]
    assert steps == ["部门审核", "保密审查", "负责人审签", "财政审核"]


def test_the_trails_rows_can_be_hashed_again(edition, auditor):
    files = unpacked(edition, auditor)

    told = {row["编号"]: row for row in rows(files["6-审计轨迹/审计轨迹.csv"])}
    stored = AuditTrail.objects.filter(pk__in=told)
    assert len(stored) == len(told) > 5
    for row in stored:
        assert told[str(row.pk)]["校验值"] == row.hash == row.digest()
        assert told[str(row.pk)]["内容"] == row.detail


def test_a_correction_tells_only_what_led_to_it(disclosure, edition, auditor):
    opened(disclosure)
    clerk, reviewer = (crew_of(disclosure)[role] for role in (Role.CLERK, Role.DEPARTMENT_REVIEWER))
    remark = workflow.remark(disclosure, by=reviewer, text="=请核对", place="第九部分")
    workflow.answer(remark, by=clerk, text="已核对")
    second = corrected(disclosure)

    files = unpacked(second, auditor)

    acts = [row["办理"] for row in rows(files["3-办理/办理记录.csv"])]
    assert acts == ["发起更正", "提交审核", "签署", "签署", "签署", "审核通过", "公开"]
    [told] = rows(files["3-办理/审核意见.csv"])
    assert (told["意见"], told["处理情况"]) == ("'=请核对", "已核对")
    assert rows(unpacked(edition, auditor)["3-办理/审核意见.csv"]) == []


def test_findings_are_those_of_the_day_of_publication(disclosure, auditor):
    opened(disclosure)
    goal = Indicator.objects.filter(goal__budget=disclosure.budget).first().goal
    goal.indicators.filter(classified__level1="产出指标").delete()
    warned = {item.said.message for item in judge(disclosure).unexplained}
    second = published(disclosure)
    AuditResult.objects.all().delete()
    Explanation.objects.all().delete()

    files = unpacked(second, auditor)

    found = json.loads(files["2-检查/检查结果.json"])["findings"]
    assert warned <= {one["message"] for one in found}
    assert REASON in {row["理由"] for row in rows(files["2-检查/警告的原因.csv"])}
    told = files["2-检查/检查结果.txt"].decode("utf-8-sig")
    assert all(f"警告 {one['code']}　{one['message']}" in told for one in found if one["message"] in warned)
    assert f"原因：{REASON}（" in told


def test_a_waiver_taken_back_while_files_are_drawn_stops_the_publication(disclosure, monkeypatch):
    bureau = crew_of(opened(disclosure))[Role.BUREAU_REVIEWER]
    say(disclosure, PLANTED)
    [error] = judge(disclosure).blocking
    waive(disclosure, error.said.fingerprint, by=bureau, reason="已公开的办公电话")
    ready = made_ready(disclosure)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda _document: _take_all_back(ready, bureau))
    before = EditionEvidence.objects.count()

    with pytest.raises(RefusalError, match="错误的豁免被撤回"):
        workflow.publish(ready, by=crew_of(disclosure)[Role.PUBLISHER])

    assert EditionEvidence.objects.count() == before


def test_a_waiver_is_in_the_pack(disclosure, auditor):
    bureau = crew_of(opened(disclosure))[Role.BUREAU_REVIEWER]
    say(disclosure, PLANTED)
    [error] = judge(disclosure).blocking
    waive(disclosure, error.said.fingerprint, by=bureau, reason="已公开的办公电话")
    second = published(disclosure)
    Waiver.objects.all().delete()

    files = unpacked(second, auditor)

    [told] = rows(files["2-检查/错误的豁免.csv"])
    assert (told["理由"], told["账号"], told["规则"]) == ("已公开的办公电话", bureau.username, error.said.code)
    assert "豁免：已公开的办公电话（" in files["2-检查/检查结果.txt"].decode("utf-8-sig")


def _take_all_back(disclosure, bureau) -> bytes:
    for waiver in Waiver.objects.filter(disclosure=disclosure):
        take_back(waiver, by=bureau)
    return b"%PDF"


def test_what_was_imported_comes_with_its_file_and_trace(disclosure, auditor):
    opened(disclosure)
    clerk = a_clerk(disclosure)
    data = export(Disclosure.objects.get(pk=disclosure.pk), by=clerk)
    commit(Disclosure.objects.get(pk=disclosure.pk), Upload("=填 报/表.xlsx", data), by=clerk)
    second = corrected(disclosure)

    files = unpacked(second, auditor)

    [told] = rows(files["4-导入/导入记录.csv"])
    assert told["文件名"] == "'=填 报/表.xlsx"
    assert files[f"4-导入/{told['原文件']}"] == data
    assert json.loads(files["4-导入/出处/01.json"]) == json.loads(ImportRecord.objects.latest("run").trace)
    assert all(row["文件"] for row in rows(files["清单.csv"]))


def an_import(disclosure, by, data: bytes, at) -> ImportRun:
    counts = dict.fromkeys(("added", "changed", "removed", "version"), 1)
    run = ImportRun(disclosure=disclosure, file_name="部门.xlsx", by=by, at=at, **counts)
    run.keep(data)
    run.save()
    ImportRecord.objects.create(run=run, before="[]", trace="{}")
    return run


def test_a_units_reviewer_does_not_get_the_departments_files(disclosure, edition):
    at = edition.published_at - timedelta(minutes=1)
    unit = disclosure.budget.department.units.get(code="203001")
    own = Disclosure.objects.create(budget=disclosure.budget, unit=unit)
    by = edition.published_by
    for draft, data in ((disclosure, b"whole department"), (own, b"one unit")):
        an_import(draft, by, data, at)
    theirs = type(edition).objects.get(pk=edition.pk)
    theirs.pk, theirs.disclosure, theirs.unit_code, theirs._state.adding = None, own, unit.code, True
    theirs.save()
    reviewer = somebody(Role.DEPARTMENT_REVIEWER, disclosure.budget.department)
    reviewer.memberships.update(unit=unit)

    period = evidence.Period.of(theirs)
    reach = period.imports_within_reach(type(reviewer).objects.get(pk=reviewer.pk))

    assert [run.disclosure for run in period.imports()] == [disclosure, own]
    assert reach == set(ImportRun.objects.filter(disclosure=own).values_list("pk", flat=True))


def test_scans_are_in_the_pack_and_mistaken_ones_marked(disclosure, edition, auditor):
    clerk = crew_of(disclosure)[Role.CLERK]
    kept = [
        attach(disclosure, by=clerk, kind="signature", name=name, data=SCANNED) for name in ("审签.pdf", "审签.pdf")
    ]
    void_attachment(kept[0], by=clerk, reason="传错")

    files = unpacked(edition, auditor)

    assert files["5-附件/文件/01-审签.pdf"] == files["5-附件/文件/02-审签.pdf"] == SCANNED
    assert [row["作废理由"] for row in rows(files["5-附件/附件清单.csv"])] == ["传错", ""]


def test_a_lost_file_is_listed_as_lost_and_nothing_else_is_missing(disclosure, edition, auditor):
    kept = attach(disclosure, by=crew_of(disclosure)[Role.CLERK], kind="other", name="a.pdf", data=SCANNED)
    default_storage.delete(kept.storage_name)

    made = evidence.pack(edition, by=auditor)

    with made.file, zipfile.ZipFile(made.file) as archive:
        listed = {row["文件"]: row for row in rows(archive.read("清单.csv"))}
        assert "5-附件/文件/01-a.pdf" not in archive.namelist()
    assert made.missing == 1
    assert listed["5-附件/文件/01-a.pdf"]["情况"].startswith("缺失")
    assert listed["5-附件/文件/01-a.pdf"]["校验值（SHA-256）"] == kept.sha256


def test_the_same_records_give_the_same_bytes_and_each_time_is_on_the_trail(edition, auditor):
    first, again = (evidence.pack(edition, by=auditor) for _ in range(2))

    with first.file, again.file:
        assert first.file.read() == again.file.read()
    noted = AuditTrail.objects.filter(action="download_evidence", actor=auditor)
    assert [json.loads(row.detail)["sha256"] for row in noted] == [first.sha256] * 2
    assert {row.subject for row in noted} == {f"disclosure:{edition.disclosure_id}"}


def test_an_urgent_publication_is_told(disclosure, edition, auditor, django_user_model):
    urgent = somebody(Role.EMERGENCY_PUBLISHER, disclosure.budget.department, whole=True)
    opened(disclosure)
    say(disclosure)
    second = workflow.publish_urgently(Disclosure.objects.get(pk=disclosure.pk), by=urgent, reason="舆情回应")

    files = unpacked(second, auditor)

    [told] = rows(files["3-办理/紧急公开.csv"])
    assert (told["紧急公开的理由"], told["确认意见"]) == ("舆情回应", "（尚未确认）")
    assert rows(files["3-办理/审签.csv"]) == []


def test_a_withdrawn_editions_pack_has_records_and_no_content(disclosure, edition, auditor):
    second = corrected(disclosure)
    attach(disclosure, by=crew_of(disclosure)[Role.CLERK], kind="other", name="a.pdf", data=SCANNED)
    assert any(TELLING.encode() in data for data in unpacked(second, auditor).values())
    withdrawn(second, reason="含个人信息")

    files = unpacked(second, auditor)

    assert [name for name, data in files.items() if TELLING.encode() in data] == []
    assert not any(name.startswith(("2-检查", "4-导入/原", "4-导入/出", "5-附件/文")) for name in files)
    assert sorted(name for name in files if name.startswith("1-版次")) == ["1-版次/版次信息.json"]
    assert rows(files["3-办理/撤下记录.csv"])[0]["撤下理由"] == "含个人信息"
    assert rows(files["3-办理/办理记录.csv"])[-1]["办理"] == "撤下"
    assert len(rows(files["5-附件/附件清单.csv"])) == 1
    assert "已经撤下" in files["说明.txt"].decode("utf-8-sig")
    assert not EditionEvidence.objects.filter(edition=second).exists()
    assert EditionEvidence.objects.filter(edition=edition).exists()


def test_an_edition_of_the_time_before_says_that_nothing_was_kept(edition, auditor):
    bare = type(edition).objects.get(pk=edition.pk)
    bare.pk, bare.number, bare._state.adding = None, 9, True
    bare.supersedes, bare.kind, bare.reason = edition, "correction", "补"
    bare.save()
    type(edition.content).objects.create(edition=bare, text=edition.content.text)

    files = unpacked(bare, auditor)

    assert "还不保存公开时的检查结果" in files["2-检查/检查结果.txt"].decode("utf-8-sig")


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_those_who_answer_for_it_have_the_pack_and_nobody_else(client, edition, role):
    department = edition.disclosure.budget.department
    user = somebody(role, department, whole=role in {Role.BUREAU_REVIEWER, Role.PUBLISHER, Role.AUDITOR})
    client.force_login(user)

    response = client.get(reverse("admin:edition_evidence", args=[edition.pk]))

    assert evidence.may_have_evidence(user, edition) == (role in ENTITLED)
    assert (response.status_code == 200) == (role in ENTITLED)


@pytest.mark.parametrize("role", [Role.CLERK, Role.DEPARTMENT_REVIEWER])
def test_another_departments_people_do_not_have_it(client, edition, role):
    stranger = somebody(role, a_unit("130303", "299", "299001").department)
    client.force_login(stranger)

    assert client.get(reverse("admin:edition_evidence", args=[edition.pk])).status_code in {403, 404}
    with pytest.raises(RefusalError, match="不能下载"):
        evidence.pack(edition, by=stranger)
    page = client.get(reverse("admin:disclosure_edition_change", args=[edition.pk]))
    assert "下载留痕材料" not in page.content.decode()


def test_the_page_of_an_edition_offers_the_pack_as_a_file_to_save(client, edition, auditor):
    client.force_login(auditor)
    page = client.get(reverse("admin:disclosure_edition_change", args=[edition.pk])).content.decode()
    address = reverse("admin:edition_evidence", args=[edition.pk])

    response = client.get(address)

    assert f'href="{address}">下载留痕材料</a>' in page
    data = b"".join(response.streaming_content)
    assert int(response["Content-Length"]) == len(data)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''203-2022%E5%B9%B4")
    assert "no-store" in response["Cache-Control"]
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert client.post(address).status_code == 405


def test_a_command_writes_the_pack(edition, tmp_path, capsys):
    target = tmp_path / "留痕.zip"

    call_command("evidence_pack", "130303", "203", "2022", str(target), edition=1, by="demo-publisher")

    assert zipfile.ZipFile(target).testzip() is None
    assert target.stat().st_mode & 0o777 == 0o600
    assert "已写出" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有找到这一版次"):
        call_command("evidence_pack", "130303", "203", "2022", str(target), edition=7)
    with pytest.raises(CommandError, match="不能写文件"):
        call_command("evidence_pack", "130303", "203", "2022", str(tmp_path), by="demo-publisher")
    with pytest.raises(CommandError, match="不能下载"):
        call_command("evidence_pack", "130303", "203", "2022", str(target), by="demo-clerk")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../..\\a\r\n.pdf", "01-_.._a__.pdf"),
        ("", "01-文件"),
        ("尾.", "01-尾"),
        ("𠀀" * 300 + ".pdf", "01-" + "𠀀" * 56 + ".pdf"),
    ],
)
def test_names_are_safe_on_every_system(name, shown):
    assert numbered(1, name) == shown
    assert len(numbered(99, name).encode()) <= 255


def test_names_are_marked_as_utf_8_and_times_are_fixed(edition):
    written = io.BytesIO()
    archive = Archive(written, edition.published_at)
    archive.add_rows("中文.csv", ("列",), [("=1+1",), ("@x",), (5,)])
    archive.close()

    members = zipfile.ZipFile(written).infolist()

    assert all(one.flag_bits & 0x800 for one in members)
    assert len({one.date_time for one in members}) == 1
    assert rows(zipfile.ZipFile(written).read("中文.csv")) == [{"列": "'=1+1"}, {"列": "'@x"}, {"列": "5"}]
