"""The codes of one year: official items, those changed since the first year followed, absent ones replaced nearby."""

from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from budgets.codes import load_codes
from budgets.enums import ChangeKind, CodeScheme, FunctionKind, ProcurementType, UnitNature
from budgets.models import (
    CodeChange,
    Economic,
    EconomicCrosswalk,
    Function,
    GovernmentEconomic,
    ProcurementCatalogue,
)
from budgets.pinyin import initials_of
from disclosure.sample.government.plan import PlanError
from performance.frameworks import load_frameworks
from performance.models import IndicatorClass

FRAMEWORK = "2015"
ITEM_DIGITS = 7
GROUP_DIGITS = 5
LABEL = "示例数据，虚构的变更"
OFFICES = (UnitNature.ADMINISTRATIVE, UnitNature.ASSIMILATED)


class Change(NamedTuple):
    """An old 项 and the new one, which takes ``share`` percent of it."""

    kind: ChangeKind
    old: str
    new: str
    share: int
    comparable: bool


CHANGES = (
    Change(ChangeKind.RENAMED, "2120601", "2120106", 100, comparable=True),
    Change(ChangeKind.SPLIT, "2120303", "2120399", 60, comparable=False),
    Change(ChangeKind.SPLIT, "2120303", "2120201", 40, comparable=False),
    Change(ChangeKind.MERGED, "2120107", "2120199", 100, comparable=True),
    Change(ChangeKind.MERGED, "2120109", "2120199", 100, comparable=True),
)

CATALOGUE = (
    ("A02010105", "台式计算机"),
    ("A02021003", "多功能一体机"),
    ("A02061504", "空调机"),
    ("A03030000", "专用仪器设备"),
    ("B02050000", "市政工程施工"),
    ("B08000000", "修缮工程"),
    ("C16040000", "运行维护服务"),
    ("C21040000", "物业管理服务"),
    ("C23090100", "印刷服务"),
)
LETTERS = {ProcurementType.GOODS: "A", ProcurementType.WORKS: "B", ProcurementType.SERVICES: "C"}


def ensure_codes(vintage: int) -> None:
    """Load the lists that are not there yet, and a few 采购品目 of ``vintage`` where there are none."""
    folder = Path(settings.BASE_DIR) / "fixtures" / "codes"
    if not Function.objects.exists() or not Economic.objects.exists():
        load_codes(folder)
    if not IndicatorClass.objects.filter(framework__key=FRAMEWORK).exists():
        load_frameworks(folder / "indicator_frameworks.csv")
    if not ProcurementCatalogue.objects.exists():
        ProcurementCatalogue.objects.bulk_create(
            ProcurementCatalogue(code=code, name=name, initials=initials_of(name), vintage=vintage, origin="示例数据")
            for code, name in CATALOGUE
        )


class Codes:
    """The lists that fit ``year``; from the year after ``first_year`` on changed codes give way to their successors."""

    def __init__(self, year: int, first_year: int) -> None:
        self.year, self.first_year = year, first_year
        self.used: set[str] = set()
        self.functions: dict[str, Function] = {code.code: code for code in Function.objects.worst_first(year)}
        self.items = {
            kind: {c: row for c, row in sorted(self.functions.items()) if len(c) == ITEM_DIGITS and row.kind == kind}
            for kind in FunctionKind
        }
        self.economics: dict[str, Economic] = {code.code: code for code in Economic.objects.worst_first(year)}
        self.catalogue: dict[str, ProcurementCatalogue] = {
            code.code: code for code in ProcurementCatalogue.objects.worst_first(year)
        }
        classes = IndicatorClass.objects.filter(framework__key=FRAMEWORK)
        self.classes: dict[str, IndicatorClass] = {row.level2: row for row in classes.order_by("position")}
        rows = EconomicCrosswalk.objects.select_related("economic", "government_economic")
        self.crosswalk: dict[tuple[str, str], GovernmentEconomic] = {
            (row.economic.code, row.payer[:2]): row.government_economic
            for row in rows.order_by("-government_economic__code", "-pk")
        }

    def shares(self, code: str, kind: FunctionKind) -> list[tuple[Function, int]]:
        """Return the 项 that stand for ``code`` this year, each with its share in percent."""
        self.used.add(code)
        successors = [change for change in CHANGES if change.old == code and change.new in self.functions]
        if self.year == self.first_year or not successors:
            return [(self.function(code, kind), 100)]
        return [(self.functions[change.new], change.share) for change in successors]

    def function(self, code: str, kind: FunctionKind) -> Function:
        """Return a 项, the nearest one of the same budget where the lists have not got it."""
        items = self.items[kind]
        if code in items:
            return items[code]
        for digits in (5, 3, 1):
            for item, row in items.items():
                if item.startswith(code[:digits]):
                    return row
        raise PlanError(f"科目目录中没有{kind.label}的项级科目，请先载入目录（manage.py load_codes）。")

    def economic(self, code: str) -> Economic:
        """Return a 款, the nearest one of the same 类 where the lists have not got it."""
        if code in self.economics:
            return self.economics[code]
        for item in sorted(self.economics):
            if item.startswith(code[:3]) and len(item) == GROUP_DIGITS:
                return self.economics[item]
        raise PlanError(f"科目目录中没有{code[:3]}类的款级科目，请先载入目录（manage.py load_codes）。")

    def government_economic(self, code: str, nature: str) -> GovernmentEconomic | None:
        """Return the 政府经济分类 of a 款 for this sort of unit, None where the crosswalk does not say."""
        payer = "机关" if nature in OFFICES else "事业"
        return self.crosswalk.get((code, payer)) or self.crosswalk.get((code, "全部"))

    def things(self, of: ProcurementType) -> list[ProcurementCatalogue]:
        """Return the 采购品目 of this sort, all of them where there is none."""
        listed = [row for _, row in sorted(self.catalogue.items())]
        return [row for row in listed if row.code.startswith(LETTERS[of])] or listed


def store_changes(first: Codes, later: Codes) -> None:
    """Register the changes of codes that the first year used, except those already on record."""
    CodeChange.objects.bulk_create(
        [
            CodeChange(
                scheme=CodeScheme.FUNCTION_GENERAL,
                kind=change.kind,
                old_code=change.old,
                old_name=first.functions[change.old].name,
                new_code=change.new,
                new_name=later.functions[change.new].name,
                last_year_of_old=first.year,
                share=change.share,
                comparable=change.comparable,
                origin=LABEL,
            )
            for change in CHANGES
            if change.old in first.used & first.functions.keys() and change.new in later.functions
        ],
        ignore_conflicts=True,
    )
