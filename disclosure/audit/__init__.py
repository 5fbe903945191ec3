"""The audit: rules that read a Document and nothing else; the listing of modules is the list of families' parts."""

from disclosure.audit import (
    agreement,
    agreement_details,
    agreement_words,
    agreement_years,
    codes_in_force,
    footing_budgets,
    footing_schedules,
    footing_totals,
    footing_trees,
    glossary_terms,
    plausibility,
    publication,
    required,
    three_public,
)
from disclosure.audit.base import RULES, Family, Finding, Report, Rule, Severity, catalogue, rule, run
from disclosure.audit.units import across_units

__all__ = [
    "RULES",
    "RULE_MODULES",
    "Family",
    "Finding",
    "Report",
    "Rule",
    "Severity",
    "across_units",
    "catalogue",
    "rule",
    "run",
]

RULE_MODULES = (
    footing_totals,
    footing_trees,
    three_public,
    footing_budgets,
    footing_schedules,
    agreement,
    agreement_details,
    agreement_years,
    agreement_words,
    required,
    codes_in_force,
    glossary_terms,
    publication,
    plausibility,
)
