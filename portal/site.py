"""What every page says about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, str]:
    """Give templates the site's name, sponsor and contact."""
    return {
        "site_name": settings.SITE_NAME,
        "site_sponsor": settings.SITE_SPONSOR,
        "site_contact": settings.SITE_CONTACT,
    }
