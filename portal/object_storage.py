"""Keeps pictures in a bucket of an S3-compatible server, for sites on several machines.

The bucket may be private: `portal.media` reads from it and answers with the headers that keep pictures harmless. What
goes wrong there is an OSError, as with a disk, so that the rest of the site need not know where pictures are.
"""

import errno
import time
from contextlib import contextmanager
from urllib.parse import urljoin

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.encoding import filepath_to_uri
from django.utils.functional import cached_property

PAUSE = 5
"""Seconds after which a server that did not answer is asked again: nobody waits for it meanwhile."""

PATIENCE = Config(
    connect_timeout=2,
    read_timeout=8,
    retries={"mode": "standard", "total_max_attempts": 2},
    # What every server understands.
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class ObjectStorage(Storage):
    """Django's storage in a bucket. A name that is saved again is overwritten: our names are digests."""

    def __init__(self, *, endpoint, bucket, region, key, secret):
        self._bucket, self._away_until = bucket, 0
        self._server = {
            "endpoint_url": endpoint,
            "region_name": region,
            "aws_access_key_id": key,
            "aws_secret_access_key": secret,
        }

    @cached_property
    def _client(self):
        """What all threads ask with."""
        return botocore.session.Session().create_client("s3", config=PATIENCE, **self._server)

    def _open(self, name, mode="rb"):
        with self._errors_of(name):
            answer = self._client.get_object(Bucket=self._bucket, Key=name)
            return ContentFile(answer["Body"].read(), name)

    def _save(self, name, content):
        content.seek(0)
        with self._errors_of(name):
            self._client.put_object(Bucket=self._bucket, Key=name, Body=content.read())
        return name

    def delete(self, name):
        with self._errors_of(name):
            self._client.delete_object(Bucket=self._bucket, Key=name)

    def exists(self, name):
        try:
            with self._errors_of(name):
                self._client.head_object(Bucket=self._bucket, Key=name)
        except FileNotFoundError:
            return False
        return True

    def listdir(self, path):
        """Return no folders and the names of the files in one."""
        prefix = f"{path.rstrip('/')}/"
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix, Delimiter="/"
        )
        with self._errors_of(path):
            return [], [found["Key"].removeprefix(prefix) for page in pages for found in page.get("Contents", ())]

    def get_available_name(self, name, max_length=None):
        return name

    def url(self, name):
        """Return the address on this site."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    @contextmanager
    def _errors_of(self, name):
        """Raise FileNotFoundError for what is not there, and another OSError for everything else that goes wrong."""
        if time.monotonic() < self._away_until:
            raise OSError(errno.EIO, "The object storage did not answer a moment ago", name)
        try:
            yield
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ("404", "NoSuchKey"):
                raise FileNotFoundError(errno.ENOENT, "There is no such object", name) from error
            raise OSError(errno.EIO, f"The object storage refuses ({code})", name) from error
        except BotoCoreError as error:
            self._away_until = time.monotonic() + PAUSE
            raise OSError(errno.EIO, f"The object storage does not answer ({type(error).__name__})", name) from error
