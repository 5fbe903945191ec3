"""What the database says of addresses: which files nothing leads to, and which pages cannot have changed."""

import re
from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from disclosure.models import Edition, EditionFile
from disclosure.opendata.registry import standing
from portal.offers import FORMATS

NUMBERED = re.compile(r"/([0-9]{6})/([0-9]{4})/([0-9]+)/(?:units/([0-9]+)/)?editions/([0-9]+)/")


def unlinked() -> list[str]:
    """Return the addresses of current files: people keep them, and no page leads there but to the numbered ones."""
    found = EditionFile.objects.filter(edition__in=standing().order_by(), format__in=FORMATS).select_related("edition")
    return [_file(row.edition, row.format) for row in found.order_by("edition_id", "format")]


def _file(edition: Edition, form: str) -> str:
    whose = {"government": edition.government_code, "year": edition.year, "department": edition.department_code}
    unit = {"unit": edition.unit_code} if edition.unit_code else {}
    return reverse("document", kwargs={**whose, **unit, "extension": form})


def since(moment: datetime) -> Callable[[str], bool]:
    """Return what tells of an address that it is of an edition to which nothing happened since ``moment``."""
    happened = Q(published_at__gte=moment) | Q(withdrawal__withdrawn_at__gte=moment)
    happened |= Q(superseded_by__published_at__gte=moment)
    names = ("government_code", "year", "department_code", "unit_code", "number")
    still = {tuple(map(str, row)) for row in Edition.objects.exclude(happened).values_list(*names)}

    def settled(address: str) -> bool:
        numbered = NUMBERED.search(address)
        return numbered is not None and numbered.groups(default="") in still

    return settled
