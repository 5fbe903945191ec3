"""The yearly lists: which are official, and which years an edition has used."""

from django.db import models

from budgets.access import Access, Area
from budgets.code_querysets import CodeListQuerySet
from budgets.enums import CodeScheme


class CodeList(models.Model):
    """One scheme's list of one year: imported from the official one, or taken from another year's until then."""

    access = Access(Area.CODES)

    scheme = models.CharField("分类", max_length=20, choices=CodeScheme)
    year = models.PositiveSmallIntegerField("年度")
    official = models.BooleanField("已导入正式目录", default=False)
    used = models.BooleanField("已用于公开版次", default=False, editable=False)
    vintage = models.PositiveSmallIntegerField("所依目录年度", null=True, blank=True, editable=False)
    origin = models.CharField("来源", max_length=120, blank=True)

    objects = CodeListQuerySet.as_manager()

    class Meta:
        """One for each scheme and year; once ``used`` nobody changes that year's codes.

        ``vintage`` is the official list the year goes by; none means the list that came with the portal.
        """

        verbose_name = verbose_name_plural = "年度目录"
        ordering = ("scheme", "-year")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "year"),
                name="codelist_unique",
                violation_error_message="这一分类的年度目录已经登记。",
            ),
            models.CheckConstraint(
                condition=models.Q(official=False) | models.Q(vintage=models.F("year")),
                name="codelist_official_stands_for_itself",
                violation_error_message="正式目录所依的年度就是它自己的年度。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年{self.get_scheme_display()}"
