"""Control totals: what a sheet's rows add up to in the file, and what is stored afterwards; nothing is lost between."""

from django.db.models import Sum

from budgets.money import ZERO
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.lines import money_in, name_of
from disclosure.intake.outcome import Total
from disclosure.intake.plans import Plan
from disclosure.intake.problems import Problem
from disclosure.models import Disclosure


def totals_of(plan: Plan, disclosure: Disclosure) -> tuple[Total, ...]:
    """Compare file and database; a difference in a sheet without other problems is a problem itself."""
    columns = [column for column in columns_of(plan.kind) if column.money and column.header in plan.found.places]
    if plan.found.partial:
        return _of_what_is_said(plan, columns)
    attributes = [plan.kind.resource.fields[column.name].attribute for column in columns]
    sums = {f"sum{at}": Sum(attribute, default=ZERO) for at, attribute in enumerate(attributes)}
    rows = plan.kind.rows(disclosure)
    stored = rows.order_by().aggregate(**sums) if sums else {}
    used = [line for line in plan.lines if line.number not in plan.refused]
    totals = tuple(
        Total(column.header, money_in(column, used), stored[f"sum{at}"]) for at, column in enumerate(columns)
    )
    if not plan.problems:
        differences = [
            f"“{one.header}”文件{one.file}元、保存后{one.stored}元" for one in totals if one.file != one.stored
        ]
        if not plan.kind.kept and (count := rows.count()) != len(used):
            differences.append(f"文件{len(used)}行、保存后{count}行")
        if differences:
            message, fix = f"核对总数不一致：{'；'.join(differences)}", "没有导入任何内容，请把文件交给管理员。"
            plan.problems.append(Problem(name_of(plan.found), 0, 0, "", "", message, "文件与保存后一致", fix))
    return totals


def _of_what_is_said(plan: Plan, columns: list[Column]) -> tuple[Total, ...]:
    """Compare the cells a document states with the same cells as stored; other rows and cells are not its business."""
    cells = {line.number: line.cells for line in plan.lines}
    drafts = [draft for draft in (*plan.added, *plan.changed, *plan.same) if draft.line not in plan.refused]
    totals = []
    for column in columns:
        stating = [draft for draft in drafts if cells[draft.line].get(column.header)]
        rows = plan.kind.model._default_manager.filter(pk__in=[draft.row.pk for draft in stating])
        attribute = plan.kind.resource.fields[column.name].attribute
        said = money_in(column, [line for line in plan.lines if line.number in {draft.line for draft in stating}])
        totals.append(Total(column.header, said, rows.aggregate(sum=Sum(attribute, default=ZERO))["sum"]))
    return tuple(totals)
