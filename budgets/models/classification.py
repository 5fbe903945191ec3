"""Classifications: every code is valid for some years, in the list of one vintage."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from budgets.access import Access, Area
from budgets.code_querysets import CodeQuerySet
from budgets.enums import CodeScheme, FunctionKind
from budgets.models.code_list import CodeList
from budgets.models.organisation import YearEffective
from budgets.pinyin import initials_of

FUNCTION_FORM = (r"^2[0-9]{2}([0-9]{2}){0,2}$", "功能分类编码应为2开头的3、5或7位数字（类、款、项）。")
ECONOMIC_FORM = (r"^3[0-9]{2}([0-9]{2})?$", "部门经济分类编码应为3开头的3或5位数字（类、款）。")
GOVERNMENT_ECONOMIC_FORM = (r"^5[0-9]{2}([0-9]{2})?$", "政府经济分类编码应为5开头的3或5位数字。")
PROCUREMENT_FORM = (r"^[ABC][0-9]{0,11}$", "采购品目编码应为A、B或C开头加数字。")
FORMS = {
    CodeScheme.FUNCTION_GENERAL: FUNCTION_FORM,
    CodeScheme.FUNCTION_FUND: FUNCTION_FORM,
    CodeScheme.FUNCTION_CAPITAL: FUNCTION_FORM,
    CodeScheme.ECONOMIC: ECONOMIC_FORM,
    CodeScheme.GOVERNMENT_ECONOMIC: GOVERNMENT_ECONOMIC_FORM,
    CodeScheme.PROCUREMENT: PROCUREMENT_FORM,
}
"""What a code of each list looks like, and how one that does not is answered."""


class Code(YearEffective):
    """A code of some list, with its name and where it was seen."""

    access = Access(Area.CODES)
    schemes: tuple[CodeScheme, ...]
    """The lists this classification has; where there are several, ``kind`` says which one a code is in."""

    code = models.CharField("编码", max_length=12)
    name = models.CharField("名称", max_length=120)
    vintage = models.PositiveSmallIntegerField("所依目录年份")
    origin = models.CharField("来源", max_length=80, blank=True)
    initials = models.CharField("拼音首字母", max_length=120, blank=True, editable=False)
    published = models.BooleanField("已用于公开版次", default=False, editable=False)
    official = models.BooleanField("正式目录", default=False, editable=False)

    objects = CodeQuerySet.as_manager()

    class Meta(YearEffective.Meta):
        """Abstract; each list says which digits its codes have."""

        abstract = True
        ordering = ("code", "valid_from")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the initials beside the name; a new code of a year whose list is official belongs to that list."""
        self.initials = initials_of(self.name)
        if self._state.adding and not self.official:
            self.official = self._in_official_year()
        super().save(*args, **kwargs)

    @property
    def scheme(self) -> str:
        """The list this code is in."""
        return getattr(self, "kind", self.schemes[0])

    def locked(self) -> str:
        """Say why nobody may change or delete this code, or add it; nothing where one may."""
        if self.published:
            return f"编码{self.code}已用于公开版次，不能修改；请导入新年度的目录。"
        used = CodeList.objects.locking(self.scheme, self.vintage, official=self.official).first()
        return f"{used.year}年的公开版次用过{self.vintage}年目录，其中的科目不能增加、修改或删除。" if used else ""

    def clean(self) -> None:
        """Refuse a code of a year that an edition used, and a second name for one that an edition printed."""
        super().clean()
        if self.vintage is None:
            return
        if self._state.adding:
            self.official = self._in_official_year()
        reason = self.locked() or self._printed_under_another_name()
        if reason:
            raise ValidationError(reason)

    def _in_official_year(self) -> bool:
        return CodeList.objects.filter(scheme=self.scheme, year=self.vintage, official=True).exists()

    def _printed_under_another_name(self) -> str:
        printed = type(self).objects.filter(code=self.code, published=True, official=False)
        if self._state.adding and not self.official and printed.exists():
            return f"编码{self.code}已用于公开版次；其他年度的名称请用“导入年度正式目录”登记。"
        return ""


def once_a_vintage(model: str, *more: str) -> models.UniqueConstraint:
    """Let a code stand once in a year's official list, and once in the list taken until that is imported."""
    return models.UniqueConstraint(
        fields=("code", "vintage", "official", *more),
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

    schemes = (CodeScheme.FUNCTION_GENERAL, CodeScheme.FUNCTION_FUND, CodeScheme.FUNCTION_CAPITAL)
    kind = models.CharField("所属预算", max_length=20, choices=FunctionKind)

    class Meta(Code.Meta):
        """The parent is the code's own beginning."""

        verbose_name = verbose_name_plural = "支出功能分类"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("function", "kind"),
            digits("function", *FUNCTION_FORM),
        )


class Economic(Code):
    """部门预算支出经济分类: 类 3, 款 5 digits, 301 to 399."""

    schemes = (CodeScheme.ECONOMIC,)

    class Meta(Code.Meta):
        """The parent is the code's own beginning."""

        verbose_name = verbose_name_plural = "部门预算支出经济分类"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("economic"),
            digits("economic", *ECONOMIC_FORM),
        )


class GovernmentEconomic(Code):
    """政府预算支出经济分类: 类 3, 款 5 digits, 501 to 599."""

    schemes = (CodeScheme.GOVERNMENT_ECONOMIC,)

    class Meta(Code.Meta):
        """The parent is the code's own beginning."""

        verbose_name = verbose_name_plural = "政府预算支出经济分类"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("governmenteconomic"),
            digits("governmenteconomic", *GOVERNMENT_ECONOMIC_FORM),
        )


class ProcurementCatalogue(Code):
    """政府采购品目."""

    schemes = (CodeScheme.PROCUREMENT,)

    class Meta(Code.Meta):
        """Codes as the yearly catalogue prints them: a letter and digits."""

        verbose_name = verbose_name_plural = "政府采购品目"
        constraints = (
            *Code.Meta.constraints,
            once_a_vintage("procurementcatalogue"),
            digits("procurementcatalogue", *PROCUREMENT_FORM),
        )
