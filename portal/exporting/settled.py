"""What cannot have changed since a day: editions that were published before it, and to which nothing happened since."""

import re
from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from disclosure.models import Edition

NUMBERED = re.compile(r"/([0-9]{6})/([0-9]{4})/([0-9]+)/(?:units/([0-9]+)/)?editions/([0-9]+)/")


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
