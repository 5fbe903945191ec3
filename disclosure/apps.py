"""The disclosure application and its name in Chinese."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Disclosures and their editions."""

    name = "disclosure"
    verbose_name = "预算公开"
    default_auto_field = "django.db.models.BigAutoField"
