"""What all import-export Resources share: natural keys, Chinese headers, nothing ignored, nothing out of reach."""

from copy import copy
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.html import format_html
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import ModelInstanceLoader

from budgets import edits
from budgets.access import allowed, reaches
from budgets.models import AuditTrail
from budgets.models.figures import SUFFIX, stated
from budgets.money import NOT_APPLICABLE, says_not_applicable
from budgets.refusals import sentence_of
from budgets.widgets import OwnWidget, text_of

MOST_CHANGES = 5000
"""Of how many rows of one file the trail keeps what stood there before; of the others it keeps which they were."""


class ByNaturalKey(ModelInstanceLoader):
    """Finds the row a file means; refuses to choose between two that look the same."""

    def get_instance(self, row: dict[str, Any]) -> Any:
        """Return the one row, None where it is new."""
        found = list(self.get_queryset().filter(**self.key(row))[:2])
        if len(found) > 1:
            raise ValidationError("库中已有两条以上完全相同的记录，无法判断改哪一条，请先在列表中处理。")
        return found[0] if found else None

    def key(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the lookup of the natural key."""
        fields = [self.resource.fields[name] for name in self.resource.get_import_id_fields()]
        return {field.attribute: field.clean(row) for field in fields}


class Difference:
    """What changes in a row: “旧 → 新” in plain words, without styles of its own."""

    def __init__(self, resource: "ScopedResource", instance: Any, new: bool) -> None:  # noqa: FBT001 the library's call
        self.resource = resource
        self.left = [] if new else self._printed(instance)
        self.right: list[str] = []

    def compare_with(self, resource: Any, instance: Any, _dry_run: bool = False) -> None:  # noqa: FBT001,FBT002
        """Take the row as it will be."""
        self.right = self._printed(instance) if instance is not None else []

    def as_html(self) -> list[str]:
        """Print each cell, with its old words where they differ."""
        old = self.left or [""] * len(self.right)
        return [
            format_html("<del>{}</del> → <ins>{}</ins>", before, after)
            if self.left and before != after
            else format_html("{}", after)
            for before, after in zip(old, self.right, strict=True)
        ]

    def _printed(self, instance: Any) -> list[str]:
        return [str(field.export(instance)) for field in self.resource.get_user_visible_fields()]


class ScopedResource(resources.ModelResource):
    """A flat table in a file."""

    optional_columns = frozenset({"区划代码"})

    def __init__(self, *, user: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        self._seen: dict[tuple[str, ...], int] = {}
        self._before: Any = None
        self._edits: list[edits.Edit] = []
        for field in self.fields.values():
            if isinstance(field.widget, OwnWidget):
                field.widget.user = user

    class Meta:
        """All or nothing, unchanged rows skipped, every constraint of the model checked."""

        instance_loader_class = ByNaturalKey
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def get_queryset(self) -> QuerySet:
        """Compare and export only what may be seen."""
        return allowed(self.user, super().get_queryset())

    def get_diff_class(self) -> type[Difference]:
        """Show differences in our own words."""
        return Difference

    @property
    def headers(self) -> list[str]:
        """Return the columns of the file."""
        return [field.column_name for field in self.fields.values()]

    def before_import(self, dataset: tablib.Dataset, **_kwargs: Any) -> None:
        """Refuse a file whose columns are not ours, naming them; an optional column may lack, and changes nothing."""
        given = [text_of(header) for header in dataset.headers or ()]
        dataset.headers = given
        unknown = [header or "（空）" for header in given if header not in {*self.headers, *self.optional_columns}]
        missing = [header for header in self.headers if header not in given and header not in self.optional_columns]
        problems = [f"不认识的列：{'、'.join(unknown)}"] * bool(unknown) + [f"缺少的列：{'、'.join(missing)}"] * bool(
            missing
        )
        if problems:
            raise ValidationError(f"{'；'.join(problems)}。应有的列：{'、'.join(self.headers)}。")
        keys = {self.fields[name].column_name for name in self.get_import_id_fields()}
        for header in self.headers:
            if header not in given and header in keys:
                dataset.append_col([""] * len(dataset), header=header)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Refuse a row that stands in the file twice."""
        number = kwargs.get("row_number", 0) + 1  # as the spreadsheet counts, the header being its first row
        key = tuple(text_of(row.get(self.fields[name].column_name)) for name in self.get_import_id_fields())
        if key in self._seen:
            raise ValidationError(f"与第{self._seen[key]}行重复：{'、'.join(filter(None, key))}。")
        self._seen[key] = number

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, Any], **_kwargs: Any) -> None:  # noqa: FBT001
        """Keep the row as it is before the file changes it."""
        self._before = None if new else copy(instance)

    def before_save_instance(self, instance: Any, row: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse a row outside the user's reach, and one that may not be changed now."""
        action = "change" if instance.pk else "add"
        if not reaches(self.user, instance, action):
            raise ValidationError("这一行不在您可以修改的范围内。")
        if said := edits.obstacle(instance, self._before):
            raise ValidationError(said)

    def after_save_instance(self, instance: Any, row: dict[str, Any], **_kwargs: Any) -> None:
        """Keep what the file changed."""
        changes = edits.compared(self._before, instance, names=False)
        self._edits.append(edits.Edit("change" if self._before else "add", instance, changes))

    def after_import(self, dataset: tablib.Dataset, result: Any, **kwargs: Any) -> None:
        """Tell the witnesses of every row, then write one row of the trail for the file."""
        if kwargs.get("dry_run") or result.has_errors() or result.has_validation_errors():
            return
        edits.tell((edit.row for edit in self._edits), by=self.user)
        said = [{"pk": edit.row.pk, "action": edit.action} for edit in self._edits]
        for row, edit in zip(said, self._edits[:MOST_CHANGES], strict=False):
            row["changes"] = edit.changes
        detail = {"model": self._meta.model._meta.label, "file": kwargs.get("file_name") or ""}
        detail |= {"sha256": getattr(dataset, "sha256", ""), "counts": dict(result.totals), "rows": said}
        AuditTrail.append("import", str(self._meta.model._meta.verbose_name), by=self.user, **detail)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:  # noqa: FBT001 the library's call
        """Store a row; what a trigger says against it is said of its line, and the next lines are still looked at."""
        try:
            with transaction.atomic():
                super().do_instance_save(instance, is_create)
        except IntegrityError as error:
            if said := sentence_of(error):
                raise ValidationError(said) from error
            raise

    def validate_instance(
        self, instance: Any, import_validation_errors: dict[str, ValidationError] | None = None, **kwargs: Any
    ) -> None:
        """Check the whole row; ask for what is missing in words a clerk uses."""
        try:
            super().validate_instance(instance, import_validation_errors, **kwargs)
        except ValidationError as error:
            raise ValidationError({name: _asked(found) for name, found in error.error_dict.items()}) from error

    def get_user_visible_headers(self) -> list[str]:
        """Head the preview with the file's own columns."""
        return [field.column_name for field in self.get_user_visible_fields()]


def _asked(errors: list[ValidationError]) -> list[ValidationError]:
    missing = ValidationError("请填写这一列。", code="required")
    return [missing if error.code in {"null", "blank"} else error for error in errors]


class NamedField(Field):
    """A column whose complaints begin with its header."""

    def clean(self, row: dict[str, Any], **kwargs: Any) -> Any:
        """Read the cell."""
        try:
            return super().clean(row, **kwargs)
        except ValidationError as error:
            raise ValidationError([f"{self.column_name}：{message}" for message in error.messages]) from error


class FigureField(NamedField):
    """A figure that may not apply: “不适用” in its cell is neither blank nor 0."""

    def clean(self, row: dict[str, Any], **kwargs: Any) -> Any:
        """Read the cell."""
        if says_not_applicable(text_of(row.get(self.column_name))):
            return NOT_APPLICABLE
        return super().clean(row, **kwargs)

    def save(self, instance: Any, row: dict[str, Any], *_args: Any, **kwargs: Any) -> None:
        """Store the figure, or that there is none."""
        value = self.clean(row, **kwargs)
        applies = value is not NOT_APPLICABLE
        setattr(instance, self.attribute, value if applies else None)
        setattr(instance, self.attribute + SUFFIX, not applies)

    def get_value(self, instance: Any) -> Any:
        """Return the figure as stated."""
        return stated(instance, self.attribute)

    def export(self, instance: Any, **kwargs: Any) -> Any:
        """Write the figure, or that there is none."""
        value = self.get_value(instance)
        return str(value) if value is NOT_APPLICABLE else super().export(instance, **kwargs)


def figure(attribute: str, name: str, widget: Any) -> Field:
    """Declare a column whose figure may not apply."""
    return FigureField(attribute=attribute, column_name=name, widget=widget)


def column(attribute: str, name: str, widget: Any, **options: Any) -> Field:
    """Declare a column: the attribute, its header, and how it is read."""
    return NamedField(attribute=attribute, column_name=name, widget=widget, **options)
