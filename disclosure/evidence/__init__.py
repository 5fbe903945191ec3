"""留痕材料: everything on record about an edition, as one ZIP for inspection and for the archives."""

import hashlib
import json
import tempfile
from io import BufferedRandom
from typing import Any

from django.utils import timezone

from budgets.access import reaches
from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure.evidence import records, words
from disclosure.evidence.archive import WHOLE, Archive, numbered
from disclosure.evidence.period import HANDED_OUT, Period
from disclosure.filetypes import plain_name
from disclosure.models import Edition
from disclosure.refusal import RefusalError
from disclosure.testimony import Testimony
from disclosure.workflow.people import holds

ENTITLED = (
    Role.DEPARTMENT_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.SIGNING_HEAD,
    Role.BUREAU_REVIEWER,
    Role.PUBLISHER,
    Role.AUDITOR,
)
"""Who may have the pack of a disclosure they can see: those who answer for it, and auditors."""
METADATA = """number kind correction_kind reason government_code year phase department_code department_name unit_code
unit_name title notice index_number document_number topic publisher composed_on content_sha256 published_at"""


class Pack:
    """A finished pack: an open temporary file at its beginning, its hash, and how many stored files were missing."""

    def __init__(self, file: BufferedRandom, missing: int) -> None:
        self.file, self.missing = file, missing
        file.seek(0)
        self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)


def may_have_evidence(user: Any, edition: Edition) -> bool:
    """Tell whether somebody may have an edition's pack."""
    return reaches(user, edition.disclosure, "view") and holds(user, edition.disclosure, ENTITLED)


def pack(edition: Edition, *, by: Any) -> Pack:
    """Put together what is on record about an edition, and leave a trace; raise RefusalError where ``by`` may not.

    A withdrawn edition's pack has records and no content.
    """
    if not may_have_evidence(by, edition):
        names = "、".join(role.label for role in ENTITLED)
        message = f"用户“{by}”不能下载{edition}的留痕材料。可以下载的是该部门（单位）的{names}。"
        raise RefusalError(message)
    edition = Edition.objects.get(pk=edition.pk)  # as it is now: it may have been withdrawn
    file = tempfile.TemporaryFile()  # noqa: SIM115 whoever asked reads it and closes it
    done = Pack(file, _write(Archive(file, edition.published_at), edition, by))
    subject = f"disclosure:{edition.disclosure_id}"
    AuditTrail.append(
        HANDED_OUT, str(edition.disclosure), by=by, subject=subject, number=edition.number, sha256=done.sha256
    )
    return done


def name_of_pack(edition: Edition) -> str:
    """Name the file people save."""
    code = edition.unit_code or edition.department_code
    return plain_name(f"{code}-{edition.year}年-第{edition.number}版-留痕材料.zip")


def _write(archive: Archive, edition: Edition, by: Any) -> int:
    period, withdrawn = Period.of(edition), hasattr(edition, "withdrawal")
    at = f"{timezone.localtime(edition.published_at):%Y-%m-%d %H:%M:%S}"
    archive.add_text("说明.txt", words.about(edition, at, WHOLE, withdrawn=withdrawn))
    archive.add("1-版次/版次信息.json", _metadata(edition))
    if not withdrawn:
        _content(archive, edition)
        _findings(archive, edition)
    _manifests(archive, edition)
    _handling(archive, edition, period)
    reach = set() if withdrawn else period.imports_within_reach(by)
    _imports(archive, period, reach, "撤下后不附" if withdrawn else "不在下载人可以查看的范围内")
    _attachments(archive, period, withdrawn=withdrawn)
    archive.add_rows("6-审计轨迹/审计轨迹.csv", records.TRAIL, records.trail(period.trail()))
    return archive.close()


def _metadata(edition: Edition) -> bytes:
    said = {name: getattr(edition, name) for name in METADATA.split()}
    said |= {"published_by": edition.published_by.get_username()}
    said |= {"supersedes": edition.supersedes.number if edition.supersedes else None}
    return json.dumps(said, ensure_ascii=False, indent=1, default=str, sort_keys=True).encode()


def _content(archive: Archive, edition: Edition) -> None:
    archive.add("1-版次/内容.json", edition.content.text.encode())
    for row in edition.files.order_by("format"):
        archive.add_stored(f"1-版次/公开文件.{row.format}", row.read, row)


def _manifests(archive: Archive, edition: Edition) -> None:
    """Add every list of files that was signed, with its signature; the last one is in force."""
    for number, row in enumerate(edition.manifests.order_by("id"), start=1):
        archive.add(f"1-版次/国密签名/{number:02}-manifest.json", row.text.encode())
        archive.add(f"1-版次/国密签名/{number:02}-manifest.sm2sig", row.signed)


def _findings(archive: Archive, edition: Edition) -> None:
    evidence = getattr(edition, "evidence", None)
    if evidence is None:
        archive.add_text("2-检查/检查结果.txt", words.UNKNOWN)
        return
    testimony = Testimony.read(evidence)
    archive.add_text("2-检查/检查结果.txt", words.findings(testimony))
    archive.add("2-检查/检查结果.json", evidence.findings.encode())
    for name, given in (("警告的原因", testimony.explanations), ("错误的豁免", testimony.waivers)):
        archive.add_rows(f"2-检查/{name}.csv", records.ANSWERS, records.answers(given.values()))


def _handling(archive: Archive, edition: Edition, period: Period) -> None:
    archive.add_rows("3-办理/办理记录.csv", records.TRANSITIONS, records.transitions(period.transitions()))
    archive.add_rows("3-办理/审签.csv", records.SIGN_OFFS, records.sign_offs(edition))
    archive.add_rows("3-办理/审核意见.csv", records.COMMENTS, records.comments(period.comments()))
    if hasattr(edition, "urgent"):
        archive.add_rows("3-办理/紧急公开.csv", records.URGENT, [records.urgent(edition.urgent)])
    if hasattr(edition, "withdrawal"):
        archive.add_rows("3-办理/撤下记录.csv", records.WITHDRAWAL, [records.withdrawal(edition.withdrawal)])


def _imports(archive: Archive, period: Period, reach: set[int], otherwise: str) -> None:
    """Add the imports; those out of ``reach`` are told without their files, and why (``otherwise``)."""
    told = []
    for number, run in enumerate(period.imports(), start=1):
        where = f"原文件/{numbered(number, run.file_name)}" if run.pk in reach else otherwise
        told.append((number, run, where))
        if run.pk in reach:
            archive.add_stored(f"4-导入/{where}", run.read, run)
            archive.add(f"4-导入/出处/{number:02}.json", run.record.trace.encode())
    archive.add_rows("4-导入/导入记录.csv", records.IMPORTS, records.imports(told))


def _attachments(archive: Archive, period: Period, *, withdrawn: bool) -> None:
    kept = list(enumerate(period.attachments(), start=1))
    archive.add_rows("5-附件/附件清单.csv", records.ATTACHMENTS, records.attachments(kept))
    for number, row in () if withdrawn else kept:
        archive.add_stored(f"5-附件/文件/{numbered(number, row.file_name)}", row.read, row)
