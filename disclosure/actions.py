"""What the trail calls the acts that this package writes into it (see :mod:`budgets.models.trail`)."""

from disclosure.enums import Act

OWN: dict[str, str] = {
    **{act.value: act.label for act in Act},
    "answer": "处理意见",
    "approval": "登记批复",
    "attach": "上传附件",
    "download_attachment": "下载附件",
    "download_evidence": "下载留痕材料",
    "open_year": "开放年度",
    "publish_archived": "公开历年文件",
    "remark": "提出意见",
    "remind": "催办",
    "sign_manifest": "国密签名",
    "void_attachment": "作废附件",
    "withdraw_archived": "撤下历年文件",
}
