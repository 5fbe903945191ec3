"""历史公开文件 at the desk: listed, looked at before they are published, published, withdrawn."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from budgets.access import allowed, posts_of
from budgets.admin.base import ReadOnlyAdmin
from budgets.admin.kept import Kept
from budgets.enums import Phase, Role
from budgets.models import Department, Unit
from disclosure.archiving import Particulars, publish_archived, publishes_archived, withdraw_archived
from disclosure.filetypes import DOCUMENTS, TYPES, plain_name, type_of
from disclosure.models import ArchivedDisclosure
from disclosure.personal import look
from disclosure.refusal import RefusalError


class ArchiveForm(forms.Form):
    """An old disclosure: what is known of it, and its file."""

    department = forms.ModelChoiceField(label="部门", queryset=Department.objects.none())
    unit = forms.CharField(label="单位编码", required=False, help_text="部门的文件留空；单位单独公开的，填其编码。")
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    phase = forms.ChoiceField(label="阶段", choices=Phase)
    title = forms.CharField(label="标题", max_length=150, help_text="原公开文件的标题，例如“某某局2019年部门预算”。")
    published_on = forms.DateField(
        label="原公开日期",
        help_text="例如 2019-03-01。",
        input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"],
        error_messages={"invalid": "请写成 2019-03-01 或 2019年3月1日。"},
    )
    publisher = forms.CharField(label="发布机构", max_length=120, required=False, help_text="留空即为部门全称。")
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    source = forms.CharField(label="原公开网址", max_length=500, required=False, help_text="没有可以留空。")
    file = forms.FileField(
        label="文件",
        help_text="当时公开的 PDF、Word 或 Excel 文件，20MB 以内，原样公开。先预览，不会直接发布。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(TYPES[one].suffixes[0] for one in DOCUMENTS)}),
        error_messages={"empty": "文件是空的（0字节），请重新保存后上传。"},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "publisher", "document_number", "source"):
            self.fields[name].widget = AdminTextInputWidget(attrs={"maxlength": self.fields[name].max_length})  # type: ignore[attr-defined]
        own = {post.government_id for post in posts_of(user) if post.role == Role.PUBLISHER}
        self.fields["department"].queryset = allowed(user, Department.objects.filter(government__in=own))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the unit, and say at once what is wrong with the date."""
        cleaned: dict[str, Any] = super().clean() or {}
        code, department = cleaned.get("unit", ""), cleaned.get("department")
        if code and department and not Unit.objects.filter(department=department, code=code).exists():
            self.add_error("unit", f"{department}没有编码为“{code}”的单位，请核对。")
        if cleaned.get("published_on") and cleaned["published_on"] > localdate():
            self.add_error("published_on", "原公开日期不能晚于今天。")
        return cleaned


class ArchivedDisclosureAdmin(ReadOnlyAdmin):
    """历史公开文件."""

    change_list_template = "admin/archive/list.html"
    change_form_template = "admin/archive/record.html"
    list_display = ("title", "year", "phase", "department_name", "published_on", "added_by", "added_at", "is_withdrawn")
    list_filter = ("year", "phase")
    search_fields = ("title", "department_code", "department_name", "sha256")
    followed = ("added_by", "withdrawal")
    fields = (
        "title",
        ("year", "phase"),
        ("department_code", "department_name"),
        ("unit_code", "unit_name"),
        ("published_on", "publisher"),
        ("document_number", "source"),
        ("file_name", "size"),
        "sha256",
        ("privacy", "confirmation"),
        ("added_by", "added_at"),
    )

    def is_withdrawn(self, row: ArchivedDisclosure) -> str:
        """Say whether it was withdrawn."""
        return "已撤下" if hasattr(row, "withdrawal") else "公开"

    is_withdrawn.short_description = "现状"  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        """Add publishing, in two steps, and withdrawing."""
        view = self.admin_site.admin_view
        own = [
            path("publish/", view(self.publish), name="archive_publish"),
            path("publish/confirm/", view(self.confirm), name="archive_confirm"),
            path("<int:pk>/withdraw/", view(self.withdraw), name="archive_withdraw"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Offer publishing to publishers."""
        shown = {**(extra_context or {}), "publishes": _is_publisher(request.user)}
        response: HttpResponse = super().changelist_view(request, shown)
        return response

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Offer the public page, and withdrawing to whoever may."""
        row = self.get_object(request, object_id) if object_id else None
        shown = {**(extra_context or {}), "archived": row, "may_withdraw": row and _may_withdraw(request.user, row)}
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)
        return response

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def publish(self, request: HttpRequest) -> HttpResponse:
        """Ask for an old disclosure; show what was read of its file, which waits for the confirmation."""
        _publishers_only(request.user)
        if request.method != "POST":
            return self._ask(request, ArchiveForm(user=request.user))
        form = ArchiveForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self._ask(request, form)
        stated = dict(form.cleaned_data)
        file, stated["department"] = stated.pop("file"), stated["department"].pk
        stated["published_on"] = stated["published_on"].isoformat()
        try:
            name, data = plain_name(file.name), file.read()
            type_of(name, data, DOCUMENTS)
            return self._preview(request, Kept.keep(data, user=request.user.pk, name=name, archived=stated))
        except RefusalError as refusal:
            return self._ask(request, form, str(refusal))

    @method_decorator(require_POST)
    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Publish what was previewed, exactly that; where it cannot be, the file still waits."""
        _publishers_only(request.user)
        token, reason = request.POST.get("token", ""), request.POST.get("confirmation", "")
        try:
            kept = Kept.found(token, request.user)
            particulars = _particulars(kept, request.user)
            name = kept.token["name"]
            row = publish_archived(particulars, by=request.user, name=name, data=kept.data, confirmation=reason)
        except ValidationError as error:
            return self._ask(request, ArchiveForm(user=request.user), "".join(error.messages))
        except RefusalError as refusal:
            return self._again(request, token, str(refusal))
        kept.remove()
        messages.success(request, f"已发布历史文件《{row}》。")
        return HttpResponseRedirect(reverse("admin:disclosure_archiveddisclosure_change", args=[row.pk]))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, and withdraw."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404
        if not publishes_archived(request.user, row.government, row.department):
            raise PermissionDenied
        refusal = ""
        if request.method == "POST":
            try:
                withdraw_archived(row, by=request.user, reason=request.POST.get("reason", ""))
                messages.success(request, f"已撤下历史文件《{row}》，文件已销毁。")
                return HttpResponseRedirect(reverse("admin:disclosure_archiveddisclosure_change", args=[pk]))
            except RefusalError as error:
                refusal = str(error)
        context = {"archived": row, "refusal": refusal, "title": "撤下历史文件"}
        return self._page(request, "admin/archive/withdraw.html", context, 400 if refusal else 200)

    def _ask(self, request: HttpRequest, form: ArchiveForm, refusal: str = "") -> HttpResponse:
        context = {"form": form, "refusal": refusal, "title": "发布历史文件"}
        return self._page(request, "admin/archive/publish.html", context, 400 if form.errors or refusal else 200)

    def _again(self, request: HttpRequest, token: str, refusal: str) -> HttpResponse:
        """Show the preview with what was refused; a file that can no longer be read is asked for anew."""
        try:
            return self._preview(request, token, refusal)
        except RefusalError:
            return self._ask(request, ArchiveForm(user=request.user), refusal)

    def _preview(self, request: HttpRequest, token: str, refusal: str = "") -> HttpResponse:
        kept = Kept.found(token, request.user)
        kind = type_of(kept.token["name"], kept.data, DOCUMENTS)
        context = {
            "title": "核对历史文件",
            "token": token,
            "name": kept.token["name"],
            "kind": kind,
            "size": len(kept.data),
            "particulars": _particulars(kept, request.user),
            "phase": Phase(kept.token["archived"]["phase"]).label,
            "looked": look(kept.token["name"], kept.data, kind),
            "refusal": refusal,
            "confirmation": request.POST.get("confirmation", ""),
        }
        return self._page(request, "admin/archive/preview.html", context, 400 if refusal else 200)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.model._meta}
        return render(request, name, {**common, **context}, status=status)


def _is_publisher(user: Any) -> bool:
    return any(post.role == Role.PUBLISHER for post in posts_of(user))


def _publishers_only(user: Any) -> None:
    if not _is_publisher(user):
        raise PermissionDenied


def _may_withdraw(user: Any, row: ArchivedDisclosure) -> bool:
    return not hasattr(row, "withdrawal") and publishes_archived(user, row.government, row.department)


def _particulars(kept: Kept, user: Any) -> Particulars:
    """Return what was stated when the file was put aside; raise ValidationError where it was for another use."""
    stated = dict(kept.token.get("archived") or {})
    department = allowed(user, Department.objects.all()).filter(pk=stated.pop("department", None)).first()
    if department is None:
        raise ValidationError("预览已经过期，请重新上传。")
    code, day = stated.pop("unit"), stated.pop("published_on")
    unit = Unit.objects.filter(department=department, code=code).first() if code else None
    return Particulars(department, unit=unit, published_on=forms.DateField().clean(day), **stated)
