"""The budgets application: its name in Chinese and the triggers that follow every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BudgetsConfig(AppConfig):
    """Facts, register, classifications and the audit trail."""

    name = "budgets"
    verbose_name = "预算数据"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Re-create the triggers after every migrate (SQLite drops them on table rebuilds); watch who signs in."""
        from budgets import locking, signins
        from budgets.immutable import install_triggers

        post_migrate.connect(install_triggers, dispatch_uid="budgets.immutable.install_triggers")
        signins.watch()
        locking.watch()
