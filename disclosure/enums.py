"""The closed vocabularies of publication."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a disclosure stands on its way to the public."""

    DRAFTING = "drafting", "填报中"
    DEPARTMENT_REVIEW = "department_review", "部门审核"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    SIGNING = "signing", "负责人审签"
    BUREAU_REVIEW = "bureau_review", "财政审核"
    READY = "ready", "待公开"
    PUBLISHED = "published", "已公开"


EDITABLE = (Status.DRAFTING,)
"""Where clerks may change the draft; a published one is opened again by a correction."""


class Act(TextChoices):
    """What people do with a disclosure."""

    SUBMIT = "submit", "提交审核"
    RECALL = "recall", "撤回"
    SIGN = "sign", "签署"
    APPROVE = "approve", "审核通过"
    SEND_BACK = "send_back", "退回"
    SCHEDULE = "schedule", "定时公开"
    PUBLISH = "publish", "公开"
    PUBLISH_URGENTLY = "publish_urgently", "紧急公开"
    CONFIRM_URGENT = "confirm_urgent", "确认紧急公开"
    CORRECT = "correct", "发起更正"
    ABANDON = "abandon", "放弃更正"
    WITHDRAW = "withdraw", "撤下"


class CorrectionKind(TextChoices):
    """Why a published document is corrected."""

    FIGURES = "figures", "数据有误"
    WORDS = "words", "文字有误"
    OMISSION = "omission", "内容遗漏"
    FORM = "form", "格式不合规定"
    PRIVACY = "privacy", "涉及个人信息"
    OTHER = "other", "其他"


class ExemptionKind(TextChoices):
    """Why a department or unit does not publish by itself."""

    MERGED = "merged", "并入本级"
    EXEMPT = "exempt", "依法不予公开"


class NarrativeState(TextChoices):
    """Whether somebody has looked at a text this year."""

    CARRIED_OVER = "carried_over", "未复核"
    EDITED = "edited", "已修改"
    CONFIRMED = "confirmed", "已确认"


class NarrativeKey(TextChoices):
    """The texts people write: a section's words, the reason for a change, or another wording of a computed sentence."""

    DUTIES = "duties", "部门职责"
    OTHER_MATTERS = "other_matters", "其他需要说明的事项"
    ASSET_NOTE = "asset_note", "固定资产说明"
    REASON_REVENUE = "reason_revenue", "收入增减原因"
    REASON_PERSONNEL = "reason_personnel", "人员经费增减原因"
    REASON_PUBLIC = "reason_public", "公用经费增减原因"
    REASON_PROJECT = "reason_project", "项目支出增减原因"
    WORDING_BASIS = "wording_basis", "措辞：编制依据"
    WORDING_REVENUE = "wording_revenue", "措辞：收入说明"
    WORDING_EXPENDITURE = "wording_expenditure", "措辞：支出说明"
    WORDING_CHANGE = "wording_change", "措辞：支出增减"
    WORDING_REVENUE_CHANGE = "wording_revenue_change", "措辞：收入增减"
    WORDING_OPERATING_COSTS = "wording_operating_costs", "措辞：机关运行经费"
    WORDING_THREE_PUBLIC = "wording_three_public", "措辞：“三公”经费"
    WORDING_THREE_PUBLIC_CHANGE = "wording_three_public_change", "措辞：“三公”经费增减"
    WORDING_PROCUREMENT = "wording_procurement", "措辞：政府采购"
    WORDING_ASSETS = "wording_assets", "措辞：国有资产"


class TableKey(TextChoices):
    """The statutory tables that may be published empty."""

    TOTALS = "totals", "收支总表"
    INCOME = "income", "收入总表"
    SPENDING = "spending", "支出总表"
    FISCAL_TOTALS = "fiscal_totals", "财政拨款收支总表"
    GENERAL_EXPENDITURE = "general_expenditure", "一般公共预算支出表"
    BASIC_EXPENDITURE = "basic_expenditure", "一般公共预算基本支出表"
    FUND_EXPENDITURE = "fund_expenditure", "政府性基金预算支出表"
    CAPITAL_EXPENDITURE = "capital_expenditure", "国有资本经营预算支出表"
    THREE_PUBLIC = "three_public", "“三公”经费支出表"
    PROJECTS = "projects", "项目支出表"
    GOALS = "goals", "项目绩效目标表"
    OVERALL_GOALS = "overall_goals", "部门整体支出绩效目标表"
    PROCUREMENT = "procurement", "政府采购预算表"
    ASSETS = "assets", "固定资产占用情况表"


class EditionKind(TextChoices):
    """Why an edition exists."""

    FIRST = "first", "首次公开"
    CORRECTION = "correction", "更正"


class FileFormat(TextChoices):
    """The forms in which an edition is kept; the value is the file's extension."""

    HTML = "html", "网页"
    PDF = "pdf", "PDF"
    JSON = "json", "JSON"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"


class TableFormat(TextChoices):
    """The forms in which one table is handed out; the value is the file's extension."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"
    JSON = "json", "JSON"


class AttachmentKind(TextChoices):
    """What a file kept beside a disclosure is; none of them is ever published."""

    SIGNATURE = "signature", "审签扫描件"
    SECRECY_REVIEW = "secrecy_review", "保密审查表"
    APPROVAL = "approval", "批复文件"
    OTHER = "other", "其他"


class SearchKind(TextChoices):
    """What search finds, in the order in which equals are listed."""

    DEPARTMENT = "department", "部门"
    UNIT = "unit", "单位"
    PROJECT = "project", "项目"
    CODE = "code", "科目"
    TABLE = "table", "表"
    SECTION = "section", "说明"
    TERM = "term", "名词解释"
