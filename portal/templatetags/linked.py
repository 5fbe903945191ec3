"""What a page says of itself to machines: JSON-LD, a block of data that no browser runs."""

import json
from typing import Any

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

CONTEXT = "https://schema.org"
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}
"""As Django's ``json_script``: no text can end the block."""


@register.inclusion_tag("components/linked_data.html")
def linked_data(*nodes: dict[str, Any] | None) -> dict[str, Any]:
    """Write down what ``nodes`` (:mod:`portal.linked_data`) say; one that is None is left out."""
    said = {"@context": CONTEXT, "@graph": [node for node in nodes if node]}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return {"text": mark_safe(text)}  # noqa: S308 no letter of it is HTML's
