"""The index of search in another form; it is emptied, and filled again after this migrate (disclosure/apps.py)."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def empty(apps: Any, _editor: Any) -> None:
    """Take everything out of the index, whose form is no longer that which is read."""
    apps.get_model("disclosure", "SearchEntry").objects.all().delete()


class Migration(migrations.Migration):
    """Leaves instead of a row for each gram; entries are found by their code."""

    dependencies = [("disclosure", "0019_search")]

    operations = [
        migrations.RunPython(empty, empty),
        migrations.DeleteModel(name="SearchGram"),
        migrations.CreateModel(
            name="SearchSheet",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="search_sheet",
                        serialize=False,
                        to="disclosure.edition",
                        verbose_name="版次",
                    ),
                ),
                ("kinds", models.CharField(max_length=80, verbose_name="各类条目数")),
                ("stride", models.PositiveIntegerField(verbose_name="每条所占位置")),
            ],
            options={"verbose_name": "可搜索的版次", "verbose_name_plural": "可搜索的版次"},
        ),
        migrations.CreateModel(
            name="SearchLeaf",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False, verbose_name="序号")),
                ("lines", models.TextField(verbose_name="字和位置")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosure.edition",
                        verbose_name="版次",
                    ),
                ),
            ],
            options={
                "verbose_name": "搜索索引",
                "verbose_name_plural": "搜索索引",
                "ordering": ("number",),
            },
        ),
        migrations.AlterField(
            model_name="searchentry",
            name="number",
            field=models.BigAutoField(primary_key=True, serialize=False, verbose_name="序号"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["code"], name="searchentry_code"),
        ),
    ]
