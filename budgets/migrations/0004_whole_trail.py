from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion


def count_rows(apps, schema_editor):
    """Let the head know how many rows there are."""
    rows = apps.get_model('budgets', 'AuditTrail').objects.count()
    apps.get_model('budgets', 'TrailHead').objects.update(rows=rows)


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0003_code_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='trailhead',
            name='rows',
            field=models.PositiveBigIntegerField(default=0, verbose_name='条数'),
        ),
        migrations.AddField(
            model_name='audittrail',
            name='form',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='校验方式'),
        ),
        migrations.AlterField(
            model_name='audittrail',
            name='form',
            field=models.PositiveSmallIntegerField(default=2, verbose_name='校验方式'),
        ),
        migrations.AddField(
            model_name='audittrail',
            name='subject',
            field=models.CharField(blank=True, db_index=True, default='', max_length=60, verbose_name='所属事项'),
        ),
        migrations.AlterField(
            model_name='audittrail',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人'),
        ),
        migrations.AlterField(
            model_name='audittrail',
            name='at',
            field=models.DateTimeField(db_index=True, verbose_name='时间'),
        ),
        migrations.RunPython(count_rows, migrations.RunPython.noop),
    ]
