"""Pages of accounts, posts and the trail: three administrators, each with one of them (三员分立)."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from budgets.admin.base import ReadOnlyAdmin, ScopedAdmin
from budgets.models import AuditTrail, Membership

if admin.site.is_registered(User):
    admin.site.unregister(User)
if admin.site.is_registered(Group):
    admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(ScopedAdmin, UserAdmin):
    """Accounts: who may sign in. What they may do is a post, given by somebody else."""

    list_display = ("username", "first_name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("人员", {"fields": ("first_name", "email")}),
        ("登录", {"fields": ("is_active", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "first_name", "password1", "password2")}),)
    followed = ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Let every account reach the sign-in page; nobody becomes a superuser here."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """岗位."""

    list_display = ("user", "role", "government", "department", "unit")
    list_filter = ("role",)
    search_fields = ("user__username", "department__code", "department__name")
    autocomplete_fields = ("user", "government", "department", "unit")


@admin.register(AuditTrail)
class AuditTrailAdmin(ReadOnlyAdmin):
    """审计轨迹."""

    list_display = ("at", "actor", "action", "target")
    list_filter = ("action",)
    search_fields = ("target", "actor__username")
    date_hierarchy = None
