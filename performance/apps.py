"""The performance application and its name in Chinese."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Goals and indicators."""

    name = "performance"
    verbose_name = "绩效目标"
    default_auto_field = "django.db.models.BigAutoField"
