"""Classifications: every code is valid for some years, and changed codes point at their successors."""

from typing import Any

from django.db import models
from pypinyin import Style, lazy_pinyin

from budgets.access import Access, Area
from budgets.enums import ChangeKind, CodeScheme, FunctionKind
from budgets.models.organisation import YearEffective
from budgets.querysets import CodeQuerySet


class CodeList(models.Model):
    """One scheme's list of one year: imported from the official one, or taken from another year's until then."""

    access = Access(Area.CODES)

    scheme = models.CharField("分类", max_length=20, choices=CodeScheme)
    year = models.PositiveSmallIntegerField("年度")
    official = models.BooleanField("已导入正式目录", default=False)
    used = models.BooleanField("已用于公开版次", default=False, editable=False)
    origin = models.CharField("来源", max_length=120, blank=True)

    class Meta:
        """One for each scheme and year; once ``used`` nobody changes that year's codes."""

        verbose_name = verbose_name_plural = "年度目录"
        ordering = ("scheme", "-year")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "year"),
                name="codelist_unique",
                violation_error_message="这一分类的年度目录已经登记。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年{self.get_scheme_display()}"


class Code(YearEffective):
    """A code of some official list, with its name and where it was seen."""

    access = Access(Area.CODES)

    code = models.CharField("编码", max_length=12)
    name = models.CharField("名称", max_length=120)
    vintage = models.PositiveSmallIntegerField("所依目录年份")
    origin = models.CharField("来源", max_length=80, blank=True)
    initials = models.CharField("拼音首字母", max_length=120, blank=True, editable=False)
    published = models.BooleanField("已用于公开版次", default=False, editable=False)

    objects = CodeQuerySet.as_manager()

    class Meta(YearEffective.Meta):
        """Abstract; each list says which digits its codes have."""

        abstract = True
        ordering = ("code", "valid_from")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the initials beside the name."""
        self.initials = initials_of(self.name)
        super().save(*args, **kwargs)


def initials_of(name: str) -> str:
    """Return the pinyin initials of a Chinese name, letters and digits kept: 办公费 → bgf."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def once_a_vintage(model: str) -> models.UniqueConstraint:
    """Let a code stand once in a year's list."""
    return models.UniqueConstraint(
        fields=("code", "vintage"),
        name=f"{model}_code_unique",
        violation_error_message="该年度目录中已有这一编码。",
    )


def digits(model: str, pattern: str, message: str) -> models.CheckConstraint:
    """Let a code have only the lengths of its list."""
    return models.CheckConstraint(
        condition=models.Q(code__regex=pattern), name=f"{model}_code_digits", violation_error_message=message
    )


class Function(Code):
    """支出功能分类: 类 3, 款 5, 项 7 digits, of one of the three budgets."""

    kind = models.CharField("所属预算", max_length=20, choices=FunctionKind)

    class Meta(Code.Meta):
        """The parent is the code's own beginning."""

        verbose_name = verbose_name_plural = "支出功能分类"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("function"),
            digits(
                "function",
                r"^2[0-9]{2}([0-9]{2}){0,2}$",
                "功能分类编码应为2开头的3、5或7位数字（类、款、项）。",
            ),
        )


class Economic(Code):
    """部门预算支出经济分类: 类 3, 款 5 digits, 301 to 399."""

    class Meta(Code.Meta):
        """The parent is the code's own beginning."""

        verbose_name = verbose_name_plural = "部门预算支出经济分类"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("economic"),
            digits("economic", r"^3[0-9]{2}([0-9]{2})?$", "部门经济分类编码应为3开头的3或5位数字（类、款）。"),
        )


class GovernmentEconomic(Code):
    """政府预算支出经济分类: 类 3, 款 5 digits, 501 to 599."""

    class Meta(Code.Meta):
        """The parent is the code's own beginning."""

        verbose_name = verbose_name_plural = "政府预算支出经济分类"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("governmenteconomic"),
            digits("governmenteconomic", r"^5[0-9]{2}([0-9]{2})?$", "政府经济分类编码应为5开头的3或5位数字。"),
        )


class EconomicCrosswalk(models.Model):
    """Which 政府经济分类 a 部门经济分类 becomes, by the sort of unit that pays."""

    access = Access(Area.CODES)

    economic = models.ForeignKey(Economic, models.PROTECT, related_name="crosswalk", verbose_name="部门经济分类")
    payer = models.CharField("适用单位", max_length=40)
    government_economic = models.ForeignKey(
        GovernmentEconomic, models.PROTECT, related_name="crosswalk", verbose_name="政府经济分类"
    )

    class Meta:
        """One answer for each code and sort of unit."""

        verbose_name = verbose_name_plural = "经济分类对照"
        ordering = ("economic__code", "payer")
        constraints = (
            models.UniqueConstraint(
                fields=("economic", "payer", "government_economic"),
                name="economiccrosswalk_unique",
                violation_error_message="这一对照关系已经存在。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.economic} → {self.government_economic}（{self.payer}）"


class ProcurementCatalogue(Code):
    """政府采购品目."""

    class Meta(Code.Meta):
        """Codes as the yearly catalogue prints them: a letter and digits."""

        verbose_name = verbose_name_plural = "政府采购品目"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("procurementcatalogue"),
            digits("procurementcatalogue", r"^[ABC][0-9]{0,11}$", "采购品目编码应为A、B或C开头加数字。"),
        )


class CodeChange(models.Model):
    """How an old code continues in a new one, and whether figures may be compared across the change."""

    access = Access(Area.CODES)

    scheme = models.CharField("分类", max_length=30)
    kind = models.CharField("方式", max_length=10, choices=ChangeKind)
    old_code = models.CharField("原编码", max_length=12)
    old_name = models.CharField("原名称", max_length=120)
    new_code = models.CharField("新编码", max_length=12)
    new_name = models.CharField("新名称", max_length=120)
    last_year_of_old = models.PositiveSmallIntegerField("原编码最后使用年度")
    share = models.DecimalField("占比（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    comparable = models.BooleanField("口径可比", default=True)
    origin = models.CharField("来源", max_length=120, blank=True)

    class Meta:
        """One row for each old and new code of a change."""

        verbose_name = verbose_name_plural = "科目变更"
        ordering = ("scheme", "old_code", "last_year_of_old")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "old_code", "old_name", "new_code", "last_year_of_old"),
                name="codechange_unique",
                violation_error_message="这一科目变更已经登记。",
            ),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=100),
                name="codechange_share_percent",
                violation_error_message="占比应大于0且不超过100。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_code} {self.old_name} → {self.new_code} {self.new_name}"
