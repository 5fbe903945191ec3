"""What pickers offer: a row by its name, a code with the names of its class and group."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView


class Picker(AutocompleteJsonView):
    """The answers of a picker."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Name a row; a code below a class says where it belongs."""
        offered: dict[str, str] = super().serialize_result(obj, to_field_name)
        above = dict.fromkeys(filter(None, (getattr(obj, name, "") for name in ("class_name", "group_name"))))
        above.pop(getattr(obj, "name", ""), None)
        return {**offered, "text": f"{offered['text']}（{'·'.join(above)}）"} if above else offered
