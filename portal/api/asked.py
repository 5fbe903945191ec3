"""What a request asks for: each parameter by its rule, and none that is not known."""

import re
from typing import Any, NamedTuple

from django.http import HttpRequest

from budgets.enums import Phase
from portal.api.frame import ProblemError


class Parameter(NamedTuple):
    """A parameter of the address: its name, the pattern of its value, the rule in words, and the field it filters."""

    name: str
    pattern: str
    rule: str
    lookup: str = ""
    required: bool = False


STATUSES = {
    "current": {"superseded_by": None, "withdrawal": None},
    "superseded": {"superseded_by__isnull": False, "withdrawal": None},
    "withdrawn": {"withdrawal__isnull": False},
}
YEARS = "[0-9]{4}"
EDITION = (
    Parameter("government", "[0-9]{6}", "6位数字的区划代码", "government_code"),
    Parameter("year", YEARS, "4位数字的年度", "year"),
    Parameter("phase", "|".join(Phase.values), "、".join(Phase.values), "phase"),
    Parameter("department", "[0-9]{3,12}", "3至12位数字的部门编码", "department_code"),
    Parameter("unit", "[0-9]{6,15}", "6至15位数字的单位编码", "unit_code"),
    Parameter("scope", "department|unit", "department、unit"),
)
ROSTER = tuple(one._replace(required=True) for one in EDITION[:2])
STATUS = Parameter("status", "|".join(STATUSES), "、".join(STATUSES))
FIGURE = (
    Parameter("table", "[a-z][a-z0-9_]{0,39}", "表的名称，如spending", "table"),
    Parameter("code", "[0-9A-Za-z]{1,21}", "编码", "code"),
    Parameter("column", "[a-z][a-z0-9_]{0,29}", "列的名称，如total", "column"),
)
PAGE = Parameter("page", "[1-9][0-9]{0,5}", "从1起的页码")
SIZE = Parameter("page_size", "[1-9][0-9]{0,2}|1000", "1至1000")
PAGING = (PAGE, SIZE)
USUAL_SIZE = 100
COUNTED = 10_000
"""How many rows are counted; of longer lists neither rows nor pages are."""
AFTER = "after"
FROM = "上一页next里的值：从这一行以后起；写了它，page不起作用"
AFTER_EDITION = Parameter(
    AFTER, r"[0-9]{6}\.[0-9]{4}\.[a-z]{1,10}\.[0-9]{3,12}\.[0-9]{0,15}\.[0-9]{1,5}\.[0-9]{1,18}", FROM
)
AFTER_CELL = Parameter(AFTER, r"[0-9]{1,18}\.[0-9A-Za-z_-]{1,40}\.[0-9]{1,9}\.[0-9]{1,18}", FROM)


def asked(request: HttpRequest, *known: Parameter) -> dict[str, str]:
    """Return the parameters of a request; raise ProblemError (400) for one unknown, repeated, malformed or missing."""
    rules = {one.name: one for one in known}
    for name, values in request.GET.lists():
        _check(name, values, rules)
    for one in known:
        if one.required and one.name not in request.GET:
            message = f"请写明{one.name}：{one.rule}。"
            raise ProblemError(400, message, one.name)
    return request.GET.dict()


def _check(name: str, values: list[str], rules: dict[str, Parameter]) -> None:
    if name not in rules:
        message = f"没有“{name[:40]}”这个参数。可以用：{'、'.join(rules) or '无'}。"
        raise ProblemError(400, message, name[:40])
    if len(values) > 1:
        message = f"参数{name}只能写一次。"
        raise ProblemError(400, message, name)
    if not re.fullmatch(rules[name].pattern, values[0]):
        message = f"参数{name}应为{rules[name].rule}。"
        raise ProblemError(400, message, name)


def wanted_editions(said: dict[str, str], before: str = "") -> dict[str, Any]:
    """Return the filter on editions that parameters ask for; ``before`` leads to them from another model."""
    found: dict[str, Any] = {one.lookup: said[one.name] for one in EDITION if one.lookup and one.name in said}
    if said.get("scope") == "department":
        found["unit_code"] = ""
    if said.get("scope") == "unit":
        found["unit_code__gt"] = ""
    found |= STATUSES[said["status"]] if "status" in said else {}
    return {f"{before}{lookup}": value for lookup, value in found.items()}
