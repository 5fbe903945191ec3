"""预算管理一体化: the list of what a department is going to buy (政府采购预算)."""

from disclosure.intake.profiles import Profile, Reading
from disclosure.intake.profiles.unified import AMOUNT, CATEGORY, KINDS, OWNER, SOURCE, SOURCES, UNIT

UNITS = (*UNIT, "预算单位")
CODED = ("政府采购品目代码", "采购品目代码", "采购目录代码")
"""Words for 采购品目 that our own sheet never uses."""
CATALOGUE = (*CODED, "政府采购品目", "采购品目")
PAID = ("采购金额", "采购预算金额", "采购预算数", *AMOUNT)
MODES = (("1", "集中采购"), ("政府集中采购", "集中采购"), ("部门集中采购", "集中采购"), ("2", "分散采购"))
TYPES = (("A", "货物"), ("货物类", "货物"), ("B", "工程"), ("工程类", "工程"), ("C", "服务"), ("服务类", "服务"))
PURCHASES = Profile(
    name="预算管理一体化　政府采购预算",
    marks=(UNITS, CODED, PAID, SOURCE),
    sheets=(
        (
            "政府采购",
            (
                *OWNER,
                ("单位编码", Reading(UNITS, coded=True)),
                ("支出类别", Reading(CATEGORY, KINDS)),
                ("项目编码", Reading(("项目代码", "项目编码"))),
                ("采购物品名称", Reading(("采购物品名称", "采购内容", "采购标的名称", "采购品目名称"))),
                ("采购品目", Reading(CATALOGUE, coded=True)),
                ("采购类型", Reading(("采购类型", "采购分类", "采购类型名称"), TYPES)),
                ("组织形式", Reading(("采购组织形式", "组织形式", "采购组织形式名称"), MODES)),
                ("数量单位", Reading(("计量单位", "数量单位"))),
                ("数量", Reading(("采购数量", "数量"))),
                ("单价（元）", Reading(("单价", "采购单价"))),
                ("资金来源", Reading(SOURCE, SOURCES)),
                ("金额（元）", Reading(PAID)),
            ),
        ),
    ),
    dropped=(
        *("财政区划名称", "主管部门名称", "部门名称", "单位名称", "项目名称", "项目类别名称", "采购品目名称"),
        *("支出功能分类", "部门预算经济分类", "政府预算经济分类", "业务类型代码", "调整批次号", *SOURCE),
        *("申报数", "申报金额", "审核数", "备注", "更新时间"),
    ),
)
