"""The edition: what was published, frozen; its rows are named by their place in the document."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from budgets.access import Access, Area
from budgets.enums import Phase
from budgets.immutable import Immutable, ImmutableQuerySet
from budgets.money import MoneyField
from disclosure.enums import CorrectionKind, EditionKind, FileFormat
from disclosure.models.disclosure import Disclosure


class EditionQuerySet(ImmutableQuerySet):
    """Sentences about what the public may read."""

    def current(self) -> Self:
        """Keep the newest edition of each disclosure."""
        return self.filter(superseded_by__isnull=True)

    def at(self, government: str, year: int, department: str, unit: str = "", phase: str = Phase.INITIAL) -> Self:
        """Keep the editions that live under one public address."""
        return self.filter(
            government_code=government, year=year, department_code=department, unit_code=unit, phase=phase
        )

    def standing(self) -> Self:
        """Keep what was not withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def lacking_files(self) -> Self:
        """Keep what is not there in every form."""
        return self.annotate(forms=Count("files")).filter(forms__lt=len(FileFormat))

    def hashed(self, beginning: str) -> Self:
        """Keep the editions whose content's SHA-256 begins so (hexadecimal): a range of the index, not a scan."""
        return self.filter(content_sha256__gte=beginning, content_sha256__lt=f"{beginning}g")


class Edition(Immutable):
    """One published state of a disclosure: number, hash, names and dates, never changed and never deleted."""

    access = Access(Area.EDITIONS)

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="editions", verbose_name="预算公开")
    number = models.PositiveSmallIntegerField("版次")
    kind = models.CharField("类型", max_length=12, choices=EditionKind)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, related_name="superseded_by", null=True, blank=True, verbose_name="更正前版次"
    )
    correction_kind = models.CharField("更正类型", max_length=12, choices=CorrectionKind, blank=True)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    government_code = models.CharField("区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("年度")
    phase = models.CharField("阶段", max_length=10, choices=Phase)
    department_code = models.CharField("部门编码", max_length=12)
    department_name = models.CharField("部门", max_length=120)
    unit_code = models.CharField("单位编码", max_length=15, blank=True)
    unit_name = models.CharField("单位", max_length=120, blank=True)
    title = models.CharField("标题", max_length=200)
    notice = models.CharField("显著标注", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=40)
    document_number = models.CharField("文号", max_length=60, blank=True)
    topic = models.CharField("主题分类", max_length=60)
    publisher = models.CharField("发布机构", max_length=120)
    composed_on = models.DateField("成文日期", null=True, blank=True)
    content_sha256 = models.CharField("内容校验值", max_length=64)
    published_at = models.DateTimeField("公开时间")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        """Numbered without gaps by the workflow; a correction names its predecessor and its reason."""

        verbose_name = verbose_name_plural = "公开版次"
        ordering = ("government_code", "-year", "department_code", "unit_code", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "number"),
                name="edition_number_unique",
                violation_error_message="这一版次已经存在。",
            ),
            models.CheckConstraint(
                condition=Q(kind=EditionKind.FIRST, supersedes__isnull=True, reason="")
                | (Q(kind=EditionKind.CORRECTION, supersedes__isnull=False) & ~Q(reason="")),
                name="edition_correction_explained",
                violation_error_message="更正须指明被更正的版次并说明理由。",
            ),
        )
        indexes = (
            models.Index(fields=("government_code", "year", "department_code", "unit_code"), name="edition_address"),
            models.Index(fields=("content_sha256",), name="edition_content_hash"),
            models.Index(fields=("published_at",), name="edition_published"),
            models.Index(
                fields=("government_code", "-year", "phase", "department_code", "unit_code", "number", "id"),
                name="edition_listed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"


class EditionContent(Immutable):
    """The canonical JSON text over which the edition's SHA-256 is taken."""

    access = Access(Area.EDITIONS)

    removable_after_withdrawal = True

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="content", primary_key=True, verbose_name="版次"
    )
    text = models.TextField("内容")

    class Meta:
        """One for each edition."""

        verbose_name = verbose_name_plural = "版次内容"

    def __str__(self) -> str:
        return f"{self.edition}内容"


class EditionLine(Immutable):
    """One frozen figure: a money cell of a table, or a headline figure, in 元."""

    access = Access(Area.EDITIONS)

    removable_after_withdrawal = True

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="lines", verbose_name="版次")
    table = models.CharField("表", max_length=40)
    row = models.PositiveIntegerField("行")
    code = models.CharField("编码", max_length=21, blank=True)
    name = models.CharField("名称", max_length=120, blank=True)
    column = models.CharField("列", max_length=30)
    amount = MoneyField("金额（元）", null=True)
    not_applicable = models.BooleanField("不适用", default=False, db_default=False)

    class Meta:
        """A cell is stored once; it holds an amount, is missing, or does not apply."""

        verbose_name = verbose_name_plural = "版次数据"
        ordering = ("edition", "table", "row")
        indexes = (models.Index(fields=("code", "edition"), name="editionline_code"),)
        constraints = (
            models.UniqueConstraint(fields=("edition", "table", "row", "column"), name="editionline_cell_unique"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(amount__isnull=True),
                name="editionline_amount_or_not_applicable",
                violation_error_message="“不适用”的数不能再有金额。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"


class EditionText(Immutable):
    """A section's words, for search."""

    access = Access(Area.EDITIONS)

    removable_after_withdrawal = True

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="texts", verbose_name="版次")
    section = models.CharField("章节", max_length=40)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文")

    class Meta:
        """A section is stored once."""

        verbose_name = verbose_name_plural = "版次文字"
        ordering = ("edition", "id")
        constraints = (models.UniqueConstraint(fields=("edition", "section"), name="editiontext_section_unique"),)

    def __str__(self) -> str:
        return self.title


class Withdrawal(Immutable):
    """撤下: the one act that may remove an edition's content; number, hash and reason stay."""

    access = Access(Area.EDITIONS)

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal", verbose_name="版次")
    withdrawn_at = models.DateTimeField("撤下时间")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="撤下人")
    reason = models.CharField("撤下理由", max_length=200)

    class Meta:
        """Never without a reason."""

        verbose_name = verbose_name_plural = "撤下记录"
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="withdrawal_reason_given",
                violation_error_message="撤下须说明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}已撤下"
