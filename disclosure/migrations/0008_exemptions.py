"""The roster's exemptions move from the drafts to a register of their own, which the public may read."""

from django.db import migrations


def move(apps, schema_editor):
    Disclosure, Exemption = (apps.get_model("disclosure", name) for name in ("Disclosure", "Exemption"))
    exempt = Disclosure.objects.using(schema_editor.connection.alias).exclude(roster="to_publish")
    for one in exempt.select_related("budget"):
        # A whole department cannot be merged into 本级; such an entry is kept as one that does not publish.
        kind = one.roster if one.unit_id else "exempt"
        Exemption.objects.using(schema_editor.connection.alias).get_or_create(
            fiscal_year_id=one.budget.fiscal_year_id,
            department_id=one.budget.department_id,
            unit_id=one.unit_id,
            defaults={"kind": kind, "reason": one.roster_reason},
        )


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0007_people")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
