"""Pages to look at: what was found, answered, imported, done, published."""

from django.contrib import admin

from budgets.admin.base import ReadOnlyAdmin, ScopedAdmin
from disclosure.desk.archive import ArchivedDisclosureAdmin
from disclosure.desk.attachments import AttachmentAdmin
from disclosure.desk.evidence import EvidencePages
from disclosure.desk.records import RecordPages
from disclosure.models import (
    ArchivedDisclosure,
    Attachment,
    AuditResult,
    CarriedRow,
    Comment,
    Contribution,
    Edition,
    EditionEvidence,
    EditionManifest,
    EditionSignOff,
    Exemption,
    Explanation,
    ImportRun,
    LedgerEntry,
    Presence,
    RenderingClaim,
    RenderingFailure,
    SearchEntry,
    Transition,
    UrgentPublication,
    Waiver,
    WithdrawnFile,
)

YEAR = "disclosure__budget__fiscal_year__year"


@admin.register(AuditResult)
class AuditResultAdmin(ReadOnlyAdmin):
    """检查结果."""

    list_display = ("disclosure", "errors", "warnings", "notes", "at")
    followed = ("disclosure__unit", "disclosure__budget__department", "disclosure__budget__fiscal_year")
    list_filter = (YEAR,)


@admin.register(Explanation)
class ExplanationAdmin(ReadOnlyAdmin):
    """警告的原因."""

    list_display = ("rule", "disclosure", "reason", "by", "at")
    list_filter = (YEAR, "rule")


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    """错误的豁免."""

    list_display = ("rule", "disclosure", "reason", "published", "by", "at")
    list_filter = (YEAR, "rule")


@admin.register(ImportRun)
class ImportRunAdmin(RecordPages, ReadOnlyAdmin):  # type: ignore[misc]  # budgets is not checked strictly
    """导入记录."""

    change_form_template = "admin/workbook/record.html"
    fields = (("file_name", "disclosure"), ("by", "at"), "sha256", ("added", "changed", "removed"), "undone_at")

    list_display = ("file_name", "disclosure", "by", "at", "added", "changed", "removed", "undone_at")
    list_filter = (YEAR,)
    search_fields = ("file_name", "sha256", "by__username")


@admin.register(Edition)
class EditionAdmin(EvidencePages, ReadOnlyAdmin):  # type: ignore[misc]  # budgets is not checked strictly
    """公开版次."""

    change_form_template = "admin/edition_form.html"

    list_display = ("title", "number", "kind", "published_at", "published_by", "content_sha256")
    list_filter = ("year", "kind")
    search_fields = ("title", "department_code", "index_number", "content_sha256")
    followed = ("published_by",)


@admin.register(EditionSignOff)
class EditionSignOffAdmin(ReadOnlyAdmin):
    """版次的审签."""

    list_display = ("edition", "step", "person", "on", "conclusion", "combined")
    list_filter = ("step",)
    search_fields = ("edition__title", "person")
    followed = ("edition",)


@admin.register(EditionEvidence)
class EditionEvidenceAdmin(ReadOnlyAdmin):
    """公开时的检查结果."""

    list_display = ("edition", "errors", "warnings", "notes", "at")
    list_filter = ("edition__year",)
    search_fields = ("edition__title", "edition__department_code")
    followed = ("edition",)


@admin.register(RenderingFailure)
class RenderingFailureAdmin(ReadOnlyAdmin):
    """没有生成的文件."""

    list_display = ("edition", "format", "reason", "at")
    list_filter = ("edition__year", "format")
    search_fields = ("edition__title", "edition__department_code")
    followed = ("edition",)


@admin.register(RenderingClaim)
class RenderingClaimAdmin(ReadOnlyAdmin):
    """正在生成的文件."""

    list_display = ("edition", "worker", "since", "free_at", "tries")
    list_filter = ("edition__year",)
    search_fields = ("edition__title", "edition__department_code", "worker")
    followed = ("edition",)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """公开台账."""

    list_display = ("number", "edition", "sha256")
    list_filter = ("edition__year",)
    search_fields = ("edition__title", "edition__department_code")
    followed = ("edition",)


@admin.register(EditionManifest)
class EditionManifestAdmin(ReadOnlyAdmin):
    """国密签名清单."""

    list_display = ("edition", "at", "signature")
    list_filter = ("edition__year",)
    search_fields = ("edition__title", "edition__department_code")
    followed = ("edition",)


@admin.register(WithdrawnFile)
class WithdrawnFileAdmin(ReadOnlyAdmin):
    """已撤下的文件."""

    list_display = ("edition", "format", "sha256")
    list_filter = ("edition__year", "format")
    search_fields = ("edition__title", "edition__department_code", "sha256")
    followed = ("edition",)


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    """办理记录."""

    list_display = ("at", "disclosure", "act", "before", "after", "by", "comment")
    list_filter = (YEAR, "act")
    search_fields = ("disclosure__budget__department__name", "by__username", "comment")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """审核意见."""

    list_display = ("disclosure", "place", "text", "by", "at", "answer", "resolved_by")
    list_filter = (YEAR,)


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """填写人记录."""

    list_display = ("by", "budget", "unit", "at")
    list_filter = ("budget__fiscal_year__year",)


@admin.register(CarriedRow)
class CarriedRowAdmin(ReadOnlyAdmin):
    """上年带入的内容."""

    list_display = ("model", "row", "budget", "unit", "by", "at", "reviewed_by", "reviewed_at")
    list_filter = ("budget__fiscal_year__year", "model")


@admin.register(Presence)
class PresenceAdmin(ReadOnlyAdmin):
    """正在编辑的人."""

    list_display = ("disclosure", "user", "place", "at")


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    """搜索条目."""

    list_display = ("title", "code", "kind", "edition", "place")
    list_filter = ("kind", "edition__year")
    search_fields = ("title", "code")
    followed = ("edition",)


@admin.register(UrgentPublication)
class UrgentPublicationAdmin(ReadOnlyAdmin):
    """紧急公开."""

    list_display = ("edition", "reason", "by", "at", "conclusion", "confirmed_by", "confirmed_at")
    followed = ("edition", "by", "confirmed_by")


@admin.register(Exemption)
class ExemptionAdmin(ScopedAdmin):
    """公开名册例外."""

    list_display = ("fiscal_year", "department", "unit", "kind", "reason")
    list_filter = ("fiscal_year__year", "kind")
    search_fields = ("department__name", "unit__name", "reason")
    autocomplete_fields = ("fiscal_year", "department", "unit")


admin.site.register(Attachment, AttachmentAdmin)
admin.site.register(ArchivedDisclosure, ArchivedDisclosureAdmin)
