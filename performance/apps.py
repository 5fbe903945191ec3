"""The performance application and its name in Chinese."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Goals and indicators."""

    name = "performance"
    verbose_name = "绩效目标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what fields mean."""
        from budgets.meanings import MEANINGS
        from performance import meanings

        MEANINGS.update(meanings.OWN)
