"""Files in a store of objects: put there whole, read and compared, erased by a withdrawal; the store may be away."""

import io
import logging
import re
from datetime import timedelta

import pytest
from bucket import KEY, SECRET
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from PIL import Image
from traces import left_behind
from walking import crew_of, edited, made_ready, opened, withdrawn

from budgets import emblems, storing
from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import FileFormat
from disclosure.models import Edition, EditionFile, FileDamagedError, Narrative, RenderingFailure
from disclosure.models.bytes import FileAwayError, put
from disclosure.refusal import RefusalError
from disclosure.verification import verify
from portal import checks, health
from portal.keeping.backup import stored
from portal.outages import UNSTORED, outage_of
from portal.storage import FOLDER, storage

GOOD = "s3://key:se%2Fcret@s3.example.cn:9000/yusuan/pre/fix?region=cn-north-1&style=path"


def names_of(edition) -> list[str]:
    return [EditionFile.name_for(file.sha256, file.format) for file in edition.files.all()]


def corrected(disclosure, words: str) -> Edition:
    return edited(
        disclosure, lambda: Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=words)
    )


@pytest.fixture
def ready(disclosure, plain_pdf):
    """The sample's correction, waiting for its publication."""
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="更正后的话。")
    return made_ready(disclosure)


@pytest.mark.usefixtures("plain_pdf")
def test_an_edition_lives_and_dies_in_the_bucket(bucket, edition, client, django_capture_on_commit_callbacks):
    disclosure = edition.disclosure
    second = corrected(disclosure, "更正后的一句说明。")
    names = names_of(second)

    pages = [client.get(f"/130303/2022/203/editions/{one}/document.json").status_code for one in (1, 2)]
    sound = [finding for finding in verify() if not finding.note]
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(second)

    assert (pages, sound, len(names)) == ([200, 200], [], len(FileFormat))
    assert not set(names) & set(bucket.objects)
    assert set(names_of(edition)) <= set(bucket.objects)
    assert client.get("/130303/2022/203/editions/2/document.json").status_code == 410


def test_a_write_is_one_request_in_place_of_what_was_there(shared):
    first, again, other = put("editions/ab/x.pdf", b"one"), put("editions/ab/x.pdf", b"one"), put("a/b.c", b"two")

    shared.put("editions/ab/x.pdf", b"altered")
    mended = put("editions/ab/x.pdf", b"one")

    assert (first, again, other, mended) == (True, False, True, True)
    assert {key: held.data for key, held in shared.objects.items()} == {"editions/ab/x.pdf": b"one", "a/b.c": b"two"}
    assert [key for verb, key in shared.asked if verb == "PUT"] == ["editions/ab/x.pdf", "a/b.c", "editions/ab/x.pdf"]


def test_names_are_listed_through_all_folders(shared):
    for name in ("editions/ab/x.pdf", "editions/cd/y.pdf", "emblems/z.png", "bulk/1/2.zip", "top.txt"):
        shared.put(name, b"x")

    assert list(storing.names("editions")) == ["editions/ab/x.pdf", "editions/cd/y.pdf"]
    assert list(storing.names(without=("bulk",))) == [
        "top.txt",
        "editions/ab/x.pdf",
        "editions/cd/y.pdf",
        "emblems/z.png",
    ]
    assert list(storing.names("nowhere")) == []


def test_a_prefix_keeps_several_sites_apart_in_one_bucket(empty_bucket, settings):
    url = empty_bucket.url.replace("?", "/prefix?")
    settings.STORAGES = {**settings.STORAGES, "default": storage(url)}
    empty_bucket.put("other/x.pdf", b"x")

    put("editions/ab/x.pdf", b"one")

    assert set(empty_bucket.objects) == {"other/x.pdf", "prefix/editions/ab/x.pdf"}
    assert list(storing.names()) == ["editions/ab/x.pdf"]


def test_other_bytes_in_the_bucket_are_never_given_out(bucket, edition, client):
    file = edition.files.get(format="json")
    bucket.put(file.name_for(file.sha256, "json"), b"{}")

    answer = client.get("/130303/2022/203/document.json")
    found = [finding.message for finding in verify() if not finding.note]

    assert (answer.status_code, "缺失或与公开时不一致" in answer.content.decode()) == (503, True)
    assert [one for one in found if file.sha256 in one]
    with pytest.raises(FileDamagedError, match="缺失或与公开时不一致"):
        file.read()


def test_a_file_deleted_from_the_bucket_is_missed(bucket, edition):
    file = edition.files.get(format="pdf")
    del bucket.objects[file.name_for(file.sha256, "pdf")]

    with pytest.raises(FileDamagedError, match="缺失或与公开时不一致"):
        file.read()


def test_a_sweep_takes_old_strays_and_leaves_the_young(bucket, edition):
    old = timezone.now() - timedelta(days=2)
    for key, held in list(bucket.objects.items()):
        bucket.put(key, held.data, old)
    stray, wanted = "editions/ab/" + "ab" * 32 + ".pdf", b"left by a publication that was refused"
    bucket.put(stray, b"x", old)
    again = EditionFile.keep("html", wanted)
    bucket.put(again.name_for(again.sha256, "html"), wanted, old)
    EditionFile.keep("html", wanted)

    found = workflow.sweep()

    assert found == [stray]
    assert again.read() == wanted
    assert set(names_of(edition)) <= set(bucket.objects)


def test_a_store_that_is_away_publishes_nothing_and_says_so(bucket, ready):
    before, bucket.down = left_behind(), True

    with pytest.raises(RefusalError, match="没有公开任何内容。原因：对象存储没有收下或给出文件（ServiceUnavailable）"):
        workflow.publish(ready, by=crew_of(ready)[Role.PUBLISHER])

    bucket.down = False
    assert left_behind() == before
    assert workflow.publish(ready, by=crew_of(ready)[Role.PUBLISHER]).files.count() == len(FileFormat)


def test_a_pdf_that_the_store_does_not_take_is_added_later(bucket, ready):
    bucket.refused = re.compile(r"\.pdf$")
    edition = workflow.publish(ready, by=crew_of(ready)[Role.PUBLISHER])
    noted = RenderingFailure.objects.get(edition=edition)

    bucket.refused = re.compile(r"(?!)")
    added = workflow.complete_files(edition)

    assert (noted.format, "QuotaExceeded" in noted.reason) == ("pdf", True)
    assert [file.format for file in added] == ["pdf"]
    assert not RenderingFailure.objects.filter(edition=edition).exists()


def test_a_withdrawal_goes_on_without_the_store_and_a_sweep_follows(
    bucket, disclosure, plain_pdf, django_capture_on_commit_callbacks
):
    second = corrected(disclosure, "更正后的一句说明。")
    names, bucket.down = set(names_of(second)), True

    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(second)
    bucket.down = False
    swept = workflow.sweep(timezone.now() + timedelta(days=2))

    assert set(swept) == names
    assert not names & set(bucket.objects)


def test_what_cannot_be_fetched_is_not_called_damaged(bucket, edition, client):
    bucket.down = True

    answer = client.get("/130303/2022/203/document.json")
    home = client.get("/130303/2022/")

    assert (answer.status_code, "暂时取不到" in answer.content.decode()) == (503, True)
    assert home.status_code == 200
    with pytest.raises(FileAwayError, match="请过几分钟再试"):
        edition.files.first().read()


def test_a_store_that_nobody_runs_is_away_too(bucket, edition):
    bucket.close()

    with pytest.raises(FileAwayError):
        edition.files.first().read()
    with pytest.raises(storing.StorageAwayError, match="EndpointConnectionError"):
        storing.write("editions/x", b"x")


def test_an_emblem_is_kept_shown_and_compared(shared, db):
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), "#8f1d1d").save(drawn, "PNG")
    name = emblems.keep(drawn.getvalue())
    browser = Client(raise_request_exception=False)

    shown = browser.get(f"/emblem/{name}").status_code
    shared.down = True
    away = browser.get(f"/emblem/{name}")
    shared.down = False
    shared.put(f"emblems/{name}", b"other")

    assert (shown, away.status_code, UNSTORED.title in away.content.decode()) == (200, 503, True)
    assert browser.get(f"/emblem/{name}").status_code == 404


def test_health_says_whether_the_store_answers(shared, db):
    good = {check.name: check for check in health.look()}["storage"]
    shared.down = True
    bad = {check.name: check for check in health.look()}["storage"]

    assert (good.good, good.said) == (True, "可以读")
    assert (bad.good, bad.grave, bad.said) == (False, True, "StorageAwayError")


def test_health_has_no_such_line_where_files_lie_in_a_folder(db):
    assert "storage" not in {check.name for check in health.look()}


def test_no_key_is_in_any_error_or_log(bucket, edition, caplog):
    caplog.set_level(logging.DEBUG, logger="django")
    bucket.down = True
    with pytest.raises(FileAwayError) as caught:
        edition.files.first().read()
    said = f"{caught.value} {caught.value.__cause__} {caplog.text} {outage_of(caught.value)}"

    assert KEY not in said
    assert SECRET not in said


def test_a_setting_becomes_the_options_of_the_storage():
    options = storage(GOOD)["OPTIONS"]

    assert storage("") == FOLDER
    assert options == {
        "style": "path",
        "access_key": "key",
        "secret_key": "se/cret",
        "endpoint_url": "https://s3.example.cn:9000",
        "bucket_name": "yusuan",
        "location": "pre/fix",
        "region_name": "cn-north-1",
    }


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (GOOD.replace("s3://", "oss://"), "应以 s3:// 或 s3"),
        (GOOD.replace("key:se%2Fcret@", ""), "没有访问密钥"),
        (GOOD.replace("/yusuan/pre/fix", ""), "没有桶名"),
        (GOOD.replace("yusuan", "Yu_Suan"), "桶名不合规则"),
        (GOOD.replace("style=path", "style=both"), "style 只能是"),
        (GOOD.replace("style", "stile"), "只能有 region 和 style"),
        (GOOD.replace(":9000", ":secret"), "不是完整的地址"),
        ("s3://", "后面是主机"),
    ],
)
def test_a_setting_that_is_none_is_refused_without_its_keys(url, said):
    with pytest.raises(ImproperlyConfigured, match=said) as caught:
        storage(url)

    assert "se%2Fcret" not in str(caught.value)
    assert "se/cret" not in str(caught.value)


def test_a_missing_library_is_named_before_the_site_starts(settings, monkeypatch):
    settings.STORAGES = {**settings.STORAGES, "default": storage(GOOD)}
    monkeypatch.setattr(checks, "missing_libraries", lambda: ["boto3"])

    found = checks.storage_libraries()

    assert [(one.id, "没有安装 boto3" in one.msg, "requirements-objects.txt" in one.hint) for one in found] == [
        ("portal.E003", True, True)
    ]
    with pytest.raises(ImproperlyConfigured, match="没有安装 boto3"):
        checks.expect_libraries()
    settings.STORAGES = {**settings.STORAGES, "default": FOLDER}
    assert checks.storage_libraries() == []


def test_a_backup_holds_what_lies_in_the_bucket(bucket, edition):
    bucket.put("bulk/1/2.zip", b"derived")

    names = set(stored())

    assert set(names_of(edition)) <= names
    assert not [name for name in names if name.startswith("bulk/")]
