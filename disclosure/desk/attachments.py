"""The files kept with a disclosure: listed, added, handed out, declared mistaken; none of them is ever public."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.admin.base import ReadOnlyAdmin
from disclosure.attaching import attach, read_attachment, void_attachment, works_on
from disclosure.desk.files import ANY, attachment
from disclosure.enums import AttachmentKind
from disclosure.filetypes import SCANS, TYPES, plain_name
from disclosure.models import Attachment, Disclosure
from disclosure.refusal import RefusalError

ENDS = tuple(suffix for one in SCANS for suffix in TYPES[one].suffixes)


class AttachmentForm(forms.Form):
    """A file to keep."""

    kind = forms.ChoiceField(label="种类", choices=AttachmentKind)
    file = forms.FileField(
        label="文件",
        help_text="PDF、PNG、JPEG、Word、Excel 或 OFD，20MB 以内。附件只供内部留存，不会公开。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDS)}),
        error_messages={"empty": "文件是空的（0字节），请重新保存后上传。"},
    )
    note = forms.CharField(label="说明", max_length=200, required=False, widget=AdminTextInputWidget())


class AttachmentPages:
    """The page of a disclosure's attachments, and what is done there."""

    admin_site: Any
    seen: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the list with its form, a file, and the act of declaring one mistaken."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/attachments/", view(self.attachments), name="attachments"),
            path("<int:pk>/attachments/<int:number>/file/", view(self.attachment_file), name="attachment_file"),
            path("<int:pk>/attachments/<int:number>/void/", view(self.attachment_void), name="attachment_void"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def attachments(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is kept; keep one more."""
        disclosure: Disclosure = self.seen(request, pk)
        form = AttachmentForm(request.POST, request.FILES) if request.method == "POST" else AttachmentForm()
        if not form.is_bound or not form.is_valid():
            return self._attachments(request, disclosure, form=form)
        file = form.cleaned_data["file"]
        given = {"kind": form.cleaned_data["kind"], "note": form.cleaned_data["note"]}
        try:
            row = attach(disclosure, by=request.user, name=plain_name(file.name), data=file.read(), **given)
        except RefusalError as refusal:
            return self._attachments(request, disclosure, form=form, refusal=str(refusal))
        messages.success(request, f"已保存{row}。")
        return HttpResponseRedirect(reverse("admin:attachments", args=[pk]))

    @method_decorator(require_GET)
    def attachment_file(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Hand a file out, to be saved."""
        row = _of(self.seen(request, pk), number)
        return attachment(read_attachment(row, by=request.user), row.file_name, ANY)

    @method_decorator(require_POST)
    def attachment_void(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Declare one mistaken."""
        disclosure = self.seen(request, pk)
        try:
            void = void_attachment(_of(disclosure, number), by=request.user, reason=request.POST.get("reason", ""))
        except RefusalError as refusal:
            return self._attachments(request, disclosure, refusal=str(refusal))
        messages.success(request, f"{void}。")
        return HttpResponseRedirect(reverse("admin:attachments", args=[pk]))

    def _attachments(self, request: HttpRequest, disclosure: Disclosure, **context: Any) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "disclosure": disclosure,
            "title": "附件",
            "files": disclosure.attachments.select_related("by", "void__by"),
            "works": works_on(request.user, disclosure),
            "form": AttachmentForm(),
        }
        status = 400 if "refusal" in context or context["form"].errors else 200
        return render(request, "admin/attachments.html", {**common, **context}, status=status)


def _of(disclosure: Disclosure, number: int) -> Attachment:
    row: Attachment | None = disclosure.attachments.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


class AttachmentAdmin(ReadOnlyAdmin):
    """附件, of all disclosures within reach."""

    list_display = ("file_name", "kind", "disclosure", "by", "at", "size", "sha256")
    list_filter = ("kind", "disclosure__budget__fiscal_year__year")
    search_fields = ("file_name", "sha256", "note", "by__username")
