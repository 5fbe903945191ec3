"""Style sheets, pictures and scripts of the site: taken as they lie, with whatever a style sheet draws in."""

import re
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders

DRAWN_IN = re.compile(r"url\(['\"]?([^)'\":#]+)['\"]?\)")


def is_asset(address: str) -> bool:
    """Tell whether an address is that of a static file."""
    return address.startswith(settings.STATIC_URL)


def read(address: str) -> bytes | None:
    """Return a static file; None where there is none."""
    name = address.removeprefix(settings.STATIC_URL).partition("?")[0]
    collected = Path(settings.STATIC_ROOT) / name
    found = str(collected) if collected.is_file() else finders.find(name)
    return Path(found).read_bytes() if found else None


def drawn_in(address: str, data: bytes) -> list[str]:
    """Return the addresses that a style sheet draws in; its links are relative and stay so."""
    if not address.endswith(".css"):
        return []
    return [urljoin(address, link) for link in DRAWN_IN.findall(data.decode())]
