"""Storage that speaks Amazon's S3 as a target; owns boto3, which only `sitegen[s3]` brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sitegen.deploy.file import File
from sitegen.deploy.leading_on import address_in
from sitegen.deploy.record import PATH
from sitegen.deploy.target import Access, Done, by_path, failed
from sitegen.deploy.threads import each
from sitegen.errors import Problem, SitegenError
from sitegen.serving import for_hosts

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_TRIES = 5
"""Of each request. boto3 waits longer before each, never more than 20 seconds."""
_PATIENCE = 60
"""Seconds for a connection, and for each answer."""
_DIGEST = "sitegen"
"""The name of our digest among an object's metadata. Its ETag is not the same everywhere."""
_FEW = 100
"""Files that are asked after one by one; of more, a listing says first which are there."""
_UNSHOWN = "no-store"
"""The cache rule of the record."""
_REMEDIES = {
    "AccessDenied": "the key may not do this: it needs s3:PutObject, s3:GetObject, s3:DeleteObject "
    "and s3:ListBucket",
    "403": "the key may not do this: it needs s3:GetObject and s3:ListBucket",
    "InvalidAccessKeyId": "look at AWS_ACCESS_KEY_ID",
    "NoSuchBucket": "make the bucket first, or correct its name",
    "SignatureDoesNotMatch": "look at AWS_SECRET_ACCESS_KEY",
}
_MISSING = ("404", "NoSuchKey", "NotFound")


class Bucket:
    """A bucket, or a folder of one: the keys that begin with its name."""

    def __init__(self, name: str, folder: str, access: Access) -> None:
        """Raises SitegenError when boto3 is not installed, or knows no keys."""
        self._name = name
        self._prefix = f"{folder}/" if folder else ""
        self._threads = access.threads
        self._client = _client(access)

    def takes(self, path: str) -> bool:
        return not for_hosts(path)

    def mark(self, file: File) -> str:
        return file.served

    def record(self) -> bytes | None:
        with _told(PATH):
            try:
                return self._client.get_object(**self._at(PATH))["Body"].read()
            except self._client.exceptions.ClientError as error:
                if _code(error) in ("NoSuchKey", "404"):
                    return None
                raise

    def remember(self, record: bytes) -> None:
        with _told(PATH):
            kind = "application/json"
            self._client.put_object(
                **self._at(PATH), Body=record, ContentType=kind, CacheControl=_UNSHOWN
            )

    def same(self, files: Sequence[File]) -> set[str]:
        wanted = by_path(files)
        if len(wanted) > _FEW:
            sizes = self._listed()
            wanted = {p: file for p, file in wanted.items() if sizes.get(p) == file.size}
        found: set[str] = set()

        def look(path: str) -> None:
            head = self._head(path)
            if head is not None and head.get(_DIGEST) == wanted[path].served:
                found.add(path)

        each(wanted, look, lambda path: None, self._threads)
        return found

    def existing(self, paths: Sequence[str]) -> set[str]:
        found: set[str] = set()

        def look(path: str) -> None:
            if self._head(path) is not None:
                found.add(path)

        each(paths, look, lambda path: None, self._threads)
        return found

    def _listed(self) -> dict[str, int]:
        """Path → bytes of everything that is there."""
        with _told(self._prefix or self._name):
            pages = self._client.get_paginator("list_objects_v2")
            return {
                entry["Key"].removeprefix(self._prefix): entry["Size"]
                for page in pages.paginate(Bucket=self._name, Prefix=self._prefix)
                for entry in page.get("Contents", ())
            }

    def _head(self, path: str) -> dict[str, str] | None:
        """An object's metadata; None where there is no object."""
        with _told(path):
            try:
                return self._client.head_object(**self._at(path))["Metadata"]
            except self._client.exceptions.ClientError as error:
                if _code(error) in _MISSING:
                    return None
                raise

    def send(self, files: Sequence[File], done: Done) -> None:
        wanted = by_path(files)
        each(wanted, lambda path: self._put(wanted[path]), done, self._threads)

    def _put(self, file: File) -> None:
        more: dict[str, Any] = {}
        if file.leads_on and (address := address_in(file.place.read_text(encoding="utf-8"))):
            more["WebsiteRedirectLocation"] = address
        with _told(file.path), file.open() as body:
            self._client.put_object(
                **self._at(file.path),
                Body=body,
                ContentType=file.type,
                CacheControl=file.cache,
                Metadata={_DIGEST: file.served},
                **more,
            )

    def delete(self, paths: Sequence[str], done: Done) -> None:
        # One by one: some storage asks for a checksum with a request for many that boto3 of
        # another year does not send.
        each(paths, self._delete, done, self._threads)

    def close(self) -> None:
        self._client.close()

    def _delete(self, path: str) -> None:
        with _told(path):
            self._client.delete_object(**self._at(path))

    def _at(self, path: str) -> Any:
        return {"Bucket": self._name, "Key": self._prefix + path}


def _client(access: Access) -> S3Client:
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        message = "sending to S3 needs a package that is not installed"
        hint = 'install it: pip install "sitegen[s3]"'
        raise SitegenError(Problem("deploy-tools", message, hint=hint)) from None
    session = boto3.Session()
    config = Config(
        retries={"max_attempts": _TRIES, "mode": "standard"},
        connect_timeout=_PATIENCE,
        read_timeout=_PATIENCE,
        max_pool_connections=access.threads,
        # Storage that is not Amazon's knows neither newer checksums nor a bucket's own host name.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if access.endpoint else {},
    )
    region = session.region_name or "us-east-1"
    with _told(access.endpoint):
        endpoint = access.endpoint or None
        return session.client("s3", region_name=region, endpoint_url=endpoint, config=config)


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What boto3 raises, as a message with its place."""
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

    try:
        yield
    except ClientError as error:
        code, said = _code(error), error.response.get("Error", {}).get("Message", "")
        message = f"the storage refuses it: {code} {said}".strip()
        raise SitegenError(failed(message, path, _REMEDIES.get(code, ""))) from None
    except NoCredentialsError:
        hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile: docs/hosting.md"
        raise SitegenError(failed("no key for the storage is known", path, hint)) from None
    except (BotoCoreError, ValueError) as error:  # ValueError: of an endpoint that is no address
        raise SitegenError(failed(f"the storage cannot be used: {error}", path)) from None
    except OSError as error:
        message = f"it cannot be read: {error.strerror or error}"
        raise SitegenError(failed(message, path)) from None
