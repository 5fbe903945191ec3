"""Which statutory table a title means, whatever the region calls it."""

import re

NOT_OURS = re.compile(
    r"绩效|政府(?:预算)?支出?经济|政府经济|项目支出.*一般公共|一般公共预算.*项目支出|机关运行经费.*表$|转移支付"
)
TITLES = (
    ("three_public", r"三公.{0,3}经费.*表|三公.{0,3}经费(?:支出)?(?:预算|决算)"),
    ("procurement", r"政府采购.*表|政府采购(?:支出)?预算$"),
    ("assets", r"(?:国有|固定)?资产.*表"),
    ("fund_expenditure", r"政府性?基金.*(?:支出|收支).*表"),
    ("capital_expenditure", r"国有资本经营.*(?:支出|收支).*表"),
    ("basic_expenditure", r"基本支出.*表"),
    ("fiscal_totals", r"财政拨款(?:收支|收入支出)(?:预算|决算)?(?:总|情况|总体情况)表?"),
    ("projects", r"项目支出.*表|项目(?:明细|支出)表"),
    ("general_expenditure", r"一般公共预算.*支出.*表"),
    ("totals", r"(?:收支|收入支出)(?:预算|决算)?(?:总|总体情况|情况)表"),
    ("income", r"收入(?:预算|决算)?(?:总|总体情况|情况)?表"),
    ("spending", r"支出(?:预算|决算)?(?:总|总体情况|情况)?表"),
)
LONGEST = 60


def table_meant(text: str) -> str | None:
    """Return the key of the table a title names, None where it names none of ours."""
    words = re.sub(r"[\s　《》]", "", text)
    if len(words) > LONGEST or re.search(r"[。；]", words) or ("三公" not in words and NOT_OURS.search(words)):
        return None
    return next((key for key, pattern in TITLES if re.search(pattern, words)), None)
