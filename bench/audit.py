"""Auditing the sample department by every rule, against rendering its page."""

import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from disclosure.audit import RULES, run
from disclosure.audit.goals_reading import pairs, value_of
from disclosure.content import parse
from disclosure.document import Document
from disclosure.models import Disclosure
from disclosure.render import html

ROUNDS = 25


def measure() -> str:
    """Return the ratio in words; both sides alternate, neither waits, the least processor time of each counts."""
    call_command("load_codes", verbosity=0)
    call_command("load_demo", verbosity=0)
    known = Document.of(Disclosure.objects.get(unit=None))
    audited, rendered = [], []
    for _ in range(ROUNDS):
        document = unread(known)
        audited.append(timed(lambda document=document: run(document)))
        document = unread(known)
        rendered.append(timed(lambda document=document: html.render(document)))
    ours, page = min(audited), min(rendered)
    return (
        f"audit: {ours / page:.2f}（{len(RULES)}条规则检查 {ours * 1000:.0f} ms ÷ 生成网页 {page * 1000:.0f} ms；"
        f"演示部门，{connection.vendor}；目标不超过1）"
    )


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds of the processor ``work`` takes, whatever else the machine does."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def unread(known: Document) -> Document:
    """Return the document as if nobody had read it: what rules remember of a document or a text does not count."""
    pairs.cache_clear()
    value_of.cache_clear()
    document = Document(parse(known.canonical), known.context)
    document.canonical = known.canonical
    return document
