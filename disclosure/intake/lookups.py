"""Reads each different text of a column once: the codes of a whole sheet in one query, everything else remembered."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from import_export.widgets import Widget

from budgets.access import access_of, allowed
from budgets.widgets import CodeWidget, OwnWidget, text_of


class Remembering(Widget):  # type: ignore[misc]  # import-export publishes no types
    """A widget's answers, kept for one sheet; ``row`` says what all rows of the file have in common."""

    def __init__(self, widget: Any, row: dict[str, str]) -> None:
        self.widget: Any = widget
        self.row = row
        self.known: dict[str, Any] = {}
        self.coded = isinstance(widget, OwnWidget) and widget.lookup.endswith("code")

    def prepare(self, texts: Iterable[str]) -> None:
        """Look up all texts of a column at once, where they are codes."""
        words = {self._word(text) for text in texts if text}
        if isinstance(self.widget, CodeWidget):
            codes = {word.split(" ")[0]: word for word in words}
            model: Any = self.widget.model
            rows = model.objects.worst_first(int(self.row["年度"])).filter(code__in=codes)
            coded = {row.code: row for row in rows}
            self.known |= {word: coded[word.split(" ")[0]] for word in words if word.split(" ")[0] in coded}
        elif isinstance(self.widget, OwnWidget):
            self.known |= {word: rows[0] for word, rows in self._owned(words).items() if len(rows) == 1}

    def _owned(self, words: set[str]) -> dict[str, list[Model]]:
        widget = self.widget
        rows = widget.narrowed(allowed(widget.user, widget.model._default_manager.all()), self.row)
        found: dict[str, list[Model]] = defaultdict(list)
        for row in rows.filter(**{f"{widget.lookup}__in": words}).select_related(*paths_of(widget.model)):
            named = row
            for name in widget.lookup.split("__"):
                named = getattr(named, name)
            found[str(named)].append(row)
        return found

    def _word(self, text: str) -> str:
        return text.split(" ", maxsplit=1)[0] if self.coded else text

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Answer as the widget does; a complaint is remembered too."""
        word = self._word(text_of(value))
        if word not in self.known:
            try:
                self.known[word] = self.widget.clean(word, row={**self.row, **(row or {})}, **kwargs)
            except ValidationError as error:
                self.known[word] = error
        found = self.known[word]
        if isinstance(found, ValidationError):
            raise found
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Write as the widget does."""
        return self.widget.render(value, obj, **kwargs)


def paths_of(model: type[Model]) -> list[str]:
    """List the foreign keys along which rights and owners of a row are found."""
    access = access_of(model)
    paths = {path for path in (access.government, access.department, access.unit) if path and path != "pk"}
    return sorted(paths)
