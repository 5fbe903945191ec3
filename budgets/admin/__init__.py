"""The clerk's admin of the facts: registers and lines, each page within the reach of whoever looks."""

from budgets.admin import accounts, budget, classification, identity, organisation, schedules, trail

__all__ = ["accounts", "budget", "classification", "identity", "organisation", "schedules", "trail"]
