"""Stores who publishes: the government, its years, and each slot's department with its units."""

from datetime import date, timedelta

from budgets.enums import Affiliation, LayoutKey, Level, UnitNature
from budgets.models import Department, FiscalYear, Government, Unit, UnitProfile
from disclosure.layouts import LAYOUTS
from disclosure.sample.government.characters import CHARACTERS, Post, character_of, posts_of
from disclosure.sample.government.dice import Dice
from disclosure.sample.government.plan import Plan, PlanError
from disclosure.sample.government.seats import Place, Seat

NAME, FULL_NAME = "示例区", "示例市示例区"
NOTICE = "示例数据，非真实政府"
FUNDING = {
    UnitNature.ADMINISTRATIVE: "财政拨款",
    UnitNature.ASSIMILATED: "财政拨款",
    UnitNature.WELFARE_FIRST: "财政性资金基本保证",
    UnitNature.WELFARE_SECOND: "财政性资金定额或定项补助",
    UnitNature.INSTITUTION: "财政性资金基本保证",
}


def store_government(plan: Plan) -> Government:
    """Create the government; refuse where its code is taken."""
    if taken := Government.objects.filter(code=plan.code).first():
        raise PlanError(f"数据库中已有区划代码为{plan.code}的政府“{taken}”，没有生成任何数据。请换一个种子（--seed）。")
    return Government.objects.create(code=plan.code, name=NAME, full_name=FULL_NAME, level=Level.COUNTY, notice=NOTICE)


def store_years(government: Government, plan: Plan) -> list[FiscalYear]:
    """Open the years: 河北省's layout, the last of several in that of 中央部门 once the portal has it."""
    last = LayoutKey.NATIONAL if plan.years > 1 and LayoutKey.NATIONAL in LAYOUTS else LayoutKey.HEBEI
    return [
        FiscalYear.objects.create(
            government=government,
            year=year,
            approved_by_congress=approval(year),
            layout=last if year == plan.all_years[-1] else LayoutKey.HEBEI,
            is_open=year == plan.all_years[-1],
        )
        for year in plan.all_years
    ]


def approval(year: int, days: int = 0) -> date:
    """Return the day in January when the congress approved a year, or so many days after it."""
    return date(year, 1, 8 + year % 7) + timedelta(days)


class Register:
    """Creates departments and units as they come, each with a code of its own."""

    def __init__(self, government: Government, plan: Plan) -> None:
        self.government, self.plan = government, plan
        self._departments, self._units = 0, dict[str, int]()

    def seat(self, slot: int) -> Seat:
        """Create the department of a slot with its units, there from the first year on."""
        character = character_of(slot)
        department = self.department(f"示例{character.name}{serial_of(slot)}", None)
        places = [self.place(department, slot, post) for post in posts_of(character, self.plan.units)]
        return Seat(slot, character, department, places)

    def department(self, name: str, since: int | None) -> Department:
        """Create a department under the next code, 101 being the first."""
        self._departments += 1
        code = str(100 + self._departments)
        full_name = f"{FULL_NAME}{name.removeprefix('示例')}"
        return Department.objects.create(
            government=self.government, code=code, name=name, full_name=full_name, valid_from=since
        )

    def place(self, department: Department, slot: int, post: Post, since: int | None = None) -> Place:
        """Create a unit and what stays the same about it."""
        dice = Dice(f"{self.plan.seed}-unit-{slot}-{post.name}")
        unit = self.unit(department, post, serial_of(slot), since)
        staff = dice.between(60, 240) if post.rich else dice.between(12, 60)
        vehicles = dice.between(1, 6) if dice.chance(60) or slot == 0 else 0
        return Place(slot, unit, post, staff, vehicles, dice.chance(60) or slot == 0, dice.chance(15) or slot == 0)

    def unit(self, department: Department, post: Post, serial: str, since: int | None) -> Unit:
        """Create a unit under the department's next code, 101001 being the first of all."""
        number = self._units[department.code] = self._units.get(department.code, 0) + 1
        name = f"{FULL_NAME}{post.name}{serial}" if post.name else f"{department.full_name}（本级）"
        return Unit.objects.create(
            department=department,
            code=f"{department.code}{number:03d}",
            name=name,
            affiliation=Affiliation.SUBORDINATE if post.name else Affiliation.HEAD,
            valid_from=since,
        )


def serial_of(slot: int) -> str:
    """Tell apart departments of the same sort: the second one and on are numbered."""
    before = slot // len(CHARACTERS)
    return f"（{before + 1}）" if before else ""


def profile(place: Place, year: int) -> UnitProfile:
    """Say what a unit is in one year."""
    head = place.unit.affiliation == Affiliation.HEAD
    return UnitProfile(
        unit=place.unit,
        year=year,
        nature=place.post.nature,
        rank="正科级" if head else "股级",
        funding=FUNDING[place.post.nature],
        posts=place.staff + place.staff // 10,
        staff=place.staff,
    )
