"""S3: routing rules for all that is below an address. A page stands for every other redirect.

A website configuration takes 50 rules; the redirects of single addresses go with their pages, as
`x-amz-website-redirect-location`, when they are uploaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from sitegen.outputs import Text
from sitegen.plan.hosts.told import Told
from sitegen.plan.redirects import Redirect
from sitegen.serving import HOST_FOLDER

RULES = 50


def files(told: Told) -> Iterator[Text]:
    """The rules in the form of `PutBucketWebsite` and of the console, where there are any."""
    if rules := [_rule(redirect, told) for redirect in told.below()]:
        text = json.dumps(rules, ensure_ascii=False, indent=2)
        yield Text(f"{HOST_FOLDER}/s3-routing-rules.json", f"{text}\n")


def _rule(redirect: Redirect, told: Told) -> dict[str, dict[str, str]]:
    """Only where nothing is (404), so that a page below the address stays."""
    new = redirect.new.removesuffix("*")
    to = {"HttpRedirectCode": "301"}
    key = unquote(told.base + new) if new.startswith("/") else unquote(urlsplit(new).path)
    replaced = "ReplaceKeyPrefixWith" if redirect.new.endswith("*") else "ReplaceKeyWith"
    to[replaced] = key.removeprefix("/")
    # Told of the site itself too: behind a CDN, the store knows another name of its own.
    parts = urlsplit(told.config.site.base_url if new.startswith("/") else new)
    to |= {"Protocol": parts.scheme, "HostName": parts.netloc}
    prefix = told.path(redirect.old).removeprefix("/")
    when = {"KeyPrefixEquals": prefix, "HttpErrorCodeReturnedEquals": "404"}
    return {"Condition": when, "Redirect": to}
