"""历史公开文件: what was published before the portal, as the very file, and its withdrawal."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, Q

from budgets.access import Access, Area
from budgets.enums import Phase
from budgets.immutable import Immutable, ImmutableQuerySet
from budgets.models import Department, Government, Unit
from disclosure.models.stored import StoredFile

WEB_ADDRESS = URLValidator(schemes=("http", "https"), message="请填写以 http:// 或 https:// 开头的完整网址，或留空。")


class ArchivedDisclosureQuerySet(ImmutableQuerySet):
    """Sentences about old files the public may read."""

    def live(self) -> Self:
        """Keep what has not been withdrawn."""
        return self.filter(withdrawal__isnull=True)

    def of_year(self, government: str, year: int) -> Self:
        """Keep a year's files, by department."""
        return self.filter(government_code=government, year=year).order_by("department_code", "unit_code", "id")

    def by_year(self, government: str) -> Any:
        """Count a government's files and the departments they are of, year by year, the newest first."""
        years = self.filter(government_code=government).values("year").order_by("-year")
        return years.annotate(files=Count("pk"), departments=Count("department_code", distinct=True))


class ArchivedDisclosure(StoredFile):
    """A disclosure older than the portal: the published file, with codes and names as they were when it was put in."""

    access = Access(Area.EDITIONS)

    government = models.ForeignKey(Government, models.PROTECT, related_name="+", verbose_name="政府")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="单位")
    government_code = models.CharField("区划代码", max_length=6)
    government_name = models.CharField("政府名称", max_length=120)
    department_code = models.CharField("部门编码", max_length=12)
    department_name = models.CharField("部门名称", max_length=120)
    unit_code = models.CharField("单位编码", max_length=15, blank=True)
    unit_name = models.CharField("单位名称", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    phase = models.CharField("阶段", max_length=10, choices=Phase)
    title = models.CharField("标题", max_length=150)
    published_on = models.DateField("原公开日期")
    publisher = models.CharField("发布机构", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    source = models.CharField("原公开网址", max_length=500, blank=True, validators=[WEB_ADDRESS])
    privacy = models.TextField("个人信息检查", blank=True)
    confirmation = models.CharField("仍然公开的理由", max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    added_at = models.DateTimeField("补录时间")

    objects: ClassVar[Any] = ArchivedDisclosureQuerySet.as_manager()

    class Meta:
        """What may hold personal data stands only with a reason."""

        verbose_name = verbose_name_plural = "历史公开文件"
        ordering = ("government_code", "-year", "department_code", "unit_code", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="archiveddisclosure_year_plausible",
                violation_error_message="年度应在2000至2100之间。",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="archiveddisclosure_titled",
                violation_error_message="请填写标题。",
            ),
            models.CheckConstraint(
                condition=Q(privacy="") | ~Q(confirmation=""),
                name="archiveddisclosure_privacy_confirmed",
                violation_error_message="个人信息检查没有通过的，须写明仍然公开的理由。",
            ),
        )
        indexes = (models.Index(fields=("government_code", "year", "department_code"), name="archived_address"),)

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> str:
        """Keep each government's files apart, so that its row's lock guards them."""
        return f"archive/{self.government_code}"


class ArchivedWithdrawal(Immutable):
    """撤下: the bytes of an old file are destroyed; the row, its hash and the reason stay."""

    access = Access(Area.EDITIONS)

    archived: Any = models.OneToOneField(
        ArchivedDisclosure, models.PROTECT, related_name="withdrawal", verbose_name="历史公开文件"
    )
    withdrawn_at = models.DateTimeField("撤下时间")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="撤下人")
    reason = models.CharField("撤下理由", max_length=200)

    class Meta:
        """Once, never without a reason."""

        verbose_name = verbose_name_plural = "历史文件撤下记录"
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="archivedwithdrawal_reason_given",
                violation_error_message="撤下须说明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.archived}已撤下"
