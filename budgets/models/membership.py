"""Who works for a publisher, and in which role."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from budgets.access import MATRIX, Access, Area
from budgets.enums import ADMINISTRATORS, Role
from budgets.models.organisation import Department, Government, Unit

DRAFTS = (Area.FACTS, Area.CONTROL, Area.DISCLOSURES)
SEES_DRAFTS = frozenset(role for role, rights in MATRIX.items() if any(rights.get(area) for area in DRAFTS))
"""The roles that see figures before they are public: no administrator's account has one."""
APART = "管理员看不到未公开的数据，不能兼任办理、审核、公开、审计的岗位。请另用一个账号，或先结束原有岗位。"


class MembershipQuerySet(models.QuerySet):
    """Sentences about posts."""

    def in_force(self) -> Self:
        """Keep the posts that have not ended."""
        return self.filter(closed_on=None)


class Membership(models.Model):
    """What one person may do, and for whom: a government, one of its departments, or one unit; kept when it ends."""

    access = Access(Area.ROLES, "government")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="用户")
    role = models.CharField("角色", max_length=24, choices=Role)
    government = models.ForeignKey(Government, models.PROTECT, verbose_name="政府")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name="部门")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="单位")
    closed_on = models.DateField(
        "结束日期", null=True, blank=True, help_text="填写后岗位立即失效，记录保留；清空则恢复岗位。"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        """The same role is held once at a time; a unit implies its department."""

        verbose_name = verbose_name_plural = "岗位"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "government"),
                condition=models.Q(department__isnull=True, closed_on__isnull=True),
                name="membership_government_unique",
                violation_error_message="该用户已有这一岗位。",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "department"),
                condition=models.Q(department__isnull=False, unit__isnull=True, closed_on__isnull=True),
                name="membership_department_unique",
                violation_error_message="该用户已有这一岗位。",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "unit"),
                condition=models.Q(unit__isnull=False, closed_on__isnull=True),
                name="membership_unit_unique",
                violation_error_message="该用户已有这一岗位。",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(department__isnull=False),
                name="membership_unit_in_department",
                violation_error_message="填写单位时须同时填写其部门。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def clean(self) -> None:
        """Keep the three administrators apart (三员分立) and away from drafts, and units within their department."""
        super().clean()
        if self.closed_on and self.closed_on > timezone.localdate():
            raise ValidationError({"closed_on": "结束日期不能晚于今天；到了那一天再填写。"})
        if self.user_id and not self.closed_on:
            self._keep_apart()
        if self.unit_id and self.department_id and self.unit.department_id != self.department_id:
            raise ValidationError({"unit": f"单位“{self.unit}”不属于{self.department}。"})

    def _keep_apart(self) -> None:
        """Refuse a post that does not go with those the account holds."""
        posts = Membership.objects.in_force().filter(user=self.user_id).exclude(pk=self.pk)
        held = {Role(role) for role in posts.values_list("role", flat=True)}
        if self.role in ADMINISTRATORS and held & {*ADMINISTRATORS} - {self.role}:
            raise ValidationError("系统、安全、审计三个管理员岗位不能由同一账号兼任（三员分立）。")
        beside = SEES_DRAFTS if self.role in ADMINISTRATORS else ADMINISTRATORS if self.role in SEES_DRAFTS else ()
        if others := sorted(role.label for role in held & {*beside}):
            raise ValidationError(f"该用户已有岗位“{'、'.join(others)}”：{APART}")
        again = posts.filter(
            role=self.role, government=self.government_id, department=self.department_id, unit=self.unit_id
        )
        if self.pk and again.exists():
            raise ValidationError("该用户已另有这一岗位，不用恢复。")
