"""The page of the trail: looked at, searched, and taken away as a file whose hashes can be computed again."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import URLPattern, path

from budgets.admin.base import ReadOnlyAdmin
from budgets.formats import harmless
from budgets.models import AuditTrail
from budgets.models.trail import ACTIONS

COLUMNS = {
    "pk": "序号",
    "at": "时间（UTC）",
    "actor_id": "操作人编号",
    "actor": "操作人",
    "action": "操作",
    "target": "对象",
    "subject": "所属事项",
    "detail": "内容",
    "form": "校验方式",
    "previous_hash": "前一条校验值",
    "hash": "校验值",
}
WORDS = {
    "model": "数据表",
    "pk": "编号",
    "file": "文件",
    "format": "格式",
    "rows": "各行",
    "counts": "行数",
    "filter": "筛选",
    "address": "来源地址",
    "addresses": "各来源地址",
    "minutes": "分钟",
    "places": "处数",
    "days": "天数",
    "spare": "用备用码",
    "reason": "理由",
    "posts": "结束的岗位",
    "rule": "规则",
    "edition": "版次编号",
    "sha256": "校验值",
    "edition_sha256": "版次各项的校验值",
    "files": "各文件的校验值",
    "added": "新增行数",
    "changed": "修改行数",
    "removed": "删除行数",
}
"""What the parts of a row's content are called."""
CHUNK = 500


class ByAction(admin.SimpleListFilter):
    """What was done, in words."""

    title = "操作"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every known action."""
        return list(ACTIONS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep one."""
        return queryset.filter(action=self.value()) if self.value() else queryset


class Line:
    """A file that is written line by line into a response."""

    def write(self, text: str) -> str:
        """Hand the line on."""
        return text


@admin.register(AuditTrail)
class AuditTrailAdmin(ReadOnlyAdmin):
    """审计轨迹."""

    change_list_template = "admin/trail/change_list.html"
    list_display = ("at", "actor", "done", "target")
    list_filter = (ByAction, "at")
    search_fields = ("target", "subject", "actor__username", "actor__first_name")
    search_help_text = "对象、所属事项或操作人"
    fields = ("at", "actor", "done", "target", "subject", "said", "form", "previous_hash", "hash")
    ordering = ("-pk",)
    followed = ("actor",)

    @admin.display(description="操作", ordering="action")
    def done(self, row: AuditTrail) -> str:
        """Say what was done."""
        return row.action_name

    @admin.display(description="内容")
    def said(self, row: AuditTrail) -> str:
        """Say what changed, one field a line."""
        detail = json.loads(row.detail)
        changes = detail.pop("changes", {})
        lines = [f"{_name(detail.get('model', ''), field)}：{old} → {new}" for field, (old, new) in changes.items()]
        others = [f"{WORDS.get(name, name)}：{_text(value)}" for name, value in detail.items()]
        return "\n".join([*lines, *others])

    def get_urls(self) -> list[URLPattern]:
        """Add the file."""
        own = path("export/", self.admin_site.admin_view(self.export), name="budgets_audittrail_export")
        return [own, *super().get_urls()]

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """Hand out what the list shows, oldest first, as CSV; that it was taken is a row itself."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request).order_by("pk")
        last = AuditTrail.objects.order_by("pk").last()
        rows = rows.filter(pk__lte=last.pk if last else 0)
        detail = {
            "model": "budgets.AuditTrail",
            "format": "csv",
            "rows": rows.count(),
            "filter": request.GET.urlencode(),
        }
        AuditTrail.append("export", str(self.opts.verbose_name), by=request.user, **detail)
        response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
        return response


def _lines(rows: QuerySet) -> Iterator[str]:
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(COLUMNS.values())
    for row in rows.iterator(CHUNK):
        cells = {**{name: getattr(row, name) for name in COLUMNS}, "at": row.at.astimezone(UTC).isoformat()}
        yield writer.writerow([harmless(cell) for cell in cells.values()])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _name(model: str, field: str) -> str:
    """Name a field as its form does."""
    try:
        return str(apps.get_model(model)._meta.get_field(field).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return field
