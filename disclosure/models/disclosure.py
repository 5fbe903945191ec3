"""The disclosure in the making: its clock and metadata, and the words that people write."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.models import Budget, Unit
from disclosure.enums import CorrectionKind, NarrativeKey, NarrativeState, Status, TableKey
from disclosure.filling import has_facts


class Disclosure(models.Model):
    """One scope (a department, or one of its units) of one budget, on its way to the public."""

    access = Access(Area.DISCLOSURES, "budget__fiscal_year__government", "budget__department", "unit")
    spoken = ("unit", "budget__department", "budget__fiscal_year")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="disclosures", verbose_name="预算")
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="disclosures",
        null=True,
        blank=True,
        verbose_name="单位（部门预算留空）",
    )
    status = models.CharField("状态", max_length=20, choices=Status, default=Status.DRAFTING)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    round = models.PositiveSmallIntegerField("送审轮次", default=0)
    correction_kind = models.CharField("更正类型", max_length=12, choices=CorrectionKind, blank=True)
    correction_reason = models.CharField("更正理由", max_length=200, blank=True)
    publish_at = models.DateTimeField("定时公开时间", null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="定时公开人"
    )
    index_number = models.CharField("索引号", max_length=40, unique=True, null=True, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    topic = models.CharField("主题分类", max_length=60, default="财政预算、决算")
    publisher = models.CharField("发布机构", max_length=120, blank=True)
    composed_on = models.DateField("成文日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        """One for each scope; what is to be published by itself at a set hour was set by somebody."""

        verbose_name = verbose_name_plural = "预算公开"
        ordering = ("budget", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=("budget",),
                condition=Q(unit__isnull=True),
                name="disclosure_department_unique",
                violation_error_message="该部门这一预算的公开事项已经建立。",
            ),
            models.UniqueConstraint(
                fields=("budget", "unit"),
                condition=Q(unit__isnull=False),
                name="disclosure_unit_unique",
                violation_error_message="该单位这一预算的公开事项已经建立。",
            ),
            models.CheckConstraint(
                condition=Q(index_number__isnull=True) | Q(index_number__regex=r"^[0-9A-Z]+/[0-9]{4}-[0-9]{5}$"),
                name="disclosure_index_number_form",
                violation_error_message="索引号应为“机构代码/年份-5位流水号”，例如 130303203/2022-00001。",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True, scheduled_by__isnull=True)
                | Q(publish_at__isnull=False, scheduled_by__isnull=False),
                name="disclosure_schedule_signed",
                violation_error_message="定时公开须同时记下时间和办理人。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit or self.budget.department}{self.budget.fiscal_year.year}年预算公开"


class Narrative(models.Model):
    """One text written by people: a section's paragraphs (one per line) or the reason for a change."""

    access = Access(
        Area.FACTS, "disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit"
    )

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="narratives", verbose_name="预算公开")
    key = models.CharField("栏目", max_length=40, choices=NarrativeKey)
    text = models.TextField("内容", blank=True)
    state = models.CharField("状态", max_length=14, choices=NarrativeState, default=NarrativeState.EDITED)

    class Meta:
        """Each text once."""

        verbose_name = verbose_name_plural = "文字说明"
        ordering = ("disclosure", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "key"),
                name="narrative_key_unique",
                violation_error_message="这一栏目的文字已经填写。",
            ),
        )

    def __str__(self) -> str:
        return self.get_key_display()


class GlossaryTerm(models.Model):
    """名词解释: one term and its explanation."""

    access = Access(
        Area.FACTS, "disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit"
    )

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="glossary_terms", verbose_name="预算公开")
    position = models.PositiveSmallIntegerField("次序")
    term = models.CharField("名词", max_length=60)
    explanation = models.TextField("解释")

    class Meta:
        """Each term once, in printed order."""

        verbose_name = verbose_name_plural = "名词解释"
        ordering = ("disclosure", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "term"),
                name="glossaryterm_unique",
                violation_error_message="这一名词已有解释。",
            ),
        )

    def __str__(self) -> str:
        return self.term


class EmptyTable(models.Model):
    """A statutory table published empty, with its reason (没有数据的表格应当列出空表并说明)."""

    access = Access(
        Area.FACTS, "disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit"
    )

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="empty_tables", verbose_name="预算公开")
    table = models.CharField("表", max_length=40, choices=TableKey)
    reason = models.CharField("空表说明", max_length=200)

    class Meta:
        """Each table is declared once, never without a reason."""

        verbose_name = verbose_name_plural = "空表说明"
        ordering = ("disclosure", "table")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "table"),
                name="emptytable_unique",
                violation_error_message="这张表的空表说明已经填写。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="emptytable_reason_given",
                violation_error_message="空表须填写说明。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_table_display()}：{self.reason}"

    def clean(self) -> None:
        """Refuse to declare empty what has data; the database refuses it too, whoever asks (disclosure/guards.py)."""
        super().clean()
        if self.table not in TableKey or not self.disclosure_id:
            return
        if has_facts(self.table, self.disclosure.budget_id, self.disclosure.unit_id):
            message = f"{self.disclosure}的《{self.get_table_display()}》已有数据，不能声明为空表；请先删除数据。"
            raise ValidationError({"table": message})
