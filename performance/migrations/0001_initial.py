import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('budgets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20, unique=True, verbose_name='版本')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
            ],
            options={
                'verbose_name': '绩效指标体系',
                'verbose_name_plural': '绩效指标体系',
                'ordering': ('key',),
            },
        ),
        migrations.CreateModel(
            name='OverallGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='总体绩效目标')),
                ('safeguards', models.TextField(blank=True, verbose_name='工作保障措施')),
                ('budget', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='overall_goal', to='budgets.budget', verbose_name='预算')),
            ],
            options={
                'verbose_name': '总体绩效目标',
                'verbose_name_plural': '总体绩效目标',
            },
        ),
        migrations.CreateModel(
            name='ProjectGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('purpose', models.TextField(blank=True, verbose_name='资金用途')),
                ('plan_march', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='3月底（%）')),
                ('plan_june', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='6月底（%）')),
                ('plan_october', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='10月底（%）')),
                ('plan_december', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='12月底（%）')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_goals', to='budgets.budget', verbose_name='预算')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='budgets.project', verbose_name='项目')),
            ],
            options={
                'verbose_name': '项目绩效目标',
                'verbose_name_plural': '项目绩效目标',
                'ordering': ('budget', 'position'),
                'constraints': [models.UniqueConstraint(fields=('budget', 'project'), name='projectgoal_unique', violation_error_message='该项目这一年度的绩效目标已经建立。'), models.CheckConstraint(condition=models.Q(('plan_march__isnull', True), models.Q(('plan_march__gte', 0), ('plan_march__lte', 100)), _connector='OR'), name='projectgoal_plan_march_percent', violation_error_message='资金支出计划应在0至100之间。'), models.CheckConstraint(condition=models.Q(('plan_june__isnull', True), models.Q(('plan_june__gte', 0), ('plan_june__lte', 100)), _connector='OR'), name='projectgoal_plan_june_percent', violation_error_message='资金支出计划应在0至100之间。'), models.CheckConstraint(condition=models.Q(('plan_october__isnull', True), models.Q(('plan_october__gte', 0), ('plan_october__lte', 100)), _connector='OR'), name='projectgoal_plan_october_percent', violation_error_message='资金支出计划应在0至100之间。'), models.CheckConstraint(condition=models.Q(('plan_december__isnull', True), models.Q(('plan_december__gte', 0), ('plan_december__lte', 100)), _connector='OR'), name='projectgoal_plan_december_percent', violation_error_message='资金支出计划应在0至100之间。')],
            },
        ),
        migrations.CreateModel(
            name='DutyGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('duty', models.CharField(max_length=60, verbose_name='职责')),
                ('responsibilities', models.TextField(blank=True, verbose_name='主要职责')),
                ('objective', models.TextField(blank=True, verbose_name='职责目标')),
                ('goal', models.TextField(blank=True, verbose_name='绩效目标')),
                ('indicators', models.TextField(blank=True, verbose_name='绩效指标')),
                ('standard', models.TextField(blank=True, verbose_name='绩效标准')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duty_goals', to='budgets.budget', verbose_name='预算')),
            ],
            options={
                'verbose_name': '分项绩效目标',
                'verbose_name_plural': '分项绩效目标',
                'ordering': ('budget', 'position'),
                'constraints': [models.UniqueConstraint(fields=('budget', 'position'), name='dutygoal_position_unique', violation_error_message='这一次序已被另一项职责占用。')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('level1', models.CharField(max_length=30, verbose_name='一级指标')),
                ('level2', models.CharField(max_length=30, verbose_name='二级指标')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='performance.framework', verbose_name='体系')),
            ],
            options={
                'verbose_name': '指标类别',
                'verbose_name_plural': '指标类别',
                'ordering': ('framework', 'position'),
                'constraints': [models.UniqueConstraint(fields=('framework', 'level1', 'level2'), name='indicatorclass_unique', violation_error_message='该体系中已有这一指标类别。')],
            },
        ),
        migrations.CreateModel(
            name='GoalStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('text', models.TextField(verbose_name='绩效目标')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='performance.projectgoal', verbose_name='项目绩效目标')),
            ],
            options={
                'verbose_name': '绩效目标',
                'verbose_name_plural': '绩效目标',
                'ordering': ('goal', 'number'),
                'constraints': [models.UniqueConstraint(fields=('goal', 'number'), name='goalstatement_number_unique', violation_error_message='这一序号已被占用。')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('name', models.CharField(max_length=120, verbose_name='三级指标')),
                ('description', models.TextField(blank=True, verbose_name='绩效指标描述')),
                ('operator', models.CharField(blank=True, choices=[('≥', '≥'), ('＞', '＞'), ('＝', '＝'), ('＜', '＜'), ('≤', '≤'), ('定性', '定性')], max_length=2, verbose_name='比较符号')),
                ('value', models.CharField(blank=True, max_length=120, verbose_name='指标值')),
                ('measure', models.CharField(blank=True, max_length=20, verbose_name='计量单位')),
                ('basis', models.TextField(blank=True, verbose_name='指标值确定依据')),
                ('printed_value', models.TextField(blank=True, verbose_name='原文指标值')),
                ('classified', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='performance.indicatorclass', verbose_name='指标类别')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='performance.projectgoal', verbose_name='项目绩效目标')),
            ],
            options={
                'verbose_name': '绩效指标',
                'verbose_name_plural': '绩效指标',
                'ordering': ('goal', 'position'),
                'constraints': [models.UniqueConstraint(fields=('goal', 'position'), name='indicator_position_unique', violation_error_message='这一次序已被另一指标占用。'), models.CheckConstraint(condition=models.Q(models.Q(('operator', '定性'), _negated=True), ('measure', ''), _connector='OR'), name='indicator_qualitative_without_measure', violation_error_message='定性指标不填计量单位。')],
            },
        ),
    ]
