"""Every way in which an import ends without storing anything, each with a sentence for whoever waits for it."""

from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError

from budgets.refusals import sentence_of
from disclosure.refusal import RefusalError

FAILURES = (ValidationError, RefusalError, Error, OSError)
NOTHING = "没有导入任何内容"


def sentences_of(error: Exception) -> list[str]:
    """Say why nothing was stored, and what to do."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    if isinstance(error, RefusalError):
        return str(error).splitlines() or [f"{NOTHING}，但系统没有给出原因，请联系管理员。"]
    if isinstance(error, IntegrityError):
        said = sentence_of(error) or "文件中的内容与库里已有的数据冲突，请核对后重新预览"
        return [f"数据库没有接受，{NOTHING}：{said.rstrip('。')}。"]
    if isinstance(error, Error):
        return [f"数据库正忙、连接中断或暂时不能写入，{NOTHING}。请稍后再试；仍然不行的，请联系管理员。"]
    return [f"服务器不能保存文件（可能磁盘已满或没有写入权限），{NOTHING}。请联系管理员处理后重试。"]
