import budgets.money
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('budgets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('drafting', '填报中'), ('department_review', '部门审核'), ('secrecy_review', '保密审查'), ('signing', '负责人审签'), ('bureau_review', '财政审核'), ('ready', '待公开'), ('published', '已公开')], default='drafting', max_length=20, verbose_name='状态')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批复日期')),
                ('roster', models.CharField(choices=[('to_publish', '应公开'), ('merged', '并入本级'), ('exempt', '依法不予公开')], default='to_publish', max_length=12, verbose_name='公开名册')),
                ('roster_reason', models.CharField(blank=True, max_length=200, verbose_name='不单独公开的理由')),
                ('index_number', models.CharField(blank=True, max_length=40, null=True, unique=True, verbose_name='索引号')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('topic', models.CharField(default='财政预算、决算', max_length=60, verbose_name='主题分类')),
                ('publisher', models.CharField(blank=True, max_length=120, verbose_name='发布机构')),
                ('composed_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='budgets.budget', verbose_name='预算')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='budgets.unit', verbose_name='单位（部门预算留空）')),
            ],
            options={
                'verbose_name': '预算公开',
                'verbose_name_plural': '预算公开',
                'ordering': ('budget', 'unit__code'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('budget',), name='disclosure_department_unique', violation_error_message='该部门这一预算的公开事项已经建立。'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('budget', 'unit'), name='disclosure_unit_unique', violation_error_message='该单位这一预算的公开事项已经建立。'), models.CheckConstraint(condition=models.Q(('index_number__isnull', True), ('index_number__regex', '^[0-9A-Z]+/[0-9]{4}-[0-9]{5}$'), _connector='OR'), name='disclosure_index_number_form', violation_error_message='索引号应为“机构代码/年份-5位流水号”，例如 130303203/2022-00001。'), models.CheckConstraint(condition=models.Q(('roster', 'to_publish'), models.Q(('roster_reason', ''), _negated=True), _connector='OR'), name='disclosure_roster_reason', violation_error_message='不单独公开的，须填写理由。')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('kind', models.CharField(choices=[('first', '首次公开'), ('correction', '更正')], max_length=12, verbose_name='类型')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='更正理由')),
                ('government_code', models.CharField(max_length=6, verbose_name='区划代码')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('phase', models.CharField(choices=[('initial', '年初预算'), ('adjusted', '调整预算'), ('final', '决算')], max_length=10, verbose_name='阶段')),
                ('department_code', models.CharField(max_length=12, verbose_name='部门编码')),
                ('department_name', models.CharField(max_length=120, verbose_name='部门')),
                ('unit_code', models.CharField(blank=True, max_length=15, verbose_name='单位编码')),
                ('unit_name', models.CharField(blank=True, max_length=120, verbose_name='单位')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('notice', models.CharField(blank=True, max_length=60, verbose_name='显著标注')),
                ('index_number', models.CharField(max_length=40, verbose_name='索引号')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('topic', models.CharField(max_length=60, verbose_name='主题分类')),
                ('publisher', models.CharField(max_length=120, verbose_name='发布机构')),
                ('composed_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='内容校验值')),
                ('published_at', models.DateTimeField(verbose_name='公开时间')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='disclosure.disclosure', verbose_name='预算公开')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='disclosure.edition', verbose_name='更正前版次')),
            ],
            options={
                'verbose_name': '公开版次',
                'verbose_name_plural': '公开版次',
                'ordering': ('government_code', '-year', 'department_code', 'unit_code', 'number'),
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'number'), name='edition_number_unique', violation_error_message='这一版次已经存在。'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'first'), ('reason', ''), ('supersedes__isnull', True)), models.Q(('kind', 'correction'), ('supersedes__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='edition_correction_explained', violation_error_message='更正须指明被更正的版次并说明理由。')],
                'indexes': [models.Index(fields=['government_code', 'year', 'department_code', 'unit_code'], name='edition_address')],
            },
        ),
        migrations.CreateModel(
            name='EmptyTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(choices=[('units', '部门机构设置情况'), ('totals', '收支总表'), ('income', '收入总表'), ('spending', '支出总表'), ('fiscal_totals', '财政拨款收支总表'), ('general_expenditure', '一般公共预算支出表'), ('basic_expenditure', '一般公共预算基本支出表'), ('fund_expenditure', '政府性基金预算支出表'), ('capital_expenditure', '国有资本经营预算支出表'), ('three_public', '“三公”经费支出表'), ('procurement', '政府采购预算表'), ('assets', '固定资产占用情况表')], max_length=40, verbose_name='表')),
                ('reason', models.CharField(max_length=200, verbose_name='空表说明')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='empty_tables', to='disclosure.disclosure', verbose_name='预算公开')),
            ],
            options={
                'verbose_name': '空表说明',
                'verbose_name_plural': '空表说明',
                'ordering': ('disclosure', 'table'),
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'table'), name='emptytable_unique', violation_error_message='这张表的空表说明已经填写。'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='emptytable_reason_given', violation_error_message='空表须填写说明。')],
            },
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('term', models.CharField(max_length=60, verbose_name='名词')),
                ('explanation', models.TextField(verbose_name='解释')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='glossary_terms', to='disclosure.disclosure', verbose_name='预算公开')),
            ],
            options={
                'verbose_name': '名词解释',
                'verbose_name_plural': '名词解释',
                'ordering': ('disclosure', 'position'),
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'term'), name='glossaryterm_unique', violation_error_message='这一名词已有解释。')],
            },
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('duties', '部门职责'), ('other_matters', '其他需要说明的事项'), ('asset_note', '固定资产说明'), ('reason_revenue', '收入增减原因'), ('reason_personnel', '人员经费增减原因'), ('reason_public', '公用经费增减原因'), ('reason_project', '项目支出增减原因')], max_length=40, verbose_name='栏目')),
                ('text', models.TextField(blank=True, verbose_name='内容')),
                ('state', models.CharField(choices=[('carried_over', '未复核'), ('edited', '已修改'), ('confirmed', '已确认')], default='edited', max_length=14, verbose_name='状态')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='narratives', to='disclosure.disclosure', verbose_name='预算公开')),
            ],
            options={
                'verbose_name': '文字说明',
                'verbose_name_plural': '文字说明',
                'ordering': ('disclosure', 'key'),
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'key'), name='narrative_key_unique', violation_error_message='这一栏目的文字已经填写。')],
            },
        ),
        migrations.CreateModel(
            name='EditionContent',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='content', serialize=False, to='disclosure.edition', verbose_name='版次')),
                ('text', models.TextField(verbose_name='内容')),
            ],
            options={
                'verbose_name': '版次内容',
                'verbose_name_plural': '版次内容',
            },
        ),
        migrations.CreateModel(
            name='EditionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('html', '网页'), ('pdf', 'PDF'), ('json', 'JSON')], max_length=8, verbose_name='格式')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='disclosure.edition', verbose_name='版次')),
            ],
            options={
                'verbose_name': '版次文件',
                'verbose_name_plural': '版次文件',
                'ordering': ('edition', 'format'),
                'constraints': [models.UniqueConstraint(fields=('edition', 'format'), name='editionfile_format_unique', violation_error_message='该版次已有这一格式的文件。')],
            },
        ),
        migrations.CreateModel(
            name='EditionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=40, verbose_name='表')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('code', models.CharField(blank=True, max_length=21, verbose_name='编码')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='名称')),
                ('column', models.CharField(max_length=30, verbose_name='列')),
                ('amount', budgets.money.MoneyField(null=True, verbose_name='金额（元）')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='disclosure.edition', verbose_name='版次')),
            ],
            options={
                'verbose_name': '版次数据',
                'verbose_name_plural': '版次数据',
                'ordering': ('edition', 'table', 'row'),
                'constraints': [models.UniqueConstraint(fields=('edition', 'table', 'row', 'column'), name='editionline_cell_unique')],
            },
        ),
        migrations.CreateModel(
            name='EditionText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=40, verbose_name='章节')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('body', models.TextField(verbose_name='正文')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='disclosure.edition', verbose_name='版次')),
            ],
            options={
                'verbose_name': '版次文字',
                'verbose_name_plural': '版次文字',
                'ordering': ('edition', 'id'),
                'constraints': [models.UniqueConstraint(fields=('edition', 'section'), name='editiontext_section_unique')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(verbose_name='撤下时间')),
                ('reason', models.CharField(max_length=200, verbose_name='撤下理由')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='disclosure.edition', verbose_name='版次')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤下人')),
            ],
            options={
                'verbose_name': '撤下记录',
                'verbose_name_plural': '撤下记录',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_reason_given', violation_error_message='撤下须说明理由。')],
            },
        ),
    ]
