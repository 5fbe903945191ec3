"""The register and the projects in files."""

from budgets.enums import Affiliation, ProjectCategory, UnitNature
from budgets.exchange import ScopedResource, column
from budgets.models import Department, Project, Unit, UnitProfile
from budgets.widgets import ChoiceWidget, DepartmentWidget, GovernmentWidget, NumberWidget, TextWidget, UnitWidget


class DepartmentResource(ScopedResource):
    """The register of departments."""

    government = column("government", "区划代码", GovernmentWidget())
    code = column("code", "部门编码", TextWidget())
    name = column("name", "简称", TextWidget())
    full_name = column("full_name", "机构全称", TextWidget())
    valid_from = column("valid_from", "起始年度", NumberWidget())
    valid_to = column("valid_to", "终止年度", NumberWidget())
    optional_columns = frozenset()

    class Meta(ScopedResource.Meta):
        """A code names one department of a government."""

        model = Department
        fields = ("government", "code", "name", "full_name", "valid_from", "valid_to")
        import_id_fields = ("government", "code")


class UnitResource(ScopedResource):
    """The register of units."""

    department = column("department", "部门编码", DepartmentWidget())
    code = column("code", "单位编码", TextWidget())
    name = column("name", "单位全称", TextWidget())
    affiliation = column("affiliation", "隶属", ChoiceWidget(Affiliation))
    valid_from = column("valid_from", "起始年度", NumberWidget())
    valid_to = column("valid_to", "终止年度", NumberWidget())

    class Meta(ScopedResource.Meta):
        """A code names one unit of a department."""

        model = Unit
        fields = ("department", "code", "name", "affiliation", "valid_from", "valid_to")
        import_id_fields = ("department", "code")


class UnitProfileResource(ScopedResource):
    """What units are in a year."""

    unit = column("unit", "单位编码", UnitWidget())
    year = column("year", "年度", NumberWidget())
    nature = column("nature", "单位性质", ChoiceWidget(UnitNature))
    rank = column("rank", "单位规格", TextWidget())
    funding = column("funding", "经费保障形式", TextWidget())
    posts = column("posts", "编制数", NumberWidget())
    staff = column("staff", "实有人数", NumberWidget())
    optional_columns = frozenset({"区划代码", "部门编码"})

    class Meta(ScopedResource.Meta):
        """One profile for each unit and year."""

        model = UnitProfile
        fields = ("unit", "year", "nature", "rank", "funding", "posts", "staff")
        import_id_fields = ("unit", "year")


class ProjectResource(ScopedResource):
    """The projects."""

    code = column("code", "项目编码", TextWidget())
    name = column("name", "项目名称", TextWidget())
    unit = column("unit", "单位编码", UnitWidget())
    category = column("category", "项目类别", ChoiceWidget(ProjectCategory))
    first_year = column("first_year", "起始年度", NumberWidget())
    optional_columns = frozenset({"区划代码", "部门编码"})

    class Meta(ScopedResource.Meta):
        """A project has one code for ever."""

        model = Project
        fields = ("code", "name", "unit", "category", "first_year")
        import_id_fields = ("code",)
