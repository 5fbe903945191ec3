"""索引号: 机构代码/年份-5位流水号, never reused."""

import re

from disclosure.models import Disclosure


def next_index_number(disclosure: Disclosure) -> str:
    """Return 机构代码/年份-5位流水号, the next one never used by this organisation in this year."""
    year = disclosure.budget.fiscal_year
    of = disclosure.unit or disclosure.budget.department
    prefix = f"{year.government.code}{of.code}/{year.year}-"
    used = Disclosure.objects.filter(index_number__startswith=prefix).values_list("index_number", flat=True)
    serials = [int(found[1]) for number in used if (found := re.fullmatch(r".*-(\d{5})", number or ""))]
    return f"{prefix}{max(serials, default=0) + 1:05d}"
