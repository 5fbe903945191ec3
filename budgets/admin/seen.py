"""Two people at one form: what each changed is kept; where both changed one field, whoever saves second chooses."""

import json
from typing import Any

from django import forms
from django.db.models import Field, Model

from budgets import edits
from budgets.models.figures import SUFFIX

SEEN = "seen"
"""The hidden field that says what was stored when the form was drawn."""
BOTH = (
    "别人刚才把这一栏改成了“{}”，您的还没有保存。框里是您填写的："
    "要保留您的，再保存一次；要采用对方的，请改成对方的内容再保存。"
)
GONE = "（空）"


class SeenField(forms.CharField):
    """What was stored when the form was drawn; no change by itself."""

    def __init__(self) -> None:
        super().__init__(label="打开时的内容", required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say no."""
        return False


class SeenBefore:
    """A form that takes in what others stored after it was drawn, and asks where that contradicts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEEN] = SeenField()
        if self.instance.pk:
            self.initial[SEEN] = seen_text(self.instance)

    def merge(self, now: Model | None) -> None:
        """Lay what is stored ``now`` under what was typed; complain of what both changed."""
        seen = _read(self.data.get(self.add_prefix(SEEN), ""))
        if now is None or not seen:
            return
        for field in now._meta.concrete_fields:
            if not field.primary_key and field.attname in seen:
                self._merge_field(field, now, seen)
        data = self.data.copy()
        data[self.add_prefix(SEEN)] = json.dumps(seen, ensure_ascii=False)
        self.data = data

    def _merge_field(self, field: Field, now: Model, seen: dict[str, Any]) -> None:
        name = field.name.removesuffix(SUFFIX)
        stored, mine = _plain(getattr(now, field.attname)), _plain(getattr(self.instance, field.attname))
        before = _plain(field.to_python(seen[field.attname]))
        if name not in self.fields or (mine == before and stored != before):
            setattr(self.instance, field.attname, getattr(now, field.attname))
        elif stored not in (before, mine) and name not in self.errors:
            seen[field.attname] = _text(now, field)
            self.add_error(name, BOTH.format(edits.said(now, field) or GONE))


def seen_text(row: Model) -> str:
    """Write what is stored, field by field, for a form to bring back; no secrets."""
    told = [field for field in row._meta.concrete_fields if field.name not in edits.SECRET]
    return json.dumps({field.attname: _text(row, field) for field in told}, ensure_ascii=False)


def _read(text: str) -> dict[str, Any]:
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _text(row: Model, field: Field) -> str | None:
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def _plain(value: Any) -> Any:
    """Return a value as it is compared: nothing is blank, a browser's line ends are ours."""
    return value.replace("\r\n", "\n").strip() or None if isinstance(value, str) else value
