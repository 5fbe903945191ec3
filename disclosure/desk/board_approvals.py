"""批复日期 and 批复控制数 from a file: the form handed out, the file looked at, stored together or not at all."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgets.admin.kept import Kept
from budgets.formats import guard_size
from budgets.models import FiscalYear
from budgets.readers.files import SUFFIXES, read_file
from disclosure.board.approving import Proposal, propose, store_approvals
from disclosure.board.exports import approvals_page
from disclosure.board.files import workbook
from disclosure.board.rights import approves_in
from disclosure.desk.board import page, year_of
from disclosure.desk.files import attachment
from disclosure.filetypes import plain_name
from disclosure.refusal import RefusalError


class ApprovalsForm(forms.Form):
    """The file of what was approved."""

    file = forms.FileField(
        label="批复文件",
        help_text="XLSX、XLS、ET、ODS 或 CSV，20MB 以内。空着的格不改；先预览，不会直接写入。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"empty": "文件是空的（0字节），请重新保存后上传。", "required": "请选择文件。"},
    )

    def clean_file(self) -> Any:
        """Refuse what nobody reads before it is put aside."""
        file = self.cleaned_data["file"]
        guard_size(file.size)
        if PurePath(file.name).suffix.lower() not in SUFFIXES:
            raise ValidationError("请上传 .xlsx、.xls、.et、.ods 或 .csv 文件。")
        return file


@require_safe
def approvals_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the form, filled in with what is stored."""
    year = _approved(request, pk)
    return attachment(workbook([approvals_page(year)]), f"{year}批复日期和控制数.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def approvals(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a file; show everything it would change, or everything that is wrong with it."""
    year = _approved(request, pk)
    form = ApprovalsForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, year, form)
    file = form.cleaned_data["file"]
    name, data = plain_name(file.name), file.read()
    try:
        proposal = propose(year, read_file(name, data))
    except ValidationError as error:
        form.add_error("file", error)
        return _asked(request, year, form)
    clean = proposal.changes and not proposal.problems
    token = Kept.keep(data, user=request.user.pk, approvals=year.pk, name=name) if clean else ""
    return _previewed(request, year, proposal, token)


@require_POST
def approvals_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what was previewed, exactly that."""
    year, token = _approved(request, pk), request.POST.get("token", "")
    try:
        kept = Kept.found(token, request.user, approvals=pk)
        sheets = read_file(kept.token["name"], kept.data)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return HttpResponseRedirect(reverse("board_approvals", args=[pk]))
    try:
        stored = store_approvals(year, sheets, by=request.user, seen=request.POST.get("seen", ""))
    except RefusalError as refusal:
        return _previewed(request, year, propose(year, sheets), token, str(refusal))
    kept.remove()
    messages.success(request, f"已写入{len(stored.changes)}处批复日期和控制数。")
    return HttpResponseRedirect(reverse("board", args=[pk]))


def _approved(request: HttpRequest, pk: int) -> FiscalYear:
    year = year_of(request, pk)
    if not approves_in(request.user, year):
        raise PermissionDenied
    return year


def _asked(request: HttpRequest, year: FiscalYear, form: ApprovalsForm) -> HttpResponse:
    context = {"title": "批复日期和控制数", "year": year, "form": form}
    return page(request, "admin/board/approvals.html", context, 400 if form.errors else 200)


def _previewed(
    request: HttpRequest, year: FiscalYear, proposal: Proposal, token: str, refusal: str = ""
) -> HttpResponse:
    context = {"title": "核对批复", "year": year, "form": ApprovalsForm(), "proposal": proposal, "token": token}
    status = 400 if refusal or proposal.problems else 200
    return page(request, "admin/board/approvals.html", {**context, "refusal": refusal}, status)
