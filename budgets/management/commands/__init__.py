"""Commands of the budgets package."""
