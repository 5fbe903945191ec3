"""Tables and charts of numbered editions: what they say is settled, and only another program draws it otherwise."""

import hashlib
import re
from pathlib import Path

from django.conf import settings

from budgets.enums import Phase
from disclosure.models import Edition

OWN = ("budgets", "performance", "disclosure", "portal", "templates")
"""Where the program and its templates lie."""
FILE = re.compile(
    r"(/[0-9]{6}/[0-9]{4}/[0-9]+/(?:units/[0-9]+/)?editions/[0-9]+/)(?:tables|charts)/[^/?]+",
)


def contents() -> dict[str, str]:
    """Return the hash of the content of every edition that was not withdrawn, by its address for ever."""
    names = ("government_code", "year", "department_code", "unit_code", "number", "content_sha256")
    found = {}
    for government, year, department, unit, number, content in (
        Edition.objects.standing().filter(phase=Phase.INITIAL).values_list(*names)
    ):
        below = f"units/{unit}/" if unit else ""
        found[f"/{government}/{year}/{department}/{below}editions/{number}/"] = content
    return found


def edition_of(address: str) -> str:
    """Return the edition whose table or chart an address names; blank for any other address.

    Its stored files may still be completed, and its page says what became of it.
    """
    named = FILE.fullmatch(address)
    return named[1] if named else ""


def program() -> str:
    """Return a hash of everything that draws files: another program may draw the same content otherwise."""
    whole = hashlib.sha256(f"{settings.PUBLIC_URL}\n{settings.FONTS_DIR}".encode())
    base = Path(settings.BASE_DIR)
    own = (path for name in OWN for path in sorted((base / name).rglob("*")) if path.suffix in {".py", ".html"})
    for path in (base / "requirements.txt", *own):
        whole.update(path.read_bytes())
    return whole.hexdigest()
