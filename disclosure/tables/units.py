"""部门机构设置情况: which units a department has, of what nature and how they are paid for."""

from collections.abc import Iterable
from typing import ClassVar

from disclosure.tables.base import Line, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope


class Units(StatutoryTable):
    """The units of the year, or the one unit (河北省级预算公开办法, 一、机构设置)."""

    key: ClassVar[str] = "units"

    name = TextColumn("单位名称")
    nature = TextColumn("单位性质")
    rank = TextColumn("单位规格")
    funding = TextColumn("经费保障形式")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield one row a unit, in the order of codes."""
        for profile in scope.units:
            yield Line(
                {
                    "name": profile.unit.name,
                    "nature": profile.get_nature_display(),
                    "rank": profile.rank,
                    "funding": profile.funding,
                }
            )
