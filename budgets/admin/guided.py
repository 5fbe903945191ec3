"""填报口径 on forms: the words of the workbook's headers beside the boxes that store the same fields."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from budgets.exchange import ScopedResource
from budgets.guidance import Guidance, guidance_of
from budgets.meanings import meaning_of


class Guided:
    """An admin page, or rows of one, whose boxes say what their fields mean."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Put the meaning beside the box, and the rest below it to be opened."""
        guidance = guidance_for(self.admin_site, self.model, db_field.name)
        if guidance:
            kwargs["help_text"] = guidance.meaning
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.guidance = guidance
        return field


def guidance_for(site: Any, model: type[models.Model], name: str) -> Guidance | None:
    """Return the guidance of a model's field, where its meaning is declared and files have it too."""
    resource = resource_of(site, model)
    names = {field.attribute: key for key, field in resource.fields.items() if not field.readonly} if resource else {}
    return guidance_of(resource, names[name]) if name in names and meaning_of(model, name) else None


def resource_of(site: Any, model: type[models.Model]) -> type[ScopedResource] | None:
    """Return the Resource in which a model goes in and out as files; None where it does not."""
    page = site._registry.get(model)
    found = getattr(page, "resource_classes", ())
    return found[0] if found else None
