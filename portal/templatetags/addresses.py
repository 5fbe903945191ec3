"""Addresses of editions, alike for departments and units."""

from django import template
from django.urls import reverse

from disclosure.models import Edition
from portal.publication import Place

register = template.Library()


@register.simple_tag
def address(name: str, edition: Edition | Place, *more: object) -> str:
    """Return the address called ``name`` of the department or unit that published ``edition``."""
    unit = [edition.unit_code] if edition.unit_code else []
    return reverse(name, args=[edition.government_code, edition.year, edition.department_code, *unit, *more])
