"""The S3 server of the tests, and what lies in its buckets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from queue import Queue
from threading import Thread
from typing import Any, NamedTuple

import boto3

KEYS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_DEFAULT_REGION": "us-east-1",
}
"""The environment of a deploy: nothing of this machine's own."""


class Asked(NamedTuple):
    """A request that was answered."""

    method: str
    key: str
    """The key below the bucket."""
    status: int


class Storage:
    """A running server. Each test has a bucket of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.deploy.s3_server"]
        pipe = subprocess.PIPE
        self._server = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._lines: Queue[str] = Queue()
        # The server tells of every request, and would stand still once the pipe is full.
        self._listener = Thread(target=self._listen)
        self._listener.start()
        self.endpoint = f"http://127.0.0.1:{self._said()}"
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def close(self) -> None:
        """End the server."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait()
        self._listener.join()

    def _listen(self) -> None:
        assert self._server.stdout is not None
        with self._server.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def _said(self) -> Any:
        return json.loads(self._lines.get())

    def _do(self, command: str) -> list[Asked]:
        """Give the server a command; what was asked of it before."""
        assert self._server.stdin is not None
        self._server.stdin.write(f"{command}\n")
        self._server.stdin.flush()
        return list(self._until(command.split()[0]))

    def _until(self, word: str) -> Iterator[Asked]:
        while (said := self._said()) != word:
            if isinstance(said, dict):
                key = said["path"].lstrip("/").partition("/")[2]
                yield Asked(said["method"], key, said["status"])

    def asked(self) -> list[Asked]:
        """Everything that was asked since the last time."""
        return self._do("mark")

    def hold(self, writes: int) -> None:
        """Let that many requests that write pass, and hold up all others."""
        self._do(f"hold {writes}")

    def held(self) -> list[Asked]:
        """Wait until requests are held up; what was asked until then."""
        return list(self._until("held"))

    def go(self) -> None:
        """Refuse what was held up, and take what comes."""
        self._do("go")

    def objects(self, bucket: str) -> dict[str, bytes]:
        """Key → bytes of everything in a bucket."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        get = self.client.get_object
        return {key: get(Bucket=bucket, Key=key)["Body"].read() for key in keys}

    def head(self, bucket: str, key: str) -> Any:
        """What an object is served with."""
        return self.client.head_object(Bucket=bucket, Key=key)
