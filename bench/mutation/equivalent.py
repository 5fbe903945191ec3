"""Changes that were looked at and change nothing anybody can see, each with the reason."""

EQUIVALENT = {
    "disclosure/audit/goals_plan.py _same: 1 → 2": "Counter.most_common(2)[0] is most_common(1)[0]",
}
