"""What keeps questions short however much is published: sets of grams, indexes in the orders in which lists are read.

The sheets of search are emptied, and filled again after this migrate (disclosure/apps.py).
"""

from typing import Any

from django.db import migrations, models

import disclosure.models.grams


def empty(apps: Any, _editor: Any) -> None:
    """Take the editions out of the index, whose sets of grams are made of their contents."""
    apps.get_model("disclosure", "SearchSheet").objects.all().delete()


class Migration(migrations.Migration):
    """A set of grams for each edition that can be found; indexes for the API."""

    dependencies = [("disclosure", "0024_rendering_claims")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.AddField(
            model_name="searchsheet",
            name="grams",
            field=disclosure.models.grams.GramsField(default=list, verbose_name="有哪些字"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["government_code", "-year", "phase", "department_code", "unit_code", "number", "id"],
                name="edition_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="editionline",
            index=models.Index(fields=["code", "edition"], name="editionline_code"),
        ),
    ]
