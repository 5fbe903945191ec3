"""The store of objects behind OBJECT_STORAGE, over the protocol of S3 (OSS, OBS, COS, MinIO and others speak it).

What goes wrong there comes out as the errors that a folder would raise: FileNotFoundError for what is not there, else
StorageAwayError, which is an OSError too. None of them repeats an address with its key.
"""

import base64
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from budgets.storing import StorageAwayError

CONNECT, ANSWER, TRIES = 3, 20, 2
"""Seconds to connect and to be answered, and how often: somebody waits."""
IN_MEMORY = 8 << 20
MISSING = ("NoSuchKey", "404")


class ObjectStorage(S3Storage):
    """Django's storage in a bucket: one request for each file read or written, and Django's errors."""

    def __init__(self, *, style: str, **options: Any) -> None:
        """Take what ``portal.storage`` read from the setting; ``style``: how a bucket is addressed."""
        config = Config(
            s3={"addressing_style": style},
            signature_version="s3v4",
            connect_timeout=CONNECT,
            read_timeout=ANSWER,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            # Sums that only Amazon's own store knows are refused elsewhere; ours are Content-MD5 and the file's name.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, file_overwrite=True, default_acl=None, **options)

    def _open(self, name: str, mode: str = "rb") -> File:
        """Fetch an object whole, so that nothing can go wrong later."""
        held = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 whoever asked closes it
        with _told(name):
            answer = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=self._key(name))
            for block in answer["Body"].iter_chunks(1 << 20):
                held.write(block)
        held.seek(0)
        return File(held, name)

    def _save(self, name: str, content: File) -> str:
        """Put an object at one stroke; the store compares what arrived with its sum before it takes it."""
        content.seek(0)
        data = content.read()
        digest = hashlib.md5(data, usedforsecurity=False).digest()
        with _told(name):
            self.connection.meta.client.put_object(
                Bucket=self.bucket_name,
                Key=self._key(name),
                Body=data,
                ContentMD5=base64.b64encode(digest).decode(),
                ContentType="application/octet-stream",
            )
        return clean_name(name)

    def delete(self, name: str) -> None:
        """Delete an object; one that is not there is as good."""
        with _told(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Tell whether there is an object of that name."""
        with _told(name):
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """List the folders and files in a folder; an empty one and a missing one are the same."""
        with _told(name):
            return super().listdir(name)

    def get_modified_time(self, name: str) -> datetime:
        """Return when an object was written."""
        with _told(name):
            return super().get_modified_time(name)

    def _key(self, name: str) -> str:
        return self._normalize_name(clean_name(name))


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what the library raises into what a folder would raise."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in MISSING:
            raise FileNotFoundError(name) from None
        raise _away(code) from None
    except (BotoCoreError, Boto3Error) as error:
        raise _away(type(error).__name__) from None


def _away(why: str) -> StorageAwayError:
    return StorageAwayError(f"对象存储没有收下或给出文件（{why}）。请管理员检查存储服务、网络和 OBJECT_STORAGE 设置。")
