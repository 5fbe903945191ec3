"""The rows of the scoreboard, numbered as in the reliability specification."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench import mutation
from bench.reliability import availability, killing, measured, publishing, spoiling, starting, tampering, upgrading
from bench.reliability.tested import ByTests

Measure = Callable[[Path], str]
WORKFLOW, JOURNEYS, RENDER = "tests/disclosure/workflow", "tests/journeys", "tests/disclosure/render"
PRIVACY = "tests/disclosure/audit/test_privacy.py"
SAMPLE = "tests/disclosure/test_freezing.py"
"""Has the sample be published, which tests that work in a copy of its database do not do by themselves."""
GUESSING = f"{WORKFLOW}/test_guessing_at_once.py"
OUTAGES = ("tests/disclosure/faults/test_outages.py", "tests/disclosure/render/test_apart.py")


class Row(NamedTuple):
    """A promise: what is hoped for, and how it is tried."""

    number: int
    promise: str
    goal: str
    tried: ByTests | Measure


def _tests(*nodes: str, says: str = "") -> ByTests:
    return ByTests(nodes, says)


ROWS = (
    Row(1, "新克隆到能打开；再次运行", "≤30 s；≤3 s", starting.measure),
    Row(2, "导入时 kill -9：只进一部分", "0 / 500", killing.imports),
    Row(3, "公开时 kill -9：只公开一部分", "0 / 500", killing.publications),
    Row(4, "50 人同时公开同一份：得到几版", "每份1版", publishing.measure),
    Row(5, "两个经办人同时改：丢失", "0 / 1,000", _tests(f"{WORKFLOW}/test_two_clerks.py", SAMPLE, says=r"\w+: \{.*")),
    Row(6, "看到别的部门的内容", "0", _tests("tests/budgets/test_access.py", "tests/budgets/test_exchange.py")),
    Row(7, "跳过审核步骤", "0 / 10,000", _tests(f"{WORKFLOW}/test_any_order.py", says=r".*\d{5,}.*")),
    Row(8, "各种格式的数与版次一致", "100%", _tests(f"{RENDER}/test_forms_agree.py", says=r"\d+ \w+ read back.*")),
    Row(9, "损坏的文件：崩溃、卡住、出错的网页", "0 / 2,000", spoiling.measure),
    Row(10, "恶意文件：多久拒绝、占多少内存", "≤1 s，≤50 MB", _tests("tests/budgets/readers/test_refusals.py")),
    Row(11, "PDF 带出外部或本机内容", "0 / 30", _tests(f"{RENDER}/test_hostile_text.py")),
    Row(12, "PDF 在别的进程、时区、语言重做：不同的", "0", _tests(f"{RENDER}/test_archival.py")),
    Row(13, "PDF：多久、占多少内存", "≤5 s，≤250 MB；≤60 s", measured.drawing),
    Row(14, "8个读者看版次网页：95%在多久以内", "≤15 ms；现做≤100 ms", measured.reading),
    Row(15, "持续访问，每20秒杀一个进程：答得上", "≥99.9%", availability.measure),
    Row(
        16,
        "200次同时猜口令：核对了几次",
        "≤5",
        _tests(GUESSING, SAMPLE, says=r"guesses: .*"),
    ),
    Row(17, "违反内容安全策略的页面", "0", _tests(f"{JOURNEYS}/test_policy.py", says=r"policy: .*")),
    Row(18, "头部、外部请求、网页大小", "0项不符", _tests(f"{JOURNEYS}/test_public_pages.py")),
    Row(19, "无障碍检查：违反", "0", _tests(f"{JOURNEYS}/test_accessibility.py", says=r"\w+: \{\d+: .*")),
    Row(20, "接口答得与说明不符", "0 / 5,000", measured.asking),
    Row(21, "改库、改文件：查出", "100%", tampering.measure),
    Row(22, "备份、恢复、逐项核对", "一致", _tests("tests/keeping")),
    Row(23, "从头迁移；模型与库不一致", "≤10 s；0", upgrading.measure),
    Row(24, "身份证、手机、银行卡号：查出；误报", "≥99%；≤1%", _tests(PRIVACY, says=r".*(?:召回率|误报).*")),
    Row(25, "日志：每个请求一行，不含个人信息", "100%", _tests("tests/portal/test_logs.py")),
    Row(26, "改坏的金额、规则、流程：测试查出", "≥85%", mutation.row),
    Row(27, "持续混合访问：内存增长、出错", "≤1 MB/分，0", availability.soak),
    Row(28, "磁盘满、只读、断库、时钟回拨、缺 PDF 引擎", "说清楚，不半写", _tests(*OUTAGES)),
)
