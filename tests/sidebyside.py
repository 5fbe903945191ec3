"""More departments and years beside the sample, each published with a content of its own."""

from collections.abc import Callable

from msgspec.structs import replace
from published import an_edition

from budgets.models import Budget, Department, FiscalYear, Government
from disclosure import searching
from disclosure.content import Content, parse
from disclosure.facts import Named
from disclosure.freezing import texts_of
from disclosure.models import Disclosure, Edition, EditionText

Change = Callable[[Content], Content]


def unchanged(content: Content) -> Content:
    """Leave a content as it is."""
    return content


def beside(
    edition: Edition, code: str = "204", year: int = 2022, change: Change = unchanged, *, phase: str = "initial"
) -> Edition:
    """Publish a department's year beside the sample's, with the sample's content changed."""
    government = Government.objects.get(code=edition.government_code)
    name = f"部门{code}"
    department, _ = Department.objects.get_or_create(
        government=government, code=code, defaults={"name": name, "full_name": name}
    )
    opened, _ = FiscalYear.objects.get_or_create(
        government=government,
        year=year,
        defaults={"layout": edition.disclosure.budget.fiscal_year.layout},
    )
    budget = Budget.objects.create(department=department, fiscal_year=opened, phase=phase)
    content = replace(parse(edition.content.text), department=Named(code, department.name), year=year, phase=phase)
    made = an_edition(Disclosure.objects.create(budget=budget), change(content), edition.published_by)
    searching.add(made, change(content))
    EditionText.objects.bulk_create(
        EditionText(edition=made, section=text.section, title=text.title, body=text.body)
        for text in texts_of(change(content))
    )
    return made


def with_table(key: str, rows: Callable[[tuple], tuple]) -> Change:
    """Return a change of one table's rows."""

    def change(content: Content) -> Content:
        tables = tuple(replace(one, rows=rows(one.rows)) if one.key == key else one for one in content.tables)
        return replace(content, tables=tables)

    return change
