"""What must be so before a draft may be published; a refusal is a sentence that names the place and the way out."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from budgets.models import Economic, Function
from budgets.money import ZERO
from disclosure.audit.required import hollow
from disclosure.document import Document
from disclosure.judgement import judge
from disclosure.layouts import LAYOUTS
from disclosure.marks import open_marks
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError
from disclosure.roster import exemption_of
from disclosure.tables.grid import FIGURES, Table
from disclosure.tables.scope import Scope

SHOWN = 5
"""How many errors a refusal lists."""
NOT_THIS_YEARS = ("ordinal", "previous", "change")
"""How the keys of columns begin that say nothing of this year's money."""


def check(disclosure: Disclosure, draft: Document) -> None:
    """Raise RefusalError for the first thing that stands in the way of publication."""
    for places, message in (*_lines(disclosure), *_transfers(disclosure), *_tables(draft), *_words(draft)):
        if places:
            raise RefusalError(message.format("、".join(places)))
    _balanced(draft)
    _audited(disclosure, draft)


def check_submission(disclosure: Disclosure, draft: Document) -> None:
    """Raise RefusalError for the first thing that stands in the way of review."""
    due(disclosure)
    differs(disclosure, draft)
    if draft.context.unreviewed:
        texts = "、".join(draft.context.unreviewed)
        message = f"以下文字从上年带入，还没有人复核：{texts}。请逐一确认或修改。"
        raise RefusalError(message)
    _reviewed(disclosure)
    check(disclosure, draft)
    unexplained = judge(disclosure, draft).unexplained
    if unexplained:
        listed = "\n".join(f"{item.said.code}　{item.said.message}" for item in unexplained[:SHOWN])
        more = f"\n（共{len(unexplained)}处，全部见“检查结果”）" if len(unexplained) > SHOWN else ""
        message = f"还有{len(unexplained)}处警告没有说明原因，请改正或在“检查结果”中说明原因：\n{listed}{more}"
        raise RefusalError(message)


def due(disclosure: Disclosure) -> None:
    """Raise RefusalError where the roster says that nothing is published: registered late, it stops a draft too."""
    if exemption := exemption_of(disclosure):
        message = (
            f"{disclosure}已登记为“{exemption.get_kind_display()}”（{exemption.reason}），不单独公开，不需要提交。"
        )
        raise RefusalError(message)


def _reviewed(disclosure: Disclosure) -> None:
    """Refuse while rows carried over from last year have been neither confirmed nor edited."""
    if marks := open_marks(disclosure):
        counted = Counter(type(mark.now)._meta.verbose_name for mark in marks)
        listed = "、".join(f"{name}{count}处" for name, count in counted.items())
        message = f"以下内容从上年带入，还没有人复核：{listed}。请打开“上年带入的内容”，逐项确认或修改。"
        raise RefusalError(message)


def differs(disclosure: Disclosure, draft: Document) -> None:
    """Raise RefusalError where the draft says what is published already."""
    current = disclosure.editions.current().filter(withdrawal=None).first()
    if current and current.content_sha256 == draft.sha256:
        message = f"内容与已公开的第{current.number}版完全相同，不需要再次公开。没有要改的，请“放弃更正”。"
        raise RefusalError(message)


def _audited(disclosure: Disclosure, draft: Document) -> None:
    """Refuse while an error is neither mended nor waived, or a published waiver speaks of what is no longer there."""
    judgement = judge(disclosure, draft)
    if judgement.blocking:
        listed = "\n".join(f"{item.said.code}　{item.said.message}" for item in judgement.blocking[:SHOWN])
        more = f"\n（共{len(judgement.blocking)}处，全部见“检查结果”）" if len(judgement.blocking) > SHOWN else ""
        message = f"检查发现{len(judgement.blocking)}处错误，改正或由财政审核人豁免后才能公开：\n{listed}{more}"
        raise RefusalError(message)
    void = [waiver for waiver in judgement.void if waiver.published]
    if void:
        message = f"随文件公开的豁免“{void[0]}”所说的错误已经不在了。请由财政审核人撤回这一豁免。"
        raise RefusalError(message)


def _lines(disclosure: Disclosure) -> Iterator[tuple[list[str], str]]:
    """Lines that would stand in the wrong table, or in nobody's."""
    scope = Scope(disclosure, LAYOUTS[disclosure.budget.fiscal_year.layout].plan)
    department = disclosure.budget.department
    for lines in (scope.revenues, scope.expenditures):
        units = lines.outside(department).values_list("unit__name", flat=True).distinct()
        yield list(units), f"以下单位不属于{department}，但有收支数据：{{}}。请改为本部门的单位。"
        shallow = lines.above_item().values_list("function__code", flat=True).distinct()
        yield list(shallow), "以下功能分类没有细化到项：{}。请改为7位编码。"
    foreign = scope.expenditures.of_another_budget().values_list("function__code", flat=True).distinct()
    year = scope.year
    for field, model in (("function", Function), ("economic", Economic)):
        used = scope.expenditures.exclude(**{field: None}).values_list(f"{field}__code", flat=True).distinct()
        unknown = model.objects.not_in_force(year, used)
        yield unknown, f"以下编码不在{year}年的{model._meta.verbose_name}目录中：{{}}。请改用该年度的科目。"
    yield list(foreign), "以下功能分类与资金来源不是同一本预算：{}。请核对科目或来源。"


def _transfers(disclosure: Disclosure) -> Iterator[tuple[list[str], str]]:
    """What one unit of the department says it pays another, and the other says otherwise (both sides cancel out)."""
    budget = disclosure.budget
    paid = budget.expenditurelines.by_transfer()
    received = {(payer, payee): total for (payee, payer), total in budget.revenuelines.by_transfer().items()}
    names = dict(budget.department.units.values_list("pk", "name"))
    different = [
        f"{names.get(payer, '')}付给{names.get(payee, '')}{paid.get((payer, payee), ZERO)}元，"
        f"对方收到{received.get((payer, payee), ZERO)}元"
        for payer, payee in sorted(paid.keys() | received.keys())
        if paid.get((payer, payee)) != received.get((payer, payee))
    ]
    yield different, "部门内部往来两边不一致：{}。请核对上缴、补助的支出和收入，以及“内部往来单位”。"


def _tables(draft: Document) -> Iterator[tuple[list[str], str]]:
    tables = draft.content.tables
    yield (
        [table.heading for table in tables if not table.empty_reason and (not table.rows or all_zero(table))],
        "以下表格没有数据，也没有空表说明：{}。请填写数据，或填写空表说明。",
    )
    yield (
        [
            table.heading
            for table in tables
            if table.key in draft.context.declared_empty and table.rows and not all_zero(table)
        ],
        "以下表格已有数据，又填写了空表说明：{}。请删除空表说明或数据。",
    )


def all_zero(table: Table) -> bool:
    """Tell whether a table says nothing but zeros: then, and only then, it is declared empty (X19)."""
    cells = [cell for _, cells, _ in table.body for cell in cells if cell.kind in FIGURES]
    figures = [cell.value for cell in cells if not cell.column.key.startswith(NOT_THIS_YEARS)]
    stated = [value for value in figures if value not in {None, ""}]
    return bool(stated) and all(value == 0 for value in stated)


def _words(draft: Document) -> Iterator[tuple[list[str], str]]:
    blank = [place for section in draft.content.sections for place in hollow(section)]
    yield blank, "以下部分没有内容：{}。请填写后再公开。"
    yield list(draft.context.lost), "以下标记没有对应的数据：{}。请改正标记，或改写这段文字。"


def _balanced(draft: Document) -> None:
    """Refuse a 收支总表 whose two totals differ (T1.5)."""
    table = draft.table("totals")
    received, spent = (table.cell(table.rows[-1], side).value for side in ("income_amount", "spending_amount"))
    if isinstance(received, Decimal) and isinstance(spent, Decimal) and received != spent:
        message = (
            f"收入总计{received}元与支出总计{spent}元不相等，相差{abs(received - spent)}元。请核对收入、支出和结转。"
        )
        raise RefusalError(message)
