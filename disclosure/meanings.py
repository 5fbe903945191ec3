"""填报口径 of what people write for a disclosure (see :mod:`budgets.meanings`)."""

from budgets.meanings import Meaning

DISCLOSURE = Meaning("这一行属于哪个部门、单位哪一年度的预算公开。")
OWN = {
    "disclosure.Narrative": {
        "disclosure": DISCLOSURE,
        "key": Meaning("这段文字印在说明的哪一处；每个栏目只有一段。", "部门职责"),
        "text": Meaning("公开的文字；写进花括号里的标记公开时换成数据里的数字。", "负责全区党的组织工作。"),
        "state": Meaning("上年带入的文字看过没有；未复核的不能提交审核。", "已确认"),
    },
    "disclosure.GlossaryTerm": {
        "disclosure": DISCLOSURE,
        "position": Meaning("在名词解释中排第几，从1起。", "1"),
        "term": Meaning("文件中用到的专业名词。", "一般公共预算拨款收入"),
        "explanation": Meaning("名词的解释，用通行的说法。", "指财政当年拨付的资金。"),
    },
    "disclosure.EmptyTable": {
        "disclosure": DISCLOSURE,
        "table": Meaning("哪张法定表没有数据；有数据的表不填。", "政府性基金预算支出表"),
        "reason": Meaning("没有数据的原因，印在空表下面。", "本部门没有政府性基金预算安排的支出。"),
    },
}
