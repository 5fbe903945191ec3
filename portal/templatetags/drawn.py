"""Every form's hidden fields: the token against forgery and, at the desk, for whom the form was drawn."""

from typing import Any

from django import template
from django.template import Context

from budgets.resuming import mark_of

register = template.Library()


@register.inclusion_tag("components/drawn.html", takes_context=True, name="csrf_token")
def csrf_token(context: Context) -> dict[str, Any]:
    """Stand in for Django's tag of the same name (``builtins`` in the settings)."""
    request = getattr(context, "request", None)
    mark = mark_of(request.user) if hasattr(request, "user") else ""
    return {"token": context.get("csrf_token"), "mark": mark}
