"""The portal application, and the clerks' side it puts together."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "portal"
    verbose_name = "公开门户"

    def ready(self) -> None:
        """Say what ``check`` looks at besides Django's own settings, and name what we do to the whole."""
        from budgets.models.trail import ACTIONS
        from portal import checks, embedding  # noqa: F401 they register themselves

        ACTIONS["restore"] = "恢复备份"


class DeskConfig(AdminConfig):
    """The admin, as our own site."""

    default_site = "budgets.adminsite.DeskSite"
