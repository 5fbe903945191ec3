"""What people need when they write: which tokens there are and what they say now, and the layout's own wordings."""

from typing import Any, NamedTuple

from django import forms

from budgets.models import Project
from disclosure.composing import Composer
from disclosure.enums import NarrativeKey, NarrativeState
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.narrative import TOKENS, unknown

PREFIX = "wording_"


class Wording(NamedTuple):
    """A computed sentence: its name in the list of texts, and the layout's words with tokens in their braces."""

    name: str
    words: str


class TokenValue(NamedTuple):
    """A token and what it says now, ``None`` where there is no figure."""

    token: str
    value: str | None


class NarrativeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A text with its tokens checked: one that no document could resolve is named."""

    def clean(self) -> dict[str, Any]:
        """Refuse unknown tokens; projects must be the department's. A text carried over is reviewed by changing it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        disclosure, text = cleaned.get("disclosure"), cleaned.get("text") or ""
        if disclosure:
            owned = Project.objects.filter(unit__department=disclosure.budget.department)
            wrong = unknown(text, frozenset(owned.values_list("code", flat=True)))
            if wrong:
                said = f"没有这样的标记：{'、'.join(wrong)}。可用的标记见下方；项目写作 {{项目:21位项目编码}}。"
                self.add_error("text", said)
        if "text" in self.changed_data and cleaned.get("state") == NarrativeState.CARRIED_OVER:
            cleaned["state"] = NarrativeState.EDITED
        return cleaned


def wordings_of(disclosure: Disclosure) -> list[Wording]:
    """Return the sentences that may be worded otherwise, as the year's layout words them."""
    layout = LAYOUTS[disclosure.budget.fiscal_year.layout]
    words = {**layout.wording, **(layout.unit_wording if disclosure.unit else {})}
    keys = [key for key in NarrativeKey if key.startswith(PREFIX)]
    return [Wording(str(key.label), words[key[len(PREFIX) :]]) for key in keys if key[len(PREFIX) :] in words]


def tokens_of(disclosure: Disclosure) -> list[TokenValue]:
    """Return every token with what it says in this disclosure now, then each project's."""
    voice = Composer(disclosure, LAYOUTS[disclosure.budget.fiscal_year.layout]).voice
    figures = [TokenValue(f"{{{name}}}", token(voice)) for name, token in TOKENS.items()]
    named = [project for project in voice.facts.projects if project.code]
    return figures + [TokenValue(f"{{项目:{project.code}}}", project.name) for project in named]
