"""Years with editions keep to the lists they went by: those that came with the portal, the only ones there were."""

from django.db import migrations

SCHEMES = (
    "functional_general",
    "functional_fund",
    "functional_capital",
    "economic_dept",
    "economic_gov",
    "procurement",
)


def lock_years(apps, _schema_editor):
    """Mark the lists of every year that an edition used."""
    code_list = apps.get_model("budgets", "CodeList")
    years = apps.get_model("disclosure", "Edition").objects.order_by().values_list("year", flat=True).distinct()
    for year in years:
        for scheme in SCHEMES:
            code_list.objects.update_or_create(scheme=scheme, year=year, defaults={"used": True})


class Migration(migrations.Migration):
    """Nothing to undo."""

    dependencies = [("disclosure", "0002_more_tables_and_wordings"), ("budgets", "0003_code_lists")]

    operations = [migrations.RunPython(lock_years, migrations.RunPython.noop)]
