"""Pages of accounts and posts: three administrators, each with one of them (三员分立); nothing is ever deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets import edits
from budgets.accounts import close_account, reopen_account
from budgets.admin.account_security import SecurityPage
from budgets.admin.base import ScopedAdmin
from budgets.models import Membership
from budgets.passwords import hand_out

for model in (User, Group, TOTPDevice, StaticDevice):
    if admin.site.is_registered(model):
        admin.site.unregister(model)  # ours are below; groups are not used, and keys are nobody's to look at


class KeptAdmin(ScopedAdmin):
    """Rows that end but are never deleted: every record names them."""

    def permitted(self, request: HttpRequest, action: str, obj: models.Model | None = None) -> bool:
        """Delete nothing."""
        return action != "delete" and super().permitted(request, action, obj)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))


@admin.register(User)
class AccountAdmin(SecurityPage, KeptAdmin, UserAdmin):
    """Accounts: who may sign in. What they may do is a post, given by somebody else."""

    list_display = ("username", "first_name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "email")
    filter_horizontal = ()
    readonly_fields = ("usable", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("人员", {"fields": ("first_name", "email")}),
        ("登录", {"fields": ("usable", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "first_name", "password1", "password2")}),)
    change_form_template = "admin/account_form.html"
    followed = ()

    @admin.display(description="可以登录", boolean=True)
    def usable(self, user: User) -> bool:
        """Tell an account in use from one that was closed."""
        return user.is_active

    def get_urls(self) -> list[URLPattern]:
        """Add the page on which an account is closed or opened again, and that of its signing in."""
        close = path("<int:pk>/close/", self.admin_site.admin_view(self.close), name="account_close")
        security = path("<int:pk>/security/", self.admin_site.admin_view(self.security), name="account_security")
        return [close, security, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Let every account reach the sign-in page; nobody becomes a superuser here."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not change:
            hand_out(obj)

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then close the account, or open a closed one again."""
        user = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form, act = ReasonForm(request.POST or None), close_account if user.is_active else reopen_account
        if request.method == "POST" and form.is_valid():
            try:
                act(user, by=request.user, reason=form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"账号“{user}”已{'停用' if user.is_active else '恢复'}。")
                return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "account": user, "form": form}
        context |= {"title": f"{'停用' if user.is_active else '恢复'}账号：{user}"}
        return render(request, "admin/account_close.html", context)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Set somebody's password; the trail says that it was set, not what it is."""
        with transaction.atomic():
            before = User.objects.filter(pk=id).first() if str(id).isdecimal() else None
            response = super().user_change_password(request, id, form_url)
            after = before and edits.stored(before)
            if changes := before and edits.compared(before, after):
                if after != request.user:
                    hand_out(after)
                edits.write([edits.Edit("change", after, changes)], by=request.user)
        return response


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    """岗位: given, and ended; what was given is not given another meaning later."""

    list_display = ("user", "role", "government", "department", "unit", "closed_on")
    list_filter = ("role", ("closed_on", admin.EmptyFieldListFilter))
    search_fields = ("user__username", "department__code", "department__name")
    autocomplete_fields = ("user", "government", "department", "unit")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Let a stored post only end, or begin again."""
        return ("user", "role", "government", "department", "unit") if obj else ("closed_on",)
