"""The rows of the scoreboard, numbered as in the reliability specification."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.reliability import availability, killing, publishing, starting, tampering, upgrading
from bench.reliability.tested import Tested

Measure = Callable[[Path], str]
WORKFLOW, JOURNEYS = "tests/disclosure/workflow", "tests/journeys"


class Row(NamedTuple):
    """A promise: what is hoped for, and how it is tried."""

    number: int
    promise: str
    goal: str
    tried: Tested | Measure


def _tests(*nodes: str, says: str = "") -> Tested:
    return Tested(nodes, says)


ROWS = (
    Row(1, "新克隆到能打开；再次运行", "≤30 s；≤3 s", starting.measure),
    Row(2, "导入时 kill -9：只进一部分", "0 / 500", killing.imports),
    Row(3, "公开时 kill -9：只公开一部分", "0 / 500", killing.publications),
    Row(4, "50 人同时公开同一份：得到几版", "每次1版", publishing.measure),
    Row(5, "两个经办人同时改：丢失", "0 / 1,000", _tests(f"{WORKFLOW}/test_two_clerks.py", says=r"[0-9,]+次[^\n]*")),
    Row(6, "看到别的部门的内容", "0", _tests("tests/budgets/test_access.py", "tests/disclosure/desk/test_reach.py")),
    Row(7, "跳过审核步骤", "0 / 10,000", _tests(f"{WORKFLOW}/test_any_order.py", says=r"[0-9,]+步[^\n]*")),
    Row(
        8,
        "五种格式的数与版次一致",
        "100%",
        _tests("tests/disclosure/render/test_every_format.py", says=r"[^\n]*格[^\n]*"),
    ),
    Row(9, "损坏的文件：崩溃", "0 / 2,000", _tests("tests/budgets/readers/test_spoilt_files.py")),
    Row(10, "恶意文件：多久拒绝、占多少内存", "≤1 s，≤50 MB", _tests("tests/budgets/readers/test_refusals.py")),
    Row(11, "PDF 带出外部或本机内容", "0 / 30", _tests("tests/disclosure/render/test_hostile_text.py")),
    Row(12, "PDF 重做 100 次：不同的", "0", _tests("tests/disclosure/render/test_reproducible.py")),
    Row(15, "持续访问，每20秒杀一个进程：答得上", "≥99.9%", availability.measure),
    Row(19, "无障碍检查：违反", "0", _tests(f"{JOURNEYS}/test_accessibility.py", says=r"\w+: \{[^\n]*")),
    Row(21, "改库、改文件：查出", "100%", tampering.measure),
    Row(23, "从头迁移；模型与库不一致", "≤10 s；0", upgrading.measure),
    Row(
        24,
        "身份证、手机、银行卡号：查出；误报",
        "≥99%；≤1%",
        _tests("tests/disclosure/audit/test_privacy.py", says=r"[^\n]*[召误][^\n]*"),
    ),
    Row(27, "持续混合访问：内存增长、出错", "≤1 MB/分，0", availability.soak),
)
