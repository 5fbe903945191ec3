"""What every page says about the site itself."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from budgets.models import SiteIdentity
from portal.display import MODES, mode_of
from portal.embedding import Embedding
from portal.logs import MARK


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates the site's identity, its name, and the header of the website around it; read when first asked."""
    identity = SimpleLazyObject(_identity)
    return {
        "site": identity,
        "site_name": SimpleLazyObject(lambda: identity.name),
        "embedding": SimpleLazyObject(Embedding.read),
        "static_site": MARK in request.META,
        "display": mode_of(request),
        "display_modes": MODES,
    }


def _identity() -> SiteIdentity:
    """Read the site's identity; a page that says the database is gone still knows the site's name."""
    try:
        return SiteIdentity.current()
    except DatabaseError:
        return SiteIdentity.defaults()
