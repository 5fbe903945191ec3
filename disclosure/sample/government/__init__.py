"""A synthetic government of any size, the same for the same plan, for tests and benchmarks; all of it is 示例."""

from disclosure.sample.government.maker import make_government
from disclosure.sample.government.plan import Plan, PlanError
from disclosure.sample.government.publishing import publish_government
from disclosure.sample.government.quickly import publish_quickly

__all__ = ["Plan", "PlanError", "make_government", "publish_government", "publish_quickly"]
