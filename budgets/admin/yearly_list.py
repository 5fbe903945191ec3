"""The button “导入年度正式目录” of every code list: upload, preview of every difference, confirmation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from budgets.admin.kept import Kept
from budgets.enums import FunctionKind
from budgets.lists import lists_of
from budgets.models import CodeList, FiscalYear
from budgets.readers.files import SUFFIXES, read_file
from budgets.readers.headers import Listing, listing_of
from budgets.yearly_lists import FIRST_YEAR, LAST_YEAR, Proposal, apply, digest

BY_COLUMN = ("", "按文件中的“所属预算”列")


class YearlyListForm(forms.Form):
    """A file, its year and, for functional codes, its budget."""

    file = forms.FileField(
        label="文件", help_text="XLSX、XLS、ET、ODS 或 CSV；要有“科目编码”和“科目名称”两列，次序不限。"
    )
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    chosen = forms.ChoiceField(label="所属预算", choices=(BY_COLUMN, *FunctionKind.choices), required=False)

    def __init__(self, *args: Any, schemes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(SUFFIXES)
        if len(schemes) == 1:
            del self.fields["chosen"]


class YearlyListImport:
    """An admin page whose classification takes an official list, and says which list every year goes by."""

    import_export_change_list_template = "admin/codes/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the upload and the confirmation."""
        view, name = self.admin_site.admin_view, f"budgets_{self.model._meta.model_name}_yearly_list"
        own = [
            path("yearly-list/", view(self.yearly_list), name=name),
            path("yearly-list/apply/", view(self.apply_yearly_list), name=f"{name}_apply"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show above the codes which list every year goes by."""
        context = {"lists": listed(self.model.schemes), "yearly_list": self._address()}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def yearly_list(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file; show what it would change."""
        self._may_import(request)
        form = YearlyListForm(request.POST or None, request.FILES or None, schemes=self.model.schemes)
        context = {**self.admin_site.each_context(request), "opts": self.model._meta, "title": "导入年度正式目录"}
        context |= {"form": form, "lists": listed(self.model.schemes), "changelist": self._changelist()}
        if request.method == "POST" and form.is_valid():
            try:
                context |= self._preview(request, form.cleaned_data)
            except ValidationError as error:
                context["problems"] = error.messages
        return render(request, "admin/codes/yearly_list.html", context)

    @method_decorator(require_POST)
    def apply_yearly_list(self, request: HttpRequest) -> HttpResponse:
        """Store what was previewed, exactly that."""
        self._may_import(request)
        try:
            kept = Kept.found(request.POST.get("token", ""), request.user)
            proposal = self._proposal(listing_of(read_file(kept.token["name"], kept.data)), kept.token)
            differences = apply(proposal, by=request.user, seen=kept.token["digest"])
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
            return HttpResponseRedirect(self._address())
        kept.remove()
        messages.success(request, f"已导入{'、'.join(difference.title for difference in differences)}的正式目录。")
        return HttpResponseRedirect(self._changelist())

    def _preview(self, request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
        data, stated = asked["file"].read(), {"name": asked["file"].name, "year": asked["year"]}
        stated |= {"chosen": asked.get("chosen", ""), "model": self._model_name()}
        sheets = read_file(stated["name"], data)
        listing = listing_of(sheets)
        differences = self._proposal(listing, stated).compare()
        token = Kept.keep(data, **stated, user=request.user.pk, digest=digest(differences))
        shown = {"differences": differences, "token": token, "passed_over": listing.passed_over}
        shown["notes"] = [note for sheet in sheets if sheet.name not in listing.passed_over for note in sheet.notes]
        return {**shown, "apply": self._address("_apply")}

    def _proposal(self, listing: Listing, stated: dict[str, Any]) -> Proposal:
        if stated["model"] != self._model_name():
            raise ValidationError("这个文件是为另一种目录预览的，请重新上传。")
        return Proposal(self.model, stated["year"], listing.rows, stated["chosen"], stated["name"])

    def _may_import(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _model_name(self) -> str:
        return str(self.model._meta.model_name)

    def _address(self, part: str = "") -> str:
        return reverse(f"admin:budgets_{self._model_name()}_yearly_list{part}")

    def _changelist(self) -> str:
        return reverse(f"admin:budgets_{self._model_name()}_changelist")


def listed(schemes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Say for each list what the years that are opened or imported go by."""
    official = CodeList.objects.filter(official=True, scheme__in=schemes).values_list("year", flat=True)
    years = sorted({*FiscalYear.objects.order_by().values_list("year", flat=True), *official}, reverse=True)
    found = lists_of(years, schemes)
    return [
        {"scheme": scheme.label, "years": [one for one in found if one.scheme == scheme]} for scheme in schemes if years
    ]
