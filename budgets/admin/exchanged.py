"""Import and export of admin pages: within reach, all or nothing, and every file kept in the trail."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from import_export.forms import ExportForm

from budgets.formats import FORMATS, GuardedImportForm
from budgets.models import AuditTrail


class Exchange:
    """Import and export within the reach of whoever asks; the formats are ours, safe against formulas."""

    formats = FORMATS
    import_form_class = GuardedImportForm
    export_form_class = ExportForm
    import_template_name = "admin/exchange/import.html"
    export_template_name = "admin/exchange/export.html"
    show_change_form_export = False

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the resource who imports."""
        return {**super().get_import_resource_kwargs(request, **kwargs), "user": request.user}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the resource who exports."""
        return {**super().get_export_resource_kwargs(request, **kwargs), "user": request.user}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Store all rows or none."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet, **kwargs: Any) -> Any:
        """Write a file, and keep in the trail that it was taken."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        detail = {"model": self.opts.label, "format": file_format.get_title(), "rows": queryset.count()}
        AuditTrail.append("export", str(self.opts.verbose_name), by=request.user, **detail)
        return data

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the previewed file; a second press of the button finds it taken already, and is told so."""
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.warning(request, "这个文件已经导入过，或预览已经过期。请在列表中核对；需要再次导入时请重新上传。")
            return HttpResponseRedirect(request.path.replace("process_import", "import"))

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say that an import failed where it did: something changed since its preview."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        messages.error(request, "没有导入任何内容：预览之后数据有变化。请重新上传文件，按预览中的提示修改。")
        return HttpResponseRedirect(request.path.replace("process_import", "import"))

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        """Say why a file cannot be read, and what to do."""
        said = "".join(error.messages) if isinstance(error, ValidationError) else ""
        form.add_error("import_file", said or "文件不能读取，请确认格式选择正确，并用 Excel 或 WPS 另存后重试。")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Import where rows may be added and changed."""
        return self.permitted(request, "add") and self.permitted(request, "change")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Export what may be seen."""
        return self.permitted(request, "view")
