"""Publishing: what is refused, in which words, and what a correction leaves behind."""

import pytest
from django.core.management import CommandError, call_command

from budgets.models import AuditTrail, ExpenditureLine, Membership
from disclosure import workflow
from disclosure.document import Document
from disclosure.enums import EditionKind, FileFormat, Status
from disclosure.models import Edition, EditionFile, Narrative
from disclosure.render import RENDERERS


@pytest.fixture
def publisher(edition):
    return edition.published_by


@pytest.fixture
def changed(disclosure):
    """The sample's draft with one sentence changed."""
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    return disclosure


@pytest.fixture
def without_pdf(monkeypatch):
    """Leave the slow PDF out where a test is about something else."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())


def refusal(disclosure, by, **options) -> str:
    """Say why publishing is refused, having seen that nothing was published."""
    before = Edition.objects.count(), AuditTrail.objects.count()
    with pytest.raises(workflow.RefusalError) as caught:
        workflow.publish(disclosure, by=by, **options)
    assert (Edition.objects.count(), AuditTrail.objects.count()) == before
    return str(caught.value)


def test_the_first_edition_is_numbered_dated_and_signed(edition, disclosure):
    assert (edition.number, edition.kind, edition.supersedes) == (1, EditionKind.FIRST, None)
    assert edition.published_by.username == "demo-publisher"
    assert edition.index_number == disclosure.index_number == "130303203/2022-00001"
    assert disclosure.status == Status.PUBLISHED
    assert {file.format for file in edition.files.all()} == set(FileFormat)


def test_unchanged_content_is_not_published_again(disclosure, publisher):
    assert refusal(disclosure, publisher, reason="再公开一次") == "内容与已公开的第1版完全相同，不需要再次公开。"


def test_a_correction_needs_its_reason(changed, publisher):
    assert refusal(changed, publisher, reason="  ") == "已有第1版公开，再次公开属于更正，请说明更正理由。"


def test_only_a_publisher_of_the_government_publishes(changed, publisher, django_user_model):
    stranger = django_user_model.objects.create(username="某人")

    assert refusal(changed, stranger, reason="更正").startswith("用户“某人”不是山海关区的发布人")

    Membership.objects.filter(user=publisher).delete()

    assert "不是山海关区的发布人" in refusal(changed, publisher, reason="更正")


def test_a_table_without_data_or_reason_is_not_published(changed, publisher):
    changed.empty_tables.get(table="procurement").delete()

    assert refusal(changed, publisher, reason="更正") == (
        "以下表格没有数据，也没有空表说明：部门政府采购预算。请填写数据，或填写空表说明。"
    )


def test_a_table_declared_empty_that_has_data_is_not_published(changed, publisher):
    changed.empty_tables.create(table="assets", reason="没有资产")

    assert refusal(changed, publisher, reason="更正") == (
        "以下表格已有数据，又填写了空表说明：部门固定资产占用情况表。请删除空表说明或数据。"
    )


def test_a_section_without_words_is_not_published(changed, publisher):
    Narrative.objects.filter(disclosure=changed, key="other_matters").update(text="")

    assert refusal(changed, publisher, reason="更正") == "以下部分没有内容：九、其他需要说明的事项。请填写后再公开。"


def test_income_and_spending_that_differ_are_not_published(changed, publisher):
    line = ExpenditureLine.objects.first()
    line.amount += 1
    line.save()

    assert refusal(changed, publisher, reason="更正") == (
        "收入总计10908800.00元与支出总计10908801.00元不相等，相差1.00元。请核对收入、支出和结转。"
    )


def test_a_draft_changed_while_its_files_are_drawn_is_not_published(changed, publisher, monkeypatch):
    def meddle(document):
        Narrative.objects.filter(disclosure=changed, key="other_matters").update(text="又改了。")
        return b"%PDF"

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, meddle)

    assert refusal(changed, publisher, reason="更正").startswith("生成文件期间，内容被修改")


def test_a_correction_is_a_new_edition_that_names_its_predecessor(changed, publisher, edition, without_pdf):
    correction = workflow.publish(changed, by=publisher, reason="补充说明")

    assert (correction.number, correction.kind, correction.supersedes) == (2, EditionKind.CORRECTION, edition)
    assert correction.reason == "补充说明"
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
        (["203", "2022"], "内容与已公开的第1版完全相同"),
    ],
)
def test_the_command_says_what_to_do(edition, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("publish", *arguments)
