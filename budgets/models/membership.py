"""Who works for a publisher, and in which role."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from budgets.access import Access, Area
from budgets.enums import ADMINISTRATORS, Role
from budgets.models.organisation import Department, Government, Unit


class Membership(models.Model):
    """What one person may do, and for whom: a government, one of its departments, or one unit."""

    access = Access(Area.ROLES, "government")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="用户")
    role = models.CharField("角色", max_length=24, choices=Role)
    government = models.ForeignKey(Government, models.PROTECT, verbose_name="政府")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name="部门")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="单位")

    class Meta:
        """The same role is given once; a unit implies its department."""

        verbose_name = verbose_name_plural = "岗位"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "government"),
                condition=models.Q(department__isnull=True),
                name="membership_government_unique",
                violation_error_message="该用户已有这一岗位。",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "department"),
                condition=models.Q(department__isnull=False, unit__isnull=True),
                name="membership_department_unique",
                violation_error_message="该用户已有这一岗位。",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "unit"),
                condition=models.Q(unit__isnull=False),
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
        """Keep the three administrators apart (三员分立), and units within their department."""
        super().clean()
        if self.role in ADMINISTRATORS and self.user_id:
            held = Membership.objects.filter(user=self.user_id, role__in=ADMINISTRATORS).exclude(pk=self.pk)
            if held.exclude(role=self.role).exists():
                raise ValidationError({"role": "系统、安全、审计三个管理员岗位不能由同一账号兼任（三员分立）。"})
        if self.unit_id and self.department_id and self.unit.department_id != self.department_id:
            raise ValidationError({"unit": f"单位“{self.unit}”不属于{self.department}。"})
