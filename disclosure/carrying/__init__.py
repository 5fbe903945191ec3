"""Start from last year: what stands from year to year is carried into an empty draft, each block marked 未复核."""

from disclosure.carrying.before import cost_before, text_before
from disclosure.carrying.carry import carry_over, plan_of
from disclosure.carrying.plan import Carried, Part
from disclosure.carrying.review import confirm
from disclosure.carrying.sources import sources

__all__ = ["Carried", "Part", "carry_over", "confirm", "cost_before", "plan_of", "sources", "text_before"]
