"""What every form of an act shares: the state and the content its page showed, and the one verb it calls."""

from typing import Any, ClassVar

from django import forms

from disclosure.document import Document
from disclosure.enums import Act, Status
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError

TICK = "请先核对，再勾选“我已核对”。"


def words(label: str, *, rows: int = 2, **more: Any) -> forms.CharField:
    """Return a field for what somebody has to say; what is asked for and missing is said by the verb."""
    asked = {"required": True} if more.pop("asked", False) else {}
    widget = forms.Textarea(attrs={"rows": rows, **asked})
    return forms.CharField(label=label, required=False, widget=widget, **more)


def tick() -> forms.BooleanField:
    """Return the tick that something that cannot be taken back asks for."""
    return forms.BooleanField(label="我已核对", error_messages={"required": TICK})


class ActForm(forms.Form):
    """An act that somebody may take; ``step`` and ``seen`` are the state and the content its page showed."""

    act: ClassVar[Act]
    key: ClassVar[str]
    button: str
    looks: ClassVar[str] = ""
    """How the button looks: “default” leads forwards, “deletelink” is dangerous."""
    signs: ClassVar[bool] = False
    """Whether it stands for the content, which must then be the one that was seen."""

    step = forms.ChoiceField(choices=Status, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, disclosure: Disclosure, document: Document | None = None, **kwargs: Any) -> None:
        self.disclosure, self.document = disclosure, document
        super().__init__(auto_id=f"id_{self.key}_%s", **kwargs)
        self.initial = {**self.initial, "step": disclosure.status, "seen": document.sha256 if document else ""}

    def renew(self, fresh: "ActForm") -> None:
        """Keep what was typed, and stand for the state and the content that the page shows now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in ("step", "seen"):
            data[name] = fresh.initial[name]
        self.data = data

    def unchanged(self) -> None:
        """Raise RefusalError where the content is no longer what the page showed."""
        if self.signs and self.cleaned_data["seen"] != Document.of(self.disclosure).sha256:
            raise RefusalError("打开本页之后，内容有改动，没有办理。请重新查看下面的变化和预览，再办理。")

    def take(self, by: Any) -> Any:
        """Take the act."""
        raise NotImplementedError


def typed(form: forms.Form) -> list[tuple[str, str]]:
    """Return what somebody typed into a form, field by field, so that it is not lost where the form is gone."""
    shown = [field for field in form.visible_fields() if not isinstance(field.field, forms.BooleanField)]
    return [(str(field.label), str(field.value())) for field in shown if field.value()]
