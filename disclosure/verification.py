"""Whether everything that was published, and the trail of it, is still what it was: found out from the rows themselves.

The trail's chain runs from its first row to its head. What was published is compared with its own hashes, and with
what the trail recorded of it. Whoever can rewrite the whole chain with all that follows can only be found out by a
hash noted elsewhere (docs/decisions/0014).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice, zip_longest
from typing import Any

import msgspec
from django.apps import apps
from django.db.models import Max, Model

from budgets.chain import CHUNK, Finding, follow
from budgets.models import AuditTrail
from budgets.models.trail import LONGEST_TARGET
from disclosure.content import Content, parse, sha256
from disclosure.enums import FileFormat
from disclosure.freezing import FrozenLine, FrozenText, lines_of, texts_of
from disclosure.models import Edition, EditionContent, EditionFile, FileDamagedError
from disclosure.opendata import ledger

ADDED_LATER = (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX)
"""What an edition may lack: published before the format was offered, or without the engine that draws it."""


@dataclass
class Recorded:
    """What the trail says of editions: the publication and the withdrawal of each, by its primary key."""

    published: dict[int, dict[str, Any]] = field(default_factory=dict)
    withdrawn: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[int, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    """The fingerprint of every other row the trail vouches for, by model and primary key."""
    nameless: set[tuple[str, str]] = field(default_factory=set)
    """Publications of the time before the trail named the edition: title and content hash."""

    def take(self, row: AuditTrail) -> None:
        """Remember a row that speaks of an edition."""
        detail = _detail(row)
        self.rows.update(detail.get("rows", {}))
        edition = detail.get("edition")
        if edition is None:
            if row.action == "publish" and "sha256" in detail:
                self.nameless.add((row.target, detail["sha256"]))
            return
        if row.action == "withdraw":
            self.withdrawn[edition] = detail
        elif "edition_sha256" in detail:
            self.published[edition] = detail
        self.files.setdefault(edition, {}).update(detail.get("files", {}))


def _detail(row: AuditTrail) -> dict[str, Any]:
    """Return what a row says of an edition; nothing where it speaks of something else, or was altered."""
    if row.action != "publish" and '"edition": ' not in row.detail and '"rows": ' not in row.detail:
        return {}
    try:
        detail: dict[str, Any] = json.loads(row.detail)
    except ValueError:
        return {}
    return detail


def fingerprint(row: Model) -> str:
    """Return the SHA-256 over every column of a row, in canonical form: names sorted, values as text, none as null."""
    columns: dict[str, str | None] = {}
    for one in row._meta.concrete_fields:
        value = getattr(row, one.attname)
        if isinstance(value, datetime):
            columns[one.attname] = value.astimezone(UTC).isoformat()
        else:
            columns[one.attname] = None if value is None else one.value_to_string(row)
    return hashlib.sha256(json.dumps(columns, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def fingerprints(*rows: Model) -> dict[str, str]:
    """Return the fingerprint of each row, by model and primary key, as the trail keeps them under ``rows``."""
    return {f"{row._meta.label}:{row.pk}": fingerprint(row) for row in rows}


def verify(*, quick: bool = False, known: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Yield whatever is not as it was; ``quick``: look at the chain only; ``known``: hashes noted earlier."""
    newest = Edition.objects.aggregate(last=Max("pk"))["last"] or 0
    recorded = Recorded()
    yield from follow(recorded.take, known)
    if not quick:
        yield from _editions(recorded, newest)
        yield from _vouched(recorded.rows)
    yield from ledger.problems()


def _vouched(rows: dict[str, str]) -> Iterator[Finding]:
    """Compare steps and reviews with what the trail recorded of them."""
    by_model: dict[str, dict[int, str]] = {}
    for name, digest in rows.items():
        label, key = name.split(":")
        by_model.setdefault(label, {})[int(key)] = digest
    for label, digests in by_model.items():
        for pks in _batches(sorted(digests)):
            yield from _altered(apps.get_model(label), {pk: digests[pk] for pk in pks})


def _altered(model: type[Model], digests: dict[int, str]) -> Iterator[Finding]:
    name, there = model._meta.verbose_name, model._default_manager.in_bulk(list(digests))
    for pk, digest in digests.items():
        if pk not in there:
            yield Finding(f"{name}{pk}", "轨迹记录了它，它却不在，被删除。")
        elif fingerprint(there[pk]) != digest:
            yield Finding(str(there[pk]), f"{name}与办理时不一致，被改过。")


def _batches(keys: list[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while batch := list(islice(rest, CHUNK)):
        yield batch


def _editions(recorded: Recorded, newest: int) -> Iterator[Finding]:
    there = set()
    rows = Edition.objects.filter(pk__lte=newest).order_by("pk")
    for edition in rows.select_related("withdrawal").iterator(CHUNK):
        there.add(edition.pk)
        yield from _row(edition, recorded)
        if hasattr(edition, "withdrawal"):
            yield from _withdrawn(edition, recorded)
        else:
            files, withdrawn = recorded.files.get(edition.pk, {}), edition.pk in recorded.withdrawn
            yield from _published(edition, files, withdrawn=withdrawn)
    for pk in sorted(recorded.published.keys() - there):
        yield Finding(f"版次{pk}", f"轨迹记录了公开（{recorded.published[pk].get('sha256')}），版次却不在，被删除。")
    hashes = set(Edition.objects.values_list("content_sha256", flat=True)) if recorded.nameless else set()
    for target, digest in sorted(recorded.nameless):
        if digest not in hashes:
            yield Finding(target, f"轨迹记录了公开（{digest}），版次却不在，被删除或改过。")


def _row(edition: Edition, recorded: Recorded) -> Iterator[Finding]:
    """Compare an edition's own row with what the trail recorded when it was published."""
    said = recorded.published.get(edition.pk)
    if said is not None:
        if said["edition_sha256"] != fingerprint(edition):
            yield Finding(str(edition), "版次记录与公开时不一致，被改过。")
    elif (str(edition)[:LONGEST_TARGET], edition.content_sha256) in recorded.nameless:
        yield Finding(str(edition), "公开时轨迹还不记录版次的各项，只核对了标题和内容校验值。", note=True)
    else:
        yield Finding(str(edition), "轨迹中没有它的公开记录，不是经本平台公开的，或者被改过。")


def _withdrawn(edition: Edition, recorded: Recorded) -> Iterator[Finding]:
    """Expect a withdrawal on record, and nothing left of the content."""
    withdrawal, said = edition.withdrawal, recorded.withdrawn.get(edition.pk)
    if said is None:
        yield Finding(str(edition), "有撤下记录，轨迹中却没有这次撤下，内容可能被擅自删除。")
    elif said.get("withdrawal_sha256", fingerprint(withdrawal)) != fingerprint(withdrawal):
        yield Finding(str(edition), "撤下记录与撤下时不一致，被改过。")
    left: dict[str, Any] = {
        "内容": EditionContent.objects.filter(pk=edition.pk),
        "数据": edition.lines,
        "文字": edition.texts,
    }
    for name, rows in {**left, "文件": edition.files}.items():
        if rows.exists():
            yield Finding(str(edition), f"已撤下，{name}却还在。", note=True)


def _published(edition: Edition, files: dict[str, str], *, withdrawn: bool) -> Iterator[Finding]:
    """Compare content, figures, texts and files with each other and with their hashes."""
    place = str(edition)
    if withdrawn:
        yield Finding(place, "轨迹记录了撤下，撤下记录却不在，被删除。")
    if not hasattr(edition, "content"):
        yield Finding(place, "内容不在，被删除。")
        return
    if sha256(edition.content.text) != edition.content_sha256:
        yield Finding(place, "内容与校验值不符，被改过。")
        return
    yield from _files(edition, files)
    try:
        content = parse(edition.content.text)
    except msgspec.ValidationError:
        yield Finding(place, "内容的格式本版本不认识，没有核对数据和文字。", note=True)
        return
    yield from _parts(edition, content)


def _parts(edition: Edition, content: Content) -> Iterator[Finding]:
    """Build figures and texts from the content again, and compare them with those that are stored."""
    lines = sorted(map(_place, lines_of(content)))
    for said, kept in zip_longest(lines, sorted(map(_place, edition.lines.values_list(*FrozenLine._fields)))):
        if said != kept:
            where = (said or kept)[:4]
            yield Finding(str(edition), f"版次数据 {'/'.join(map(str, where))} 与内容不符，被改过、删除或插入。")
            break
    texts = edition.texts.order_by("pk").values_list(*FrozenText._fields)
    for text, stored in zip_longest(map(tuple, texts_of(content)), texts):
        if text != stored:
            yield Finding(str(edition), f"版次文字“{(text or stored)[1]}”与内容不符，被改过、删除、插入或调换。")
            break


def _place(line: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put where a figure stands first, so that lines are sorted without comparing what may be missing."""
    table, row, code, name, column, amount, not_applicable = line
    return table, row, column, name, code, (amount is None, amount or Decimal(0)), not_applicable


def _files(edition: Edition, recorded: dict[str, str]) -> Iterator[Finding]:
    """Read every file, and miss those that the trail recorded or that every edition has."""
    kept = {file.format: file for file in edition.files.all()}
    for file in kept.values():
        if said := _damage(file):
            yield Finding(str(edition), said)
    for form in FileFormat:
        digest = kept[form].sha256 if form in kept else ""
        if recorded.get(form, digest) != digest:
            yield Finding(str(edition), f"{form.label}文件不是轨迹记录的那一个，或者被删除。")
        elif not digest:
            yield Finding(str(edition), f"没有{form.label}文件。", note=form in ADDED_LATER)


def _damage(file: EditionFile) -> str:
    """Say what is wrong with a stored file; blank where nothing is."""
    try:
        size = len(file.read())
    except FileDamagedError as error:
        return str(error)
    return "" if size == file.size else f"{file.format} 文件的字节数与记录不符，记录被改过。"
