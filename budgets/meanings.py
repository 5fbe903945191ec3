"""填报口径: what a clerk's field means, with an example, said once for forms, grids and the workbook's headers."""

from typing import NamedTuple

from django.db.models import Model


class Meaning(NamedTuple):
    """What is to be written in a field, and an example; what may be written follows from the field itself."""

    text: str
    example: str = ""


BUDGET = Meaning("这一行属于哪个部门哪一年度的预算。")
UNIT = Meaning("这笔数属于哪个预算单位；只填本部门的单位。", "203001")
SOURCE = Meaning("钱从哪里来，按部门预算批复填；一个来源一行。", "一般公共预算拨款")
CARRIED_OVER = Meaning("用的是不是上年没有用完、结转到本年的资金；与当年安排的资金分行填。", "否")
SUMMARY_UNIT = Meaning("单位自己的填其编码；整个部门的留空。", "203001")
OWN_PROJECT = Meaning("这一行属于哪个项目；项目先在“项目”中登记。", "13030322P00100110001X")

MEANINGS: dict[str, dict[str, Meaning]] = {
    "budgets.UnitProfile": {
        "unit": Meaning("这一行说的是哪个单位；只填本部门的单位。", "203001"),
        "year": Meaning("单位情况是哪一年度的。", "2022"),
        "nature": Meaning("单位的性质，按编制部门的批文填。", "行政"),
        "rank": Meaning("单位的机构规格，按编制部门的批文填。", "正科级"),
        "funding": Meaning("单位的经费从哪里保障。", "财政拨款"),
        "posts": Meaning("编制部门核定的编制数（人）。", "32"),
        "staff": Meaning("编制预算时实有的在职人数（人）。", "30"),
    },
    "budgets.Project": {
        "code": Meaning("项目库中的编码，一个项目始终用一个编码。", "13030322P00100110001X"),
        "name": Meaning("项目的全称，与项目库一致；公开的各表都用这个名称。", "党员教育经费"),
        "unit": Meaning("负责这个项目的预算单位。", "203001"),
        "category": Meaning("项目在项目库中的类别。", "特定目标类"),
        "first_year": Meaning("项目第一次安排预算的年度。", "2022"),
    },
    "budgets.RevenueLine": {
        "budget": BUDGET,
        "unit": UNIT,
        "source": SOURCE,
        "amount": Meaning("本年度预算收入，按批复数填。", "1090.88"),
        "carried_over": CARRIED_OVER,
        "function": Meaning("这笔收入用于哪个功能分类科目（项）；不分科目的收入留空。", "2013201 行政运行"),
    },
    "budgets.ExpenditureLine": {
        "budget": BUDGET,
        "unit": UNIT,
        "source": SOURCE,
        "amount": Meaning("本年度预算支出，按批复数填。", "86900"),
        "kind": Meaning("基本支出分人员经费和公用经费；有项目的是项目支出。", "项目支出"),
        "project": Meaning("项目支出填所属的项目，其他支出留空；项目先在“项目”中登记。", "13030322P00100110001X"),
        "function": Meaning("支出功能分类，细化到项（7位编码）。", "2013201 行政运行"),
        "economic": Meaning("部门预算支出经济分类，细化到款（5位编码）；基本支出必须填。", "30101 基本工资"),
        "government_economic": Meaning("政府预算支出经济分类，细化到款（5位编码）。", "50101 工资奖金津补贴"),
        "carried_over": CARRIED_OVER,
        "label": Meaning("科目、来源都相同的几行，用它区分；一般留空。", "乡镇工作补贴"),
    },
    "budgets.CarryForward": {
        "budget": BUDGET,
        "unit": UNIT,
        "source": SOURCE,
        "amount": Meaning("本年末预计结转到下年使用的资金；没有的不用填这张表。", "0"),
    },
    "budgets.ThreePublicCost": {
        "budget": BUDGET,
        "unit": UNIT,
        "item": Meaning("“三公”经费的哪一项；没有安排的项目填0，不要漏掉。", "公务接待费"),
        "source": Meaning("只填财政拨款安排的部分，一个来源一行。", "一般公共预算拨款"),
        "amount": Meaning("本年度财政拨款安排的预算数。", "15000"),
        "previous": Meaning("上年度同一项目、同一来源的预算数，用来算增减。", "20000"),
        "reason": Meaning("比上年增加或减少的具体原因；与上年相同的写“与上年持平”。", "压缩公务接待批次"),
        "occasions": Meaning("因公出国（境）填团组数，公务接待填批次；其他项目留空。", "3"),
        "persons": Meaning("因公出国（境）和公务接待的人次；其他项目留空。", "24"),
        "vehicles": Meaning("公务用车购置填购置数，公务用车运行填保有量（辆）；其他项目留空。", "2"),
    },
    "budgets.ProcurementItem": {
        "budget": BUDGET,
        "unit": UNIT,
        "project": Meaning("由项目支出采购的填所属项目，由公用经费采购的留空。", "13030322P00100110001X"),
        "name": Meaning("要采购的货物、工程或服务的名称。", "台式计算机"),
        "catalogue": Meaning("政府采购品目分类目录中的品目。", "A02010104 台式计算机"),
        "type": Meaning("采购的是货物、工程还是服务。", "货物"),
        "mode": Meaning("列入集中采购目录的选集中采购，其他选分散采购。", "集中采购"),
        "measure": Meaning("数量的计量单位。", "台"),
        "quantity": Meaning("计划采购的数量。", "5"),
        "unit_price": Meaning("预算单价。", "5000"),
        "source": SOURCE,
        "amount": Meaning("当年部门预算安排的采购资金。", "25000"),
        "reserved": Meaning("面向中小企业预留的采购金额，不超过采购金额；没有填0。", "25000"),
        "reserved_micro": Meaning("其中面向小微企业预留的金额，不超过预留中小企业的金额；没有填0。", "15000"),
    },
    "budgets.AssetHolding": {
        "budget": BUDGET,
        "unit": UNIT,
        "category": Meaning("固定资产的类别；合计由系统算，不用填。", "车辆"),
        "quantity": Meaning("截至日期时占用的数量。", "2"),
        "measure": Meaning("数量的计量单位。", "辆"),
        "value": Meaning("截至日期时的账面价值。", "356000"),
        "as_of": Meaning("数量和价值是哪一天的，一般是上年最后一天。", "2021-12-31"),
    },
    "budgets.PreviousFigure": {
        "budget": BUDGET,
        "unit": SUMMARY_UNIT,
        "measure": Meaning("上年的预算数还是执行数，与本年的表对应。", "预算数"),
        "table": Meaning("这个数用在哪张表里。", "汇总"),
        "amount": Meaning("上年数；本平台已公开上年预算的，预算数可不填。", "12216600"),
    },
}
"""By model and field; packages above add theirs. What a model says itself (``help_text``) is not said again."""


def meaning_of(model: type[Model], name: str) -> Meaning | None:
    """Return what a field means; None where nobody has to be told."""
    field = model._meta.get_field(name)
    if said := str(field.help_text):
        return Meaning(said)
    return MEANINGS.get(model._meta.label, {}).get(name)
