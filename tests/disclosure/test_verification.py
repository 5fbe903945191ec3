"""Whatever is altered behind the model's back, with the triggers gone, is found and named."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from published import an_edition

from budgets.immutable import REFUSAL, drop_triggers
from budgets.models import AuditTrail, TrailHead
from budgets.models.trail import FIRST_FORM
from disclosure.document import Document
from disclosure.models import (
    Edition,
    EditionContent,
    EditionEvidence,
    EditionFile,
    EditionLine,
    EditionSignOff,
    EditionText,
    LedgerEntry,
    LedgerHead,
    SearchEntry,
    SearchLeaf,
    SearchSheet,
    Transition,
    Withdrawal,
)
from disclosure.verification import fingerprint, verify

TRAIL = AuditTrail._meta.db_table
HEAD = TrailHead._meta.db_table
OTHER = {"at": "'2001-01-01 00:00:00+00'", "actor_id": "NULL", "form": "1", "id": "id + 900"}
"""What raw SQL writes into a column; another text where nothing is said."""


def problems(**asked) -> list[str]:
    return [f"{found.place}：{found.message}" for found in verify(**asked) if not found.note]


def sql(*statements: str) -> None:
    """Do what the triggers would refuse."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    drop_triggers()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def rows(edition) -> list[AuditTrail]:
    """The last four rows of the trail, the publication the first of them."""
    for number in range(3):
        AuditTrail.append("试写", f"第{number}条", by=edition.published_by, subject="disclosure:1", 备注="甲")
    return list(AuditTrail.objects.order_by("pk"))[-4:]


def test_what_nobody_touched_is_sound(rows):
    assert list(verify()) == []


@pytest.mark.parametrize("at", [0, 2, 3], ids=["first", "middle", "last"])
@pytest.mark.parametrize("column", [field.column for field in AuditTrail._meta.concrete_fields])
def test_a_changed_column_of_the_trail_is_found(rows, column, at):
    sql(f"UPDATE {TRAIL} SET {column} = {OTHER.get(column, repr('f' * 40))} WHERE id = {rows[at].pk}")

    assert problems(quick=True) != []


@pytest.mark.parametrize("gone", [(0,), (2,), (3,), (2, 3), (0, 1, 2, 3)], ids=str)
def test_deleted_rows_of_the_trail_are_found(rows, gone):
    sql(f"DELETE FROM {TRAIL} WHERE id IN ({', '.join(str(rows[at].pk) for at in gone)})")

    assert problems(quick=True) != []


def test_two_rows_that_changed_places_are_found(rows):
    one, two = rows[1].pk, rows[2].pk

    sql(*(f"UPDATE {TRAIL} SET id = {to} WHERE id = {of}" for of, to in ((one, 9999), (two, one), (9999, two))))

    assert problems(quick=True) != []


@pytest.mark.parametrize("number", ["id + 1000", "-5"], ids=["last", "first"])
def test_an_inserted_row_is_found(rows, number):
    names = [field.column for field in AuditTrail._meta.concrete_fields]
    values = {"id": number, "hash": f"'{'e' * 64}'", "previous_hash": f"'{rows[3].hash}'"}
    taken = ", ".join(values.get(name, name) for name in names)

    sql(f"INSERT INTO {TRAIL} ({', '.join(names)}) SELECT {taken} FROM {TRAIL} WHERE id = {rows[3].pk}")

    assert problems(quick=True) != []


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {HEAD} SET last_hash = '{'d' * 64}'",
        f"UPDATE {HEAD} SET rows = rows - 1",
        f"UPDATE {HEAD} SET rows = rows + 1",
        f"UPDATE {HEAD} SET id = 2",
        f"DELETE FROM {HEAD}",
        f"INSERT INTO {HEAD} (id, last_hash, rows) VALUES (2, 'x', 0)",
    ],
)
def test_an_altered_head_is_found(rows, statement):
    sql(statement)

    assert problems(quick=True) != []


def test_a_trail_cut_off_with_its_head_is_found_by_a_hash_noted_elsewhere(rows):
    known, last = rows[3].hash, rows[2]

    sql(f"DELETE FROM {TRAIL} WHERE id = {rows[3].pk}", f"UPDATE {HEAD} SET rows = rows - 1, last_hash = '{last.hash}'")

    assert problems(quick=True) == []
    assert known in problems(quick=True, known=(known,))[0]


def test_rows_written_before_the_trail_knew_subjects_are_still_sound(rows, edition):
    head = TrailHead.objects.get()
    old = AuditTrail(at=timezone.now(), actor=edition.published_by, action="试写", target="旧", detail="{}")
    old.form, old.previous_hash = FIRST_FORM, head.last_hash
    old.hash = head.last_hash = old.digest()
    old.pk = rows[3].pk + 7
    old.save()
    head.rows += 1
    head.save()

    AuditTrail.append("试写", "新", by=None)

    assert problems(quick=True) == []


@pytest.mark.parametrize("model", [AuditTrail, Edition, EditionContent, EditionLine, EditionText, EditionFile])
def test_raw_sql_is_refused_while_the_triggers_are_there(rows, model):
    column = model._meta.pk.column

    for statement in (f"UPDATE {model._meta.db_table} SET {column} = {column}", f"DELETE FROM {model._meta.db_table}"):
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def changed(column) -> str:
    """Write another value of the column's own kind."""
    kind = column.get_internal_type()
    if kind in {"DateTimeField", "DateField"}:
        return "'2001-01-01'"
    if kind == "BooleanField":
        return f'NOT "{column.column}"'
    if kind in {"CharField", "TextField"}:
        return "'x'"
    return f'COALESCE("{column.column}", 0) + 7'


FREE = {"disclosure", "supersedes", "published_by", "kind"}
"""Columns of an edition that a foreign key or a constraint ties: changed to what they may hold."""
EDITION = [field for field in Edition._meta.concrete_fields if field.name not in {*FREE, "id"}]


@pytest.mark.parametrize("column", EDITION, ids=lambda field: field.name)
def test_a_changed_column_of_an_edition_is_found(edition, column):
    if column.name == "reason":
        sql(f"UPDATE {Edition._meta.db_table} SET reason = 'x', kind = 'correction', supersedes_id = id")
    else:
        sql(f"UPDATE {Edition._meta.db_table} SET {column.column} = {changed(column)}")

    assert problems() != []


PARTS = [
    (model, field)
    for model in (EditionContent, EditionLine, EditionText, EditionFile)
    for field in model._meta.concrete_fields
    if not field.primary_key and field.name != "edition"
]


@pytest.mark.parametrize(("model", "column"), PARTS, ids=lambda one: getattr(one, "name", None) or one.__name__)
def test_a_changed_column_of_what_was_published_is_found(edition, model, column):
    key = model._meta.pk.column
    where = f"{key} = (SELECT MIN({key}) FROM {model._meta.db_table})"
    also = ", amount = NULL" if column.name == "not_applicable" else ""

    sql(f'UPDATE {model._meta.db_table} SET "{column.column}" = {changed(column)}{also} WHERE {where}')

    assert problems() != []


@pytest.mark.parametrize("model", [EditionContent, EditionLine, EditionText, EditionFile])
@pytest.mark.parametrize("end", ["MIN", "MAX"])
def test_a_deleted_part_of_what_was_published_is_found(edition, model, end):
    table, key = model._meta.db_table, model._meta.pk.column

    sql(f"DELETE FROM {table} WHERE {key} = (SELECT {end}({key}) FROM {table})")

    assert problems() != []


def test_texts_that_changed_places_are_found(edition):
    first, second = EditionText.objects.order_by("pk").values_list("pk", flat=True)[:2]
    table = EditionText._meta.db_table

    sql(*(f"UPDATE {table} SET id = {to} WHERE id = {of}" for of, to in ((first, -1), (second, first), (-1, second))))

    assert problems() != []


def test_an_edition_deleted_with_all_its_parts_is_missed(edition):
    parts = (
        *(EditionContent, EditionLine, EditionText, EditionFile, EditionSignOff, EditionEvidence),
        *(SearchEntry, SearchLeaf, SearchSheet, LedgerEntry, LedgerHead),
    )

    sql(*(f"DELETE FROM {model._meta.db_table}" for model in parts), f"DELETE FROM {Edition._meta.db_table}")

    assert problems()[0] == f"版次{edition.pk}：轨迹记录了公开（{edition.content_sha256}），版次却不在，被删除。"


def test_an_edition_that_the_trail_does_not_know_is_found(edition):
    sql(f"DELETE FROM {TRAIL}", f"UPDATE {HEAD} SET rows = 0, last_hash = '{'0' * 64}'")

    assert problems() == [f"{edition}：轨迹中没有它的公开记录，不是经本平台公开的，或者被改过。"]


def test_a_file_that_is_not_the_published_one_is_found(edition):
    file = edition.files.get(format="json")
    name = EditionFile.name_for(file.sha256, "json")
    data = file.read()
    with default_storage.open(name, "wb") as stored:
        stored.write(data[:-1] + b"x")

    found = problems()
    with default_storage.open(name, "wb") as stored:
        stored.write(data)

    assert len(found) == 1
    assert name in found[0]


def test_a_form_the_edition_was_published_without_is_noted_and_one_that_was_deleted_is_found(edition):
    older = an_edition(edition.disclosure, Document.of_edition(edition).content, edition.published_by, edition)

    said = {found.message: found.note for found in verify() if found.place == str(older)}

    assert [said[f"没有{form}文件。"] for form in ("PDF", "Word", "Excel")] == [True, True, True]
    sql(f"DELETE FROM {EditionFile._meta.db_table} WHERE edition_id = {edition.pk} AND format = 'docx'")
    assert f"{edition}：Word文件不是轨迹记录的那一个，或者被删除。" in problems()


def test_a_withdrawal_without_its_trail_is_found_and_one_with_it_is_sound(edition):
    act = {"withdrawn_at": timezone.now(), "withdrawn_by": edition.published_by, "reason": "误公开"}
    withdrawal = Withdrawal.objects.create(edition=edition, **act)
    with connection.cursor() as cursor:
        for model in (EditionContent, EditionLine, EditionText, EditionFile):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")

    silent = problems()
    said = {"edition": edition.pk, "withdrawal_sha256": fingerprint(withdrawal)}
    AuditTrail.append("withdraw", str(edition), by=edition.published_by, **said)

    assert silent == [f"{edition}：有撤下记录，轨迹中却没有这次撤下，内容可能被擅自删除。"]
    assert list(verify()) == []
    sql(f"UPDATE {Withdrawal._meta.db_table} SET reason = '另有原因'")
    assert problems() == [f"{edition}：撤下记录与撤下时不一致，被改过。"]


def test_an_edition_of_the_time_before_is_noted_not_blamed(edition):
    sql(f"DELETE FROM {TRAIL}", f"UPDATE {HEAD} SET rows = 0, last_hash = '{'0' * 64}'")
    AuditTrail.append("publish", str(edition), by=edition.published_by, sha256=edition.content_sha256)

    [note] = verify()

    assert (note.place, note.note) == (str(edition), True)


def test_the_command_prints_what_it_finds_and_fails(rows):
    sound, broken = StringIO(), StringIO()
    call_command("verify_trail", stdout=sound)
    sql(f"UPDATE {TRAIL} SET target = '别的' WHERE id = {rows[1].pk}")

    with pytest.raises(CommandError, match="发现1处问题"):
        call_command("verify_trail", "--quick", stdout=broken)

    assert f"轨迹{AuditTrail.objects.count()}条，末条校验值 {rows[3].hash}" in sound.getvalue()
    assert broken.getvalue() == f"问题　审计轨迹第{rows[1].pk}条（试写 别的）：内容与校验值不符：这一条被改过。\n"


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (model, field.column)
        for model in (Transition, EditionSignOff)
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.many_to_one
    ],
)
def test_a_changed_step_or_review_is_found(edition, model, column):
    row = model.objects.order_by("pk").last()
    value = {"at": "'2001-01-01 00:00:00+00'", "on": "'2001-01-01'", "round": "9"}.get(column, "'x'")
    value = "NOT combined" if column == "combined" else value

    sql(f'UPDATE {model._meta.db_table} SET "{column}" = {value} WHERE id = {row.pk}')

    assert any("与办理时不一致" in said for said in problems())


@pytest.mark.parametrize("model", [Transition, EditionSignOff])
def test_a_deleted_step_or_review_is_found(edition, model):
    row = model.objects.order_by("pk").last()

    sql(f"DELETE FROM {model._meta.db_table} WHERE id = {row.pk}")

    assert any("被删除" in said for said in problems())
