"""Who publishes: governments, their years, departments and units, and what became of them."""

from django.db import models

from budgets.access import Access, Area
from budgets.enums import Affiliation, LayoutKey, Level, ReviewChain, SuccessionKind, UnitNature
from budgets.querysets import UnitProfileQuerySet, YearEffectiveQuerySet


class Government(models.Model):
    """本级政府: the government whose departments publish here."""

    access = Access(Area.REGISTER, "pk", shared=True)

    code = models.CharField("区划代码", max_length=6, unique=True)
    name = models.CharField("名称", max_length=60)
    full_name = models.CharField("全称", max_length=120)
    level = models.CharField("级别", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="上级政府")
    notice = models.CharField(
        "显著标注", max_length=60, blank=True, help_text="印在每一页上，如“演示数据，非官方公开”。"
    )

    class Meta:
        """Ordered by code; the code has six digits."""

        verbose_name = verbose_name_plural = "政府"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{6}$"),
                name="government_code_six_digits",
                violation_error_message="区划代码应为6位数字，例如130303。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FiscalYear(models.Model):
    """One government's budget year and the layout its region prescribes."""

    access = Access(Area.REGISTER, "government", shared=True)
    spoken = ("government",)

    government = models.ForeignKey(Government, models.PROTECT, related_name="years", verbose_name="政府")
    year = models.PositiveSmallIntegerField("年度")
    approved_by_congress = models.DateField("人代会批准日期", null=True, blank=True)
    layout = models.CharField("版式", max_length=20, choices=LayoutKey, default=LayoutKey.HEBEI)
    is_open = models.BooleanField("开放填报", default=True)
    reviews = models.CharField("审核步骤", max_length=10, choices=ReviewChain, default=ReviewChain.FOUR)

    class Meta:
        """A year is opened once for each government."""

        verbose_name = verbose_name_plural = "预算年度"
        ordering = ("government__code", "-year")
        constraints = (
            models.UniqueConstraint(
                fields=("government", "year"),
                name="fiscalyear_unique",
                violation_error_message="该政府的这一年度已经建立。",
            ),
            models.CheckConstraint(
                condition=models.Q(year__gte=2000, year__lte=2100),
                name="fiscalyear_plausible",
                violation_error_message="年度应在2000至2100之间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.government}{self.year}年"


class YearEffective(models.Model):
    """Something valid for some years; an open end means no known limit."""

    valid_from = models.PositiveSmallIntegerField("起始年度", null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField("终止年度", null=True, blank=True)

    objects = YearEffectiveQuerySet.as_manager()

    class Meta:
        """An end never precedes its beginning."""

        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="%(class)s_years_in_order",
                violation_error_message="终止年度不能早于起始年度。",
            ),
        )


class Department(YearEffective):
    """部门: answers for its budget and for all its units."""

    access = Access(Area.REGISTER, "government", "pk", shared=True)

    government = models.ForeignKey(Government, models.PROTECT, related_name="departments", verbose_name="政府")
    code = models.CharField("部门编码", max_length=12)
    name = models.CharField("简称", max_length=60)
    full_name = models.CharField("机构全称", max_length=120)
    combines_reviews = models.BooleanField(
        "一人可兼相邻审核岗位", default=False, help_text="人员少的部门可兼办部门审核、保密审查、审签，版次会注明。"
    )

    class Meta(YearEffective.Meta):
        """A code names one department of a government."""

        verbose_name = verbose_name_plural = "部门"
        ordering = ("government__code", "code")
        constraints = (
            *YearEffective.Meta.constraints,
            models.UniqueConstraint(
                fields=("government", "code"),
                name="department_code_unique",
                violation_error_message="该政府已有使用这一编码的部门。",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{3,12}$"),
                name="department_code_digits",
                violation_error_message="部门编码应为3至12位数字。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Unit(YearEffective):
    """预算单位: the smallest publisher; 本级 is one of the units."""

    access = Access(Area.REGISTER, "department__government", "department", "pk")

    department = models.ForeignKey(Department, models.PROTECT, related_name="units", verbose_name="部门")
    code = models.CharField("单位编码", max_length=15)
    name = models.CharField("单位全称", max_length=120)
    affiliation = models.CharField("隶属", max_length=12, choices=Affiliation)

    class Meta(YearEffective.Meta):
        """A code names one unit of a department."""

        verbose_name = verbose_name_plural = "预算单位"
        ordering = ("department__code", "code")
        constraints = (
            *YearEffective.Meta.constraints,
            models.UniqueConstraint(
                fields=("department", "code"),
                name="unit_code_unique",
                violation_error_message="该部门已有使用这一编码的单位。",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{6,15}$"),
                name="unit_code_digits",
                violation_error_message="单位编码应为6至15位数字。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class UnitProfile(models.Model):
    """What a unit is in one year (机构设置情况)."""

    access = Access(Area.FACTS, "unit__department__government", "unit__department", "unit")
    spoken = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="profiles", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    nature = models.CharField("单位性质", max_length=20, choices=UnitNature)
    rank = models.CharField("单位规格", max_length=30, blank=True)
    funding = models.CharField("经费保障形式", max_length=60, blank=True)
    posts = models.PositiveIntegerField("编制数", null=True, blank=True)
    staff = models.PositiveIntegerField("实有人数", null=True, blank=True)

    objects = UnitProfileQuerySet.as_manager()

    class Meta:
        """One profile for each unit and year."""

        verbose_name = verbose_name_plural = "单位年度情况"
        ordering = ("unit__code", "year")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year"),
                name="unitprofile_unique",
                violation_error_message="该单位这一年度的情况已经填写。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}（{self.year}）"


class Succession(models.Model):
    """机构改革: which department or unit continues which, and since when."""

    access = Access(Area.REGISTER, "government", shared=True)

    government = models.ForeignKey(Government, models.PROTECT, related_name="successions", verbose_name="政府")
    kind = models.CharField("方式", max_length=10, choices=SuccessionKind)
    date = models.DateField("日期")
    from_department = models.ForeignKey(
        Department, models.PROTECT, related_name="successors", null=True, blank=True, verbose_name="原部门"
    )
    to_department = models.ForeignKey(
        Department, models.PROTECT, related_name="predecessors", null=True, blank=True, verbose_name="现部门"
    )
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="successors", null=True, blank=True, verbose_name="原单位"
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="predecessors", null=True, blank=True, verbose_name="现单位"
    )
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        """Two departments or two units, never a mixture."""

        verbose_name = verbose_name_plural = "机构沿革"
        ordering = ("date", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    from_department__isnull=False,
                    to_department__isnull=False,
                    from_unit__isnull=True,
                    to_unit__isnull=True,
                )
                | models.Q(
                    from_department__isnull=True,
                    to_department__isnull=True,
                    from_unit__isnull=False,
                    to_unit__isnull=False,
                ),
                name="succession_same_sort",
                violation_error_message="机构沿革须为“部门到部门”或“单位到单位”，两端都要填写。",
            ),
        )

    def __str__(self) -> str:
        before, after = self.from_department or self.from_unit, self.to_department or self.to_unit
        return f"{before} → {after}（{self.get_kind_display()}）"
