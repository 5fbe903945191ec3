"""Auditing the sample department by every rule, against rendering its page."""

from django.core.management import call_command
from django.db import connection

from bench.tables import timed
from disclosure.audit import RULES, run
from disclosure.document import Document
from disclosure.models import Disclosure
from disclosure.render import html

ROUNDS = 15


def measure() -> str:
    """Return the ratio in words; both sides alternate, the median of each counts."""
    call_command("load_codes", verbosity=0)
    call_command("load_demo", verbosity=0)
    document = Document.of(Disclosure.objects.get(unit=None))
    audited, rendered = [], []
    for _ in range(ROUNDS):
        audited.append(timed(lambda: run(document)))
        rendered.append(timed(lambda: html.render(document)))
    ours, page = sorted(audited)[ROUNDS // 2], sorted(rendered)[ROUNDS // 2]
    return (
        f"audit: {ours / page:.2f}（{len(RULES)}条规则检查 {ours * 1000:.0f} ms ÷ 生成网页 {page * 1000:.0f} ms；"
        f"演示部门，{connection.vendor}；目标不超过1）"
    )
