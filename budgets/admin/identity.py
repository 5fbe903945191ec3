"""The page of the website's identity, and what is still missing of it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from budgets import emblems
from budgets.access import may
from budgets.admin.base import ScopedAdmin
from budgets.adminsite import PANELS
from budgets.models import SiteIdentity


class IdentityForm(forms.ModelForm):
    """The form, with the emblem as a file."""

    picture = forms.FileField(
        label="徽标图片",
        required=False,
        help_text="PNG 或 WebP，不超过1MB；显示在网站名称前面。不选文件，徽标不变。",
        widget=forms.FileInput(attrs={"accept": "image/png,image/webp"}),
    )
    bare = forms.BooleanField(label="不用徽标", required=False)

    def clean_picture(self) -> str:
        """Keep the picture and return its name; blank where none was chosen."""
        chosen = self.cleaned_data["picture"]
        return emblems.keep(chosen.read(emblems.LARGEST + 1)) if chosen else ""


@admin.register(SiteIdentity)
class SiteIdentityAdmin(ScopedAdmin):
    """网站信息."""

    form = IdentityForm
    list_display = ("__str__", "sponsor", "contact", "site_code", "icp_record", "police_record")
    fields = (
        "name",
        ("picture", "bare"),
        ("sponsor", "organiser"),
        "contact",
        ("site_code", "icp_record", "police_record"),
        "party_mark",
        "mistakes",
    )

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Add the one row where it is not there yet."""
        return super().has_add_permission(request, *args) and not SiteIdentity.objects.exists()

    def save_model(self, request: HttpRequest, obj: SiteIdentity, form: Any, change: bool) -> None:  # noqa: FBT001
        """Take the emblem that was chosen, or none."""
        if form.cleaned_data.get("bare"):
            obj.emblem = ""
        elif chosen := form.cleaned_data.get("picture"):
            obj.emblem = chosen
        super().save_model(request, obj, form, change)


def panel(request: HttpRequest) -> dict[str, Any]:
    """Tell whoever may change the website's identity what is missing of it."""
    shown: dict[str, Any] = {"template": "admin/identity_gaps.html", "missing": []}
    if may(request.user, SiteIdentity, "change"):
        found = SiteIdentity.current()
        page, of = ("change", [found.pk]) if found.pk else ("add", [])
        shown |= {"missing": found.missing, "address": reverse(f"admin:budgets_siteidentity_{page}", args=of)}
    return shown


PANELS.append(panel)
