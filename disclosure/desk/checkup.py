"""A page where a clerk has any disclosure checked up; nothing of it is stored."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from budgets.formats import LARGEST_FILE
from disclosure.checkup.files import ACCEPTED
from disclosure.checkup.report import CheckUp, check_file


class CheckUpForm(forms.Form):
    """The file to check up."""

    file = forms.FileField(
        label="公开文件",
        help_text=f"可以是 {'、'.join(ACCEPTED)}，20MB以内；扫描件不能检查。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )

    def clean(self) -> dict[str, Any]:
        """Check the file up; what cannot be read is a sentence beside the field."""
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            try:
                cleaned["found"] = _checked(upload)
            except ValidationError as error:
                self.add_error("file", error)
        return cleaned


def _checked(upload: Any) -> CheckUp:
    if upload.size > LARGEST_FILE:
        raise ValidationError("文件超过20MB，请拆分后重试。")
    return check_file(upload.name, upload.read())


@require_http_methods(["GET", "HEAD", "POST"])
def checkup(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and show what was found in it."""
    form = CheckUpForm(request.POST or None, request.FILES or None) if request.method == "POST" else CheckUpForm()
    found = form.cleaned_data.get("found") if form.is_bound and form.is_valid() else None
    context = {**admin.site.each_context(request), "title": "检查一份公开文件", "form": form, "found": found}
    return render(request, "admin/checkup.html", context, status=400 if form.errors else 200)
