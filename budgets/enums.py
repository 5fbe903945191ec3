"""The closed vocabularies of a budget, each value with the words the statute prints."""

from django.db.models import TextChoices


class Level(TextChoices):
    """How high a government stands."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县区级"


class Affiliation(TextChoices):
    """How a unit belongs to its department; 本级 is one of the units."""

    HEAD = "head", "本级"
    SUBORDINATE = "subordinate", "所属单位"


class UnitNature(TextChoices):
    """单位性质, which decides whether 公用经费 counts as 机关运行经费."""

    ADMINISTRATIVE = "administrative", "行政"
    ASSIMILATED = "assimilated", "参公事业"
    WELFARE_FIRST = "welfare_first", "公益一类事业"
    WELFARE_SECOND = "welfare_second", "公益二类事业"
    INSTITUTION = "institution", "事业"


class SuccessionKind(TextChoices):
    """What happened to an organisation in a reform (机构改革)."""

    RENAMED = "renamed", "更名"
    MERGED = "merged", "合并"
    SPLIT = "split", "拆分"


class Role(TextChoices):
    """What a person may do for a government, a department or a unit."""

    CLERK = "clerk", "经办人"
    DEPARTMENT_REVIEWER = "department_reviewer", "部门审核人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    SIGNING_HEAD = "signing_head", "签发人"
    BUREAU_REVIEWER = "bureau_reviewer", "财政审核人"
    PUBLISHER = "publisher", "发布人"
    EMERGENCY_PUBLISHER = "emergency_publisher", "紧急发布人"
    AUDITOR = "auditor", "审计员"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员"


class ReviewChain(TextChoices):
    """Which reviews stand between a draft and its publication (四级, or 三审 inside the department)."""

    FOUR = "four", "四级：部门审核、保密审查、负责人审签、财政审核"
    THREE = "three", "三审：部门审核、保密审查、负责人审签"


class Phase(TextChoices):
    """Which figures these are; figures of different phases are never added."""

    INITIAL = "initial", "年初预算"
    ADJUSTED = "adjusted", "调整预算"
    FINAL = "final", "决算"


class FunctionKind(TextChoices):
    """Which of the three budgets a functional code belongs to."""

    GENERAL = "functional_general", "一般公共预算"
    FUND = "functional_fund", "政府性基金预算"
    CAPITAL = "functional_capital", "国有资本经营预算"


class Source(TextChoices):
    """Where money comes from (部门收支总表, 收入)."""

    GENERAL = "general", "一般公共预算拨款"
    FUND = "fund", "政府性基金预算拨款"
    CAPITAL = "capital", "国有资本经营预算拨款"
    SPECIAL_ACCOUNT = "special_account", "财政专户管理资金"
    INSTITUTION = "institution", "事业收入"
    BUSINESS = "business", "事业单位经营收入"
    SUPERIOR = "superior", "上级补助收入"
    SUBORDINATE = "subordinate", "附属单位上缴收入"
    OTHER = "other", "其他收入"
    SURPLUS = "surplus", "使用非财政拨款结余"


class Kind(TextChoices):
    """What spending is for (部门支出总表)."""

    PERSONNEL = "personnel", "基本支出–人员经费"
    PUBLIC = "public", "基本支出–公用经费"
    PROJECT = "project", "项目支出"
    HANDED_UP = "handed_up", "上缴上级支出"
    BUSINESS = "business", "事业单位经营支出"
    SUBSIDY = "subsidy", "对附属单位补助支出"


class ProjectCategory(TextChoices):
    """项目类别: the first two are 基本支出, the last two 项目支出."""

    PERSONNEL = "personnel", "人员类"
    PUBLIC = "public", "公用经费"
    OPERATING = "operating", "其他运转类"
    SPECIFIC = "specific", "特定目标类"


class ThreePublicItem(TextChoices):
    """The four printed parts of “三公”经费."""

    ABROAD = "abroad", "因公出国（境）费"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费"
    VEHICLE_RUNNING = "vehicle_running", "公务用车运行费"
    RECEPTION = "reception", "公务接待费"


class PreviousMeasure(TextChoices):
    """Which of last year's figures a number is."""

    BUDGET = "budget", "预算数"
    EXECUTION = "execution", "执行数"


class PreviousTable(TextChoices):
    """Where in last year's document a figure stood."""

    SUMMARY = "summary", "汇总"
    GENERAL_EXPENDITURE = "general_expenditure", "一般公共预算支出（按功能分类）"
    FUND_EXPENDITURE = "fund_expenditure", "政府性基金预算支出（按功能分类）"
    CAPITAL_EXPENDITURE = "capital_expenditure", "国有资本经营预算支出（按功能分类）"


class PreviousRow(TextChoices):
    """Which of last year's summary figures a number is."""

    REVENUE_TOTAL = "revenue_total", "收入总计"
    TOTAL = "total", "支出总计"
    BASIC = "basic", "基本支出"
    PERSONNEL = "personnel", "人员经费"
    PUBLIC = "public", "公用经费"
    PROJECT = "project", "项目支出"
    THREE_PUBLIC = "three_public", "“三公”经费"


class LayoutKey(TextChoices):
    """Which region's prescriptions a year follows (disclosure/layouts)."""

    HEBEI = "hebei", "河北省"
    NATIONAL = "national", "中央部门"


class ProcurementType(TextChoices):
    """政府采购 by nature."""

    GOODS = "goods", "货物"
    WORKS = "works", "工程"
    SERVICES = "services", "服务"


class ProcurementMode(TextChoices):
    """政府采购 by organisation."""

    CENTRAL = "central", "集中采购"
    SCATTERED = "scattered", "分散采购"


class AssetCategory(TextChoices):
    """The printed rows of 固定资产占用情况表, in their order."""

    BUILDINGS = "buildings", "房屋"
    VEHICLES = "vehicles", "车辆"
    EQUIPMENT = "equipment", "单价在20万元以上设备"
    OTHER = "other", "其他固定资产"


class ChangeKind(TextChoices):
    """How an old code became a new one."""

    RENAMED = "renamed", "更名"
    SPLIT = "split", "拆分"
    MERGED = "merged", "合并"


class CodeScheme(TextChoices):
    """The official lists of codes, each published year by year."""

    FUNCTION_GENERAL = "functional_general", "支出功能分类（一般公共预算）"
    FUNCTION_FUND = "functional_fund", "支出功能分类（政府性基金预算）"
    FUNCTION_CAPITAL = "functional_capital", "支出功能分类（国有资本经营预算）"
    ECONOMIC = "economic_dept", "部门预算支出经济分类"
    GOVERNMENT_ECONOMIC = "economic_gov", "政府预算支出经济分类"
    PROCUREMENT = "procurement", "政府采购品目"


class WithheldScheme(TextChoices):
    """What may be printed one level up because it would reveal a secret."""

    FUNCTION = "function", "功能分类"
    ECONOMIC = "economic", "部门经济分类"
    PROJECT = "project", "项目"


GENERAL_BUDGETS = (Source.GENERAL, Source.FUND, Source.CAPITAL)
FUNCTION_KINDS = {
    Source.GENERAL: FunctionKind.GENERAL,
    Source.FUND: FunctionKind.FUND,
    Source.CAPITAL: FunctionKind.CAPITAL,
}
OWN_INCOME = (Source.INSTITUTION, Source.BUSINESS, Source.SUPERIOR, Source.SUBORDINATE, Source.OTHER)
INTERNAL_INCOME = (Source.SUPERIOR, Source.SUBORDINATE)
INTERNAL_SPENDING = (Kind.HANDED_UP, Kind.SUBSIDY)
OWN_SPENDING = (Kind.HANDED_UP, Kind.BUSINESS, Kind.SUBSIDY)
BASIC = (Kind.PERSONNEL, Kind.PUBLIC)
OPERATING_NATURES = (UnitNature.ADMINISTRATIVE, UnitNature.ASSIMILATED)
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
