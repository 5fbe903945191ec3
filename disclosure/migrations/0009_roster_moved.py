from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0008_exemptions")]

    operations = [
        migrations.RemoveConstraint(
            model_name='disclosure',
            name='disclosure_roster_reason',
        ),
        migrations.RemoveField(
            model_name='disclosure',
            name='roster',
        ),
        migrations.RemoveField(
            model_name='disclosure',
            name='roster_reason',
        ),
    ]
