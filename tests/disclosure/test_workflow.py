"""Publishing: what is refused, in which words, and what a correction leaves behind."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from walking import crew_of, made_ready, opened, published

from budgets.enums import Role
from budgets.models import AuditTrail, Department, ExpenditureLine, Function, Membership
from disclosure import workflow
from disclosure.document import Document
from disclosure.enums import EditionKind, FileFormat, Status
from disclosure.models import Disclosure, Edition, EditionFile, Narrative, Transition
from disclosure.refusal import RefusalError
from disclosure.render import RENDERERS, EngineMissingError
from disclosure.sample.crew import store_crew, walk_to_the_public
from disclosure.sample.government import Plan, make_government
from performance.models import Indicator


@pytest.fixture
def publisher(edition):
    return edition.published_by


@pytest.fixture
def changed(disclosure):
    """The sample's draft, opened for correction, with one sentence changed."""
    draft = opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    return draft


@pytest.fixture
def without_pdf(monkeypatch):
    """Leave the slow PDF out where a test is about something else."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())


def refusal(disclosure) -> str:
    """Say why a draft is not taken for review, having seen that nothing was done."""
    before = Transition.objects.count(), AuditTrail.objects.count()
    with pytest.raises(RefusalError) as caught:
        workflow.submit(disclosure, by=crew_of(disclosure)[Role.CLERK])
    assert (Transition.objects.count(), AuditTrail.objects.count()) == before
    return str(caught.value)


def no_edition(disclosure, by) -> str:
    """Say why publishing is refused, having seen that nothing was published."""
    before = Edition.objects.count(), AuditTrail.objects.count()
    with pytest.raises(RefusalError) as caught:
        workflow.publish(disclosure, by=by)
    assert (Edition.objects.count(), AuditTrail.objects.count()) == before
    return str(caught.value)


def test_the_first_edition_is_numbered_dated_and_signed(edition, disclosure):
    assert (edition.number, edition.kind, edition.supersedes) == (1, EditionKind.FIRST, None)
    assert edition.published_by.username == "demo-publisher"
    assert edition.index_number == disclosure.index_number == "130303203/2022-00001"
    assert disclosure.status == Status.PUBLISHED
    assert {file.format for file in edition.files.all()} == set(FileFormat)


def test_unchanged_content_is_not_published_again(disclosure, edition):
    assert refusal(opened(disclosure)).startswith("内容与已公开的第1版完全相同，不需要再次公开。")


def test_only_a_publisher_of_the_government_publishes(changed, publisher, django_user_model):
    ready, stranger = made_ready(changed), django_user_model.objects.create(username="某人")

    assert no_edition(ready, stranger).startswith("用户“某人”不是203 山海关区组织部门2022年预算公开的“发布人”")

    Membership.objects.filter(user=publisher).delete()

    assert "的“发布人”，不能公开" in no_edition(ready, type(publisher).objects.get(pk=publisher.pk))


def test_a_table_without_data_or_reason_is_not_published(changed, publisher):
    changed.empty_tables.get(table="procurement").delete()

    assert refusal(changed) == ("以下表格没有数据，也没有空表说明：部门政府采购预算。请填写数据，或填写空表说明。")


def test_a_table_of_zeros_needs_its_reason(changed, publisher):
    changed.budget.asset_holdings.update(quantity=0, value=0)

    assert refusal(changed) == (
        "以下表格没有数据，也没有空表说明：部门固定资产占用情况表。请填写数据，或填写空表说明。"
    )
    changed.empty_tables.create(table="assets", reason="没有资产")
    Indicator.objects.filter(measure="辆").update(name="投保险种数", measure="种")  # no vehicles, none to insure
    assert published(changed).number == 2


def test_a_section_without_words_is_not_published(changed, publisher):
    Narrative.objects.filter(disclosure=changed, key="other_matters").update(text="")

    assert refusal(changed) == "以下部分没有内容：九、其他需要说明的事项。请填写后再公开。"


def test_a_sub_heading_without_words_is_not_published(changed, publisher):
    Narrative.objects.filter(disclosure=changed, key="duties").delete()
    changed.budget.duty_goals.all().delete()

    assert refusal(changed) == (
        "以下部分没有内容：一、部门职责及机构设置情况·部门职责、五、绩效预算信息·分项绩效目标。请填写后再公开。"
    )


def test_lines_in_the_wrong_place_are_not_published(changed, publisher):
    lines, function = ExpenditureLine.objects.filter(budget=changed.budget), Function.objects.get
    line = lines.first()
    right = line.function

    ExpenditureLine.objects.filter(pk=line.pk).update(function=function(code="20132"))
    assert refusal(changed) == "以下功能分类没有细化到项：20132。请改为7位编码。"

    ExpenditureLine.objects.filter(pk=line.pk).update(function=function(code="2120803"))
    assert refusal(changed).startswith("以下功能分类与资金来源不是同一本预算：2120803")

    elsewhere = Department.objects.create(
        government=changed.budget.fiscal_year.government, code="299", name="外部门", full_name="外部门"
    )
    unit = elsewhere.units.create(code="299001", name="外单位", affiliation="head")
    ExpenditureLine.objects.filter(pk=line.pk).update(function=right, unit=unit)
    assert refusal(changed).startswith("以下单位不属于203 山海关区组织部门，但有收支数据：外单位")


def test_a_units_own_disclosure_is_published_under_its_own_name(db, without_pdf):
    government = make_government(Plan(departments=1, years=1, seed=7, units=2))
    own = Disclosure.objects.exclude(unit=None).get(unit__code="101001", budget__fiscal_year__government=government)

    edition = walk_to_the_public(own, store_crew(government, f"sample-{government.code}"), reason="示例")

    assert (edition.unit_code, edition.unit_name) == ("101001", own.unit.name)
    assert edition.department_code == "101"
    assert edition.publisher == (own.publisher or own.unit.name)
    assert Edition.objects.at(government.code, 2022, "101", "101001").get() == edition


def test_metadata_changed_while_files_are_drawn_is_not_published(changed, publisher, monkeypatch):
    def meddle(_document):
        Disclosure.objects.filter(pk=changed.pk).update(document_number="〔2022〕9号")
        return b"%PDF"

    ready = made_ready(changed)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, meddle)

    assert no_edition(ready, publisher).startswith("生成文件期间，内容被修改")


def test_without_the_pdf_engine_the_edition_goes_out_and_its_pdf_follows(changed, publisher, monkeypatch):
    def missing(_document):
        raise EngineMissingError

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, missing)
    edition = published(changed)
    before = {file.format for file in edition.files.all()}
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())

    call_command("complete_files", stdout=StringIO())

    assert before == set(FileFormat) - {FileFormat.PDF}
    assert edition.files.get(format=FileFormat.PDF).read() == edition.content_sha256.encode()
    assert workflow.complete_files(edition) == []


def test_codes_that_an_edition_prints_are_locked(edition):
    assert set(Function.objects.filter(code__in=["201", "20132", "2013201"]).values_list("published", flat=True)) == {
        True
    }
    assert not Function.objects.get(code="2013203").published


def test_a_file_cut_short_is_replaced(edition):
    file = EditionFile.keep("json", b"whole")
    path = default_storage.path(EditionFile.name_for(file.sha256, "json"))
    Path(path).write_bytes(b"wh")

    EditionFile.keep("json", b"whole")

    assert file.read() == b"whole"


def test_income_and_spending_that_differ_are_not_published(changed, publisher):
    line = ExpenditureLine.objects.first()
    line.amount += 1
    line.save()

    assert refusal(changed) == (
        "收入总计10908800.00元与支出总计10908801.00元不相等，相差1.00元。请核对收入、支出和结转。"
    )


def test_a_draft_changed_while_its_files_are_drawn_is_not_published(changed, publisher, monkeypatch):
    def meddle(document):
        Narrative.objects.filter(disclosure=changed, key="other_matters").update(text="又改了。")
        return b"%PDF"

    ready = made_ready(changed)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, meddle)

    assert no_edition(ready, publisher).startswith("生成文件期间，内容被修改")


def test_a_correction_is_a_new_edition_that_names_its_predecessor(changed, publisher, edition, without_pdf):
    correction = published(changed)

    assert (correction.number, correction.kind, correction.supersedes) == (2, EditionKind.CORRECTION, edition)
    assert (correction.correction_kind, correction.reason) == ("words", "更正")
    assert correction.index_number == edition.index_number
    assert list(Edition.objects.current()) == [correction]
    assert Document.of_edition(edition).section("others").blocks[0].paragraph == "无其他需要说明的事项。"
    assert Document.of_edition(correction).section("others").blocks[0].paragraph == "新增一句说明。"


def test_an_index_number_is_never_used_twice(disclosure, publisher, without_pdf):
    unit = disclosure.budget.department.units.first()
    taken = disclosure.budget.disclosures.create(unit=unit, index_number="130303203/2022-00007")

    assert workflow.next_index_number(disclosure) == "130303203/2022-00008"
    assert workflow.next_index_number(taken) == "130303203001/2022-00001"


def test_files_are_kept_under_their_hash_once(db):
    first, second = EditionFile.keep("json", b"{}"), EditionFile.keep("json", b"{}")

    assert first.sha256 == second.sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert first.read() == b"{}"


def test_the_edition_keeps_its_figures_as_rows(edition, document):
    lines = {line.column: line.amount for line in edition.lines.filter(table="headline")}
    total = edition.lines.get(table="general_expenditure", row=0, column="total")

    assert lines["total"] == document.content.facts.expenditure.total
    assert total.amount == document.table(5).foot("total")
    assert "车辆保险费" in edition.texts.get(section="performance").body


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["204", "2022"], "没有找到204部门2022年的预算公开事项"),
        (["203", "2023"], "没有找到203部门2023年的预算公开事项"),
        (["203", "2022", "--by", "nobody"], "请用 --by 指明一名发布人"),
    ],
)
def test_the_command_says_what_to_do(edition, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("publish", *arguments)


def test_publishing_twice_by_the_command_is_publishing_once(edition):
    said = StringIO()

    call_command("publish", "203", "2022", stdout=said)

    assert (Edition.objects.count(), "第1版" in said.getvalue()) == (1, True)
