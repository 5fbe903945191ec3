"""The portal application, and the clerks' side it puts together."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks


class PortalConfig(AppConfig):
    """Public pages."""

    name = "portal"
    verbose_name = "公开门户"

    def ready(self) -> None:
        """Check what the administrator has set."""
        from portal.checks import embedding

        checks.register(embedding)


class DeskConfig(AdminConfig):
    """The admin, as our own site."""

    default_site = "budgets.adminsite.DeskSite"
