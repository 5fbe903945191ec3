"""The portal application, and the clerks' side it puts together."""

import os

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "portal"
    verbose_name = "公开门户"

    def ready(self) -> None:
        """Say what ``check`` looks at besides Django's own; watch what is written; name what is done to the whole."""
        from budgets.models.trail import ACTIONS
        from portal import checks, embedding, lasting  # noqa: F401 some register themselves
        from portal.answers import purging

        purging.watch()
        lasting.watch()
        ACTIONS["restore"] = "恢复备份"


class DeskConfig(AdminConfig):
    """The admin, as our own site."""

    default_site = "budgets.adminsite.DeskSite"

    def ready(self) -> None:
        """Load the desk's pages; a process that only draws a file has no use for them (12 MB, half a second)."""
        if "DRAWS_ONLY" not in os.environ:
            super().ready()
