"""The portal application and its name in Chinese."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "portal"
    verbose_name = "公开门户"
