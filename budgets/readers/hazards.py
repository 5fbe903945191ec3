"""What goes wrong between a spreadsheet and a figure, and what to say about it; free of Django for the child."""

from enum import StrEnum


class Hazard(StrEnum):
    """A sort of thing that a clerk should look at; the value is how it is remembered, never shown."""

    UNCALCULATED = "uncalculated"
    ERROR = "error"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_TOTAL = "hidden_total"
    HIDDEN_COLUMN = "hidden_column"
    HIDDEN_SHEET = "hidden_sheet"
    MERGED = "merged"
    DATE = "date"
    DAMAGED = "damaged"
    NUMBER_CODE = "number_code"
    UNSEEN = "unseen"
    MORE = "more"


SENTENCES = {
    Hazard.UNCALCULATED: "公式“{}”没有算出的结果，请用 Excel 或 WPS 打开、重新计算并保存后再上传，或者直接填写数字。",
    Hazard.ERROR: "单元格是错误值“{}”，请改正公式或直接填写数字。",
    Hazard.HIDDEN_ROW: "这一行是隐藏的，但有内容“{}”，仍会读取；不要的请删除，要的请取消隐藏。",
    Hazard.HIDDEN_TOTAL: "这一行是隐藏的合计行“{}”，仍会读取；请取消隐藏，核对后再上传。",
    Hazard.HIDDEN_COLUMN: "这一列是隐藏的，但有内容“{}”，仍会读取；不要的请删除，要的请取消隐藏。",
    Hazard.HIDDEN_SHEET: "这张工作表是隐藏的，但有内容，仍会读取；不要的请删除，要的请取消隐藏。",
    Hazard.MERGED: "数据中有合并单元格{}，只有左上角一格有值，其余按空白读取；请取消合并后逐格填写。",
    Hazard.DATE: "这一列是数字，这里却是日期“{}”，可能是被自动改成了日期；请改为数值格式后重新填写。",
    Hazard.DAMAGED: "“{}”超过15位，表格软件只保留前15位，后面的已经丢失；请先把这一列设为文本格式，再重新填写。",
    Hazard.NUMBER_CODE: "“{}”列有编码存成了数字，开头的0会丢失；请核对，并把这一列设为文本格式后重新填写。",
    Hazard.UNSEEN: "{}",
    Hazard.MORE: "同类问题还有{}处，没有逐一列出。",
}
