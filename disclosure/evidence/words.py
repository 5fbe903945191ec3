"""What the pack says in words: what each part is, and what was found at publication."""

from collections.abc import Iterator

from disclosure.models import Edition
from disclosure.testimony import Testimony

ABOUT = """留痕材料
{edition}
公开时间：{at}　内容校验值（SHA-256）：{sha256}

这份压缩包是这一版公开的全部记录，供检查、审计和归档。它不是公开文件，只供内部使用。

各部分：
{parts}

说明：
“清单.csv”列出压缩包里的每个文件（它自己除外）的字节数和校验值；“情况”一栏不是“{whole}”的文件，存放处已经缺失或被改动，没有收入。
CSV 用 UTF-8 编码，Excel 和 WPS 双击打开。以 = + - @ 开头的文字前面加了一个单引号，以免被当作公式。
除“时间（UTC）”以外，时间都是北京时间。
同一人在同样的记录上下载，每次得到的文件完全相同。
每次下载都记入审计轨迹（连同这份压缩包的校验值），但下载的记录不收入压缩包。
"""
STANDING = """1-版次　版次的登记信息；公开的内容（规范化 JSON，内容校验值就是它的 SHA-256）；公开的文件，
　　　　与公开时逐字节相同；作过国密签名的，连同每次签名的文件清单（.json）和签名（.sm2sig），编号最大的是现行的。
2-检查　公开时检查发现的问题（文字和 JSON），警告的原因，错误的豁免。之后的修改和检查不影响这里的内容。
3-办理　从上一版公开以后到这一版公开的每一步办理；随文件公开的审签；审核意见和处理情况；有紧急公开、撤下的，连同其记录。
4-导入　上一版公开以后为这一版导入的文件（包括与它共用数据的部门、单位的导入，已撤销的也在内）、行数和各行的出处。
　　　　“原文件”一栏写明不在下载人可以查看的范围内的，只列记录，不附文件和出处。
5-附件　这一预算公开的全部附件（扫描件等），作废的也在内，注明理由。
6-审计轨迹　这一预算公开在审计轨迹中的各行。每行的校验值由该行各栏（操作人、操作名称除外）和前一条校验值算出；
　　　　前后两行不一定相邻，中间是别的事项。"""
WITHDRAWN = """这一版已经撤下，公开的内容、文件和检查结果已经删除，不在这里；
导入的原文件、出处和附件里可能有同样的内容，也不在这里。
1-版次　版次的登记信息；作过国密签名的，连同文件清单（只有校验值）和签名。
3-办理　从上一版公开以后到这一版公开的每一步办理；审签；审核意见和处理情况；撤下记录；有紧急公开的，连同其记录。
4-导入　导入记录（没有文件）。
5-附件　附件清单（没有文件）。
6-审计轨迹　这一预算公开在审计轨迹中的各行。每行的校验值由该行各栏（操作人、操作名称除外）和前一条校验值算出；
　　　　前后两行不一定相邻，中间是别的事项。"""
UNKNOWN = "这一版公开时，平台还不保存公开时的检查结果。\n"


def about(edition: Edition, at: str, whole: str, *, withdrawn: bool) -> str:
    """Explain each part."""
    parts = WITHDRAWN if withdrawn else STANDING
    return ABOUT.format(edition=edition, at=at, sha256=edition.content_sha256, parts=parts, whole=whole)


def findings(testimony: Testimony) -> str:
    """Tell the findings one below the other, each with its reason or waiver."""
    report = testimony.report
    opening = f"公开时检查发现{len(report.findings)}处问题；{len(report.passed)}条规则通过，"
    return f"{opening}{len(report.not_applicable)}条不适用。\n\n" + "\n".join(_told(testimony))


def _told(testimony: Testimony) -> Iterator[str]:
    report = testimony.report
    for number, said in enumerate(report.findings, start=1):
        yield f"{number}．{said.severity} {said.code}　{said.message}"
        if places := "；".join(place.words for place in said.places if place.words):
            yield f"　　位置：{places}"
        if answer := testimony.answer_to(said):
            name = "豁免" if said.fingerprint in testimony.waivers else "原因"
            yield f"　　{name}：{answer.reason}（{answer.by}，{answer.at:%Y-%m-%d}）"
    if report.passed:
        yield f"\n通过的规则：{'、'.join(report.passed)}"
    for code, reason in sorted(report.not_applicable.items()):
        yield f"不适用：{code}　{reason}"
