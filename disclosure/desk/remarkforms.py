"""The forms of remarks: one to make a remark on a place of the draft, one to say how it was dealt with."""

from typing import Any

from django import forms

from disclosure import workflow
from disclosure.desk.anchoring import anchor_of_heading
from disclosure.desk.asking import words
from disclosure.models import Comment, Disclosure

PLACES = "places"
"""The id of the list of headings that a place is chosen from."""


class RemarkForm(forms.Form):
    """A remark on a place, or on all of the draft."""

    key, button = "remark", "提出意见"
    place = forms.CharField(
        label="位置（留空指全文）",
        required=False,
        max_length=Comment._meta.get_field("place").max_length,
        help_text="选一个部分或一张表，也可以接着写到行、列，如“表五 2013201 行政运行 合计”。",
        widget=forms.TextInput(attrs={"list": PLACES, "autocomplete": "off"}),
    )
    text = words("意见", rows=3, asked=True)

    def __init__(self, disclosure: Disclosure, **kwargs: Any) -> None:
        self.disclosure = disclosure
        super().__init__(auto_id="id_remark_%s", **kwargs)

    def take(self, by: Any) -> Any:
        """Make the remark."""
        anchor = anchor_of_heading(self.disclosure, self.cleaned_data["place"])
        return workflow.remark(self.disclosure, by=by, anchor=anchor, **self.cleaned_data)


class AnswerForm(forms.Form):
    """How a remark was dealt with."""

    key, button = "answer", "写明处理情况"
    comment = forms.ModelChoiceField(Comment.objects.none(), widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)
    text = words("处理情况", asked=True)

    def __init__(self, disclosure: Disclosure, comment: Comment | None = None, **kwargs: Any) -> None:
        super().__init__(auto_id=f"id_answer{comment.pk if comment else ''}_%s", **kwargs)
        self.fields["comment"].queryset = disclosure.comments.select_related("by")  # type: ignore[attr-defined]
        self.initial["comment"] = comment.pk if comment else None

    def take(self, by: Any) -> Any:
        """Close the remark."""
        return workflow.answer(self.cleaned_data["comment"], by=by, text=self.cleaned_data["text"])
