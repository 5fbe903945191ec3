"""A file that takes long is worked in a process of its own: started, followed and stopped from these pages."""

from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from budgets.admin.kept import Kept
from disclosure.desk.files import attachment, stem
from disclosure.desk.shown import Preview
from disclosure.desk.underway import CHANGES, COMMITTED, LISTS, MARKED, PREVIEW, PREVIEWED, Job, Order, jobs_of
from disclosure.intake.fate import Sought, run_of
from disclosure.intake.outcome import Ticks
from disclosure.models import Disclosure, ImportRun

REFRESH = 2
"""After how many seconds the page looks again."""
DIED = "处理这个文件的程序中途停止（如服务器重启、内存不足），没有导入任何内容。请再试一次；再次停止的，请联系管理员。"
GIVEN_UP = "已停止处理，没有导入任何内容。"
DOING = {PREVIEWED: "正在预览", COMMITTED: "正在导入", MARKED: "正在标出问题", CHANGES: "正在写变化清单"}
SUFFIXES = {MARKED: "标出问题", CHANGES: "变化清单"}


class Asked(NamedTuple):
    """What a page is asked: by whom, for which disclosure, with which file put aside, to do what."""

    request: HttpRequest
    disclosure: Disclosure
    token: str
    what: str

    @property
    def kept(self) -> Kept:
        """The file put aside, be it still there or not; raise ValidationError for somebody else's token."""
        return Kept.named(self.token, self.request.user, disclosure=self.disclosure.pk)

    def order(self, ticks: Ticks = Ticks(), seen: str = "") -> Order:  # noqa: B008 immutable
        """Write down what is to be done."""
        user: Any = self.request.user
        common = {"user": user.pk, "username": str(user), "disclosure": self.disclosure.pk}
        name, now = self.kept.token["name"], timezone.now()
        return Order(self.what, self.token, file=name, at=now, ticks=ticks, seen=seen, **common)

    def landed(self) -> ImportRun | None:
        """Return what an import of this file has left, though no answer came; raise RefusalError while that is open."""
        token = self.kept.token
        if "at" not in token:  # put aside by an earlier version
            return None
        since = datetime.fromisoformat(token["at"])
        return run_of(self.disclosure, Sought(self.request.user, token["sha256"], since))

    def address(self, view: str = "workbook_preview", **also: str) -> str:
        """Return where this file is looked at."""
        return f"{reverse(f'admin:{view}', args=[self.disclosure.pk])}?{urlencode({'file': self.token, **also})}"


class UnderWay(NamedTuple):
    """A long import on the disclosure's page: everybody there sees it, who uploaded may open it."""

    order: Order
    said: str
    address: str


class LengthyPages:
    """Following a file that is worked apart."""

    ask: Any
    show: Any
    page: Any

    def begun(self, asked: Asked, order: Order) -> HttpResponse:
        """Start the process, and turn to the page that shows how far it is."""
        Job.of(asked.kept).start(order)
        views = {MARKED: "workbook_marked", CHANGES: "workbook_changes"}
        return HttpResponseRedirect(asked.address(views.get(asked.what, "workbook_preview")))

    def follow_up(self, asked: Asked, job: Job) -> HttpResponse:
        """Show how far a job is, or what came of it."""
        order, end = job.order, job.end
        if end is None and job.running:
            return self._progress(asked, job)
        if order and asked.what in LISTS and order.what != asked.what:
            return self.begun(asked, asked.order())
        if asked.what in LISTS and (data := job.read(asked.what)):
            return attachment(data, f"{stem(asked.kept.token['name'])}-{SUFFIXES[asked.what]}.xlsx")
        return self._ended(asked, job)

    def _ended(self, asked: Asked, job: Job) -> HttpResponse:
        data, order, end = job.read(PREVIEW), job.order, job.end
        if data and asked.what not in LISTS:
            preview = msgspec.json.decode(data, type=Preview)
            made_at = datetime.fromtimestamp((job.folder / PREVIEW).stat().st_mtime, timezone.get_current_timezone())
            return self.show(asked, preview, made_at)  # type: ignore[no-any-return]
        if order and order.what == COMMITTED and (run := asked.landed()):
            return self.arrived(asked, run)
        sentences = end.sentences if end and end.sentences else [GIVEN_UP if job.given_up else DIED]
        view = {MARKED: "workbook_marked", CHANGES: "workbook_changes"}.get(asked.what, "workbook_preview")
        again = asked.address(view, anew="1")
        return self.ask(asked.request, asked.disclosure, problems=sentences, again=again)  # type: ignore[no-any-return]

    def arrived(self, asked: Asked, run: ImportRun, *, told: str = "已导入") -> HttpResponse:
        """Turn to the record of what has been stored; the file and its job are not needed any more."""
        kept = asked.kept
        Job.of(kept).remove()
        kept.remove()
        counts = f"新增{run.added}行，修改{run.changed}行，删除{run.removed}行"
        messages.success(asked.request, f"{told}“{run.file_name}”：{counts}。")
        return HttpResponseRedirect(reverse("admin:disclosure_importrun_change", args=[run.pk]))

    def stopped(self, asked: Asked) -> HttpResponse:
        """End a job that somebody gives up; what had been stored by then is shown, otherwise nothing stays."""
        kept = asked.kept
        job = Job.of(kept)
        listing = job.order is not None and job.order.what in LISTS
        if not job.stop():
            messages.warning(asked.request, "还没有停下来，请过一会儿再看。")
            return HttpResponseRedirect(asked.address())
        if run := asked.landed():
            return self.arrived(asked, run, told="停止之前已经导入")
        if listing:
            return HttpResponseRedirect(asked.address())
        job.remove()
        kept.remove()
        messages.success(asked.request, f"已停止处理“{kept.token['name']}”，没有导入任何内容。")
        return HttpResponseRedirect(reverse("admin:workbook", args=[asked.disclosure.pk]))

    def _progress(self, asked: Asked, job: Job) -> HttpResponse:
        order, state = job.order, job.state
        context = {"order": order, "state": state, "still": job.still, "refresh": REFRESH, "token": asked.token}
        doing = DOING[order.what] if order else ""
        listed = order is not None and order.what in LISTS
        context |= {"doing": doing, "listed": listed, "preview_address": asked.address()}
        response: HttpResponse = self.page(asked.request, asked.disclosure, "admin/workbook/progress.html", context)
        response["Cache-Control"] = "no-store"
        return response


def under_way(request: HttpRequest, disclosure: Disclosure) -> list[UnderWay]:
    """List the long imports of a disclosure that run, or wait to be looked at."""
    found = []
    for job in jobs_of(disclosure.pk):
        order = job.order
        if order and (own := _own(request, disclosure, order)) is not None:
            found.append(UnderWay(order, _said(job, order), own))
    return found


def _own(request: HttpRequest, disclosure: Disclosure, order: Order) -> str | None:
    """Return where a job is looked at, blank for somebody else's, None for one too old to be looked at."""
    if order.user != request.user.pk:
        return ""
    asked = Asked(request, disclosure, order.token, order.what)
    try:
        return asked.address() if asked.kept else None
    except ValidationError:
        return None


def _said(job: Job, order: Order) -> str:
    end = job.end
    if end is None and job.running:
        return DOING[order.what]
    if end and end.run:
        return "已导入"
    return "预览已完成，等待确认" if job.read(PREVIEW) else "没有完成"
