"""Drawing the PDF of an edition: against a bare WeasyPrint, against Chromium's print, and two processes against one."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from django.core.management import call_command
from django.test import override_settings

from disclosure import fonts
from disclosure.document import Document
from disclosure.management.spreading import spread
from disclosure.models import Edition
from disclosure.render import pdf

ROUNDS = 5
DOCUMENTS = 100
AIMS = {"bare": "1.15", "chromium": "2.5", "processes": "1.8"}
BROWSER = os.environ.get("BROWSER_PATH") or "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
TICKS = os.sysconf("SC_CLK_TCK")
WORK = "bench.pdf:draw"


class Asked(NamedTuple):
    """What WeasyPrint is given for a document: the page, its style sheets, the variant."""

    page: dict[str, Any]
    sheets: list[dict[str, Any]]
    variant: str


def measure(documents: int = DOCUMENTS) -> Iterator[str]:
    """Yield a line for each comparison; sides alternate in one run on the same content, the median of each counts."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        for command in ("load_codes", "load_demo", "publish_demo"):
            call_command(command, verbosity=0, stdout=StringIO())
        edition = Edition.objects.get(department_code="203")
        document = Document.of_edition(edition)
        asked = asked_of(document)
        yield f"pdf：演示部门的版次，{ROUNDS}次的中位数，处理器时间；本平台 ÷ 对照"
        yield from _one_by_one(document, asked)
        yield _on_many(edition.pk, documents)


def _one_by_one(document: Document, asked: Asked) -> Iterator[str]:
    ours, bare, printed = [], [], []
    with chromium(asked) as print_page:
        print_page()
        for _ in range(ROUNDS):
            ours.append(timed(lambda: pdf.render(document)))
            bare.append(timed(lambda: draw_bare(asked)))
            printed.append(print_page())
    own = median(ours)
    yield _line("直接用 WeasyPrint（同一 HTML、CSS、字体、变体）", own, median(bare), AIMS["bare"])
    yield _line("Chromium 打印（Page.printToPDF，加标签）", own, median(printed), AIMS["chromium"])


def _line(name: str, ours: float, other: float, aim: str) -> str:
    return f"  ÷ {name}：{ours / other:5.2f}，目标不超过{aim}（{ours:.2f} ÷ {other:.2f} 秒/份）"


def _on_many(pk: int, documents: int) -> str:
    """Compare the rates of two processes and of one, each counted once its processes have drawn a document."""
    single, double = (rate(pk, documents, jobs) for jobs in (1, 2))
    return (
        f"  两个进程 ÷ 一个进程：{double / single:5.2f}，目标不低于{AIMS['processes']}"
        f"（{documents}份，{double * 60:.1f} ÷ {single * 60:.1f} 份/分，{os.cpu_count()}个处理器，实际时间）"
    )


def rate(pk: int, documents: int, jobs: int) -> float:
    """Return documents a second, each process having drawn one beforehand."""
    moments = []
    for done in spread(WORK, [pk] * (documents + jobs), jobs):
        if done.result is None:
            raise RuntimeError(done.error or f"exit {done.exit_code}")
        moments.append(time.perf_counter())
    return documents / (moments[-1] - moments[jobs - 1])


def draw(pk: int) -> int:
    """Draw an edition in a process of the pool; return how many bytes it takes."""
    return len(pdf.render(Document.of_edition(Edition.objects.get(pk=pk))))


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds of the processor ``work`` takes in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def asked_of(document: Document) -> Asked:
    """Listen to what our renderer gives WeasyPrint, so that both sides are given the same."""
    import weasyprint

    heard = Asked({}, [], pdf.tagging.VARIANT)
    page, sheet = weasyprint.HTML, weasyprint.CSS

    class Page(page):  # type: ignore[misc,valid-type]
        def __init__(self, **given: Any) -> None:
            heard.page.update(given)
            super().__init__(**given)

    class Sheet(sheet):  # type: ignore[misc,valid-type]
        def __init__(self, *unnamed: Any, **given: Any) -> None:
            if given.get("font_config") and "string" in given:
                heard.sheets.append(given)
            super().__init__(*unnamed, **given)

    weasyprint.HTML, weasyprint.CSS = Page, Sheet
    try:
        pdf.render(document)
    finally:
        weasyprint.HTML, weasyprint.CSS = page, sheet
    return heard


def draw_bare(asked: Asked) -> bytes:
    """Draw as WeasyPrint's own manual does it."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    bound = FontConfiguration()
    sheets = [CSS(**{**given, "font_config": bound}) for given in asked.sheets]
    data: bytes = HTML(**asked.page).write_pdf(stylesheets=sheets, font_config=bound, pdf_variant=asked.variant)
    return data


@contextmanager
def chromium(asked: Asked) -> Iterator[Callable[[], float]]:
    """Start a browser; what is yielded loads the page, prints it and returns the processor time of all processes."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "page.html")
        file.write_text(as_page(asked), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        options = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}

        def print_page() -> float:
            begun = used_by_children()
            page.goto(file.as_uri())
            session.send("Page.printToPDF", {**options, "transferMode": "ReturnAsStream"})
            return used_by_children() - begun

        try:
            yield print_page
        finally:
            browser.close()


def as_page(asked: Asked) -> str:
    """Return the HTML with its styles inside and our fonts by their files, as a browser takes it."""
    css = "\n".join(given["string"] for given in asked.sheets)
    for name, path in fonts.files().items():
        css = css.replace(f"app:{name}", path.resolve().as_uri())
    return asked.page["string"].replace("</head>", f"<style>{css}</style></head>", 1)


def used_by_children() -> float:
    """Return the processor time that the processes below this one have taken, in seconds."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        used[int(stat.parent.name)] = sum(map(int, fields[11:15]))
    return sum(ticks for pid, ticks in used.items() if _is_below(pid, parents)) / TICKS


def _is_below(pid: int, parents: dict[int, int]) -> bool:
    for _ in count():
        pid = parents.get(pid, 0)
        if pid in {0, os.getpid()}:
            return pid != 0
    return False
