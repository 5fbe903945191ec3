"""What somebody typed into a form that could not be taken: given back on the page that says so, ready to be sent again.

Only what passed the check against forged forms is shown, so that nobody can put words of theirs on a page of ours;
passwords are left out.
"""

from itertools import count
from typing import Any, NamedTuple

from django.http import HttpRequest

from budgets.resuming import PASSWORD, READABLE


class Field(NamedTuple):
    """A field as it was sent; ``shown``: people would know it again."""

    name: str
    text: str
    label: str = ""

    @property
    def shown(self) -> bool:
        """Tell whether a person typed it."""
        return bool(READABLE.search(self.text))


def unsaved(request: HttpRequest) -> dict[str, Any]:
    """Return ``typed``, ``action`` and ``files`` for the page; nothing where there was no form, or a strange one."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return {}
    try:
        fields = [Field(name, text) for name, texts in request.POST.lists() for text in texts]
        number = count(1)
        fields = [one._replace(label=f"第{next(number)}项") if one.shown else one for one in fields]
        files = [file.name for _, found in request.FILES.lists() for file in found]
    except OSError:  # the upload itself could not be kept
        return {}
    hidden = any(PASSWORD.search(field.name) for field in fields)
    return {"typed": [] if hidden else fields, "action": request.get_full_path(), "files": files}
