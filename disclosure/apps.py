"""The disclosure application: its name in Chinese, the triggers that surround every migrate, the index after it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class DisclosureConfig(AppConfig):
    """Disclosures and their editions."""

    name = "disclosure"
    verbose_name = "预算公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what fields mean, what is locked and who writes; surround every migrate with triggers and index."""
        from budgets.edits import HOLDS, LOCKS, WITNESSES
        from budgets.meanings import MEANINGS
        from budgets.models.trail import ACTIONS
        from disclosure import actions, meanings
        from disclosure.marks import reviewed
        from disclosure.scopes import hold, locked, witness
        from disclosure.searching.completing import complete_after_migrate
        from disclosure.searching.installing import install
        from disclosure.triggers import drop_guards, install_guards

        MEANINGS.update(meanings.OWN)
        ACTIONS.update(actions.OWN)
        LOCKS.append(locked)
        HOLDS.append(hold)
        WITNESSES.extend((witness, reviewed))
        pre_migrate.connect(drop_guards, sender=self, dispatch_uid="disclosure.triggers.drop_guards")
        post_migrate.connect(install_guards, sender=self, dispatch_uid="disclosure.triggers.install_guards")
        post_migrate.connect(install, sender=self, dispatch_uid="disclosure.searching.install")
        post_migrate.connect(complete_after_migrate, sender=self, dispatch_uid="disclosure.searching.complete")
