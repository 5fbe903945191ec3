"""预算管理一体化: the list of a department's income, by unit and nature of the money."""

from disclosure.intake.profiles import Profile, Reading
from disclosure.intake.profiles.unified import AMOUNT, CARRIED, FUNCTION, OWNER, SOURCE, SOURCES, UNIT, YES_NO

UNITS = (*UNIT, "预算单位")
INCOME_KIND = ("收入项目类别", "收入项目类别名称", "收入项目名称", "收入类型", "收入项目代码")
INCOME = Profile(
    name="预算管理一体化　收入预算",
    marks=(UNITS, INCOME_KIND, (*AMOUNT, "本年收入总计")),
    sheets=(
        (
            "收入明细",
            (
                *OWNER,
                ("单位编码", Reading(UNITS, coded=True)),
                ("资金来源", Reading((*SOURCE, *INCOME_KIND), SOURCES)),
                ("上年结转", Reading(CARRIED, YES_NO)),
                ("功能分类", Reading(FUNCTION, coded=True)),
                ("金额（元）", Reading((*AMOUNT, "本年收入总计"))),
            ),
        ),
    ),
    dropped=(
        *("财政区划名称", "主管部门名称", "部门名称", "单位名称", *INCOME_KIND, *SOURCE),
        *("支出功能分类科目名称", "功能分类科目名称", "申报数", "申报金额", "审核数", "备注", "更新时间"),
    ),
)
