"""Exports of an invented Ghost site, as Ghost writes them."""

from __future__ import annotations

import json
from typing import Any

HOME = "__GHOST_URL__"

Row = dict[str, Any]


def post(id: str, title: str = "A title", html: str | None = "<p>Text.</p>", **more: Any) -> Row:
    """A row of `posts`; published, unless `more` says otherwise."""
    return {
        "id": id,
        "uuid": f"00000000-0000-4000-8000-{id:>012}",
        "title": title,
        "slug": f"title-{id}",
        "mobiledoc": None,
        "lexical": None,
        "html": html,
        "comment_id": id,
        "plaintext": None,
        "feature_image": None,
        "featured": 0,
        "type": "post",
        "status": "published",
        "locale": None,
        "visibility": "public",
        "email_recipient_filter": "all",
        "created_at": "2021-03-01T09:00:00.000Z",
        "updated_at": "2021-03-04T10:00:00.000Z",
        "published_at": "2021-03-04T10:00:00.000Z",
        "custom_excerpt": None,
        "codeinjection_head": None,
        "codeinjection_foot": None,
        "custom_template": None,
        "canonical_url": None,
        **more,
    }


def tag(id: str, name: str, **more: Any) -> Row:
    visibility = "internal" if name.startswith("#") else "public"
    slug = name.lower().replace(" ", "-").replace("#", "hash-")
    return {
        "id": id,
        "name": name,
        "slug": slug,
        "description": None,
        "visibility": visibility,
    } | more


def user(id: str, name: str, **more: Any) -> Row:
    return {"id": id, "name": name, "slug": name.lower().replace(" ", "-"), "bio": None} | more


def tagged(post: str, *tags: str) -> list[Row]:
    return [
        {"id": f"{post}-{tag}", "post_id": post, "tag_id": tag, "sort_order": order}
        for order, tag in enumerate(tags)
    ]


def written(post: str, *authors: str) -> list[Row]:
    return [
        {"id": f"{post}-{author}", "post_id": post, "author_id": author, "sort_order": order}
        for order, author in enumerate(authors)
    ]


def export(*posts: Row, **tables: list[Row]) -> str:
    """An export with these tables, which stand by the alphabet."""
    settings = [
        {"id": "s1", "key": "title", "value": "The Old Harbour"},
        {"id": "s2", "key": "description", "value": "News from an invented town"},
        {"id": "s3", "key": "locale", "value": "en"},
        {"id": "s4", "key": "timezone", "value": "Europe/London"},
        {"id": "s5", "key": "db_hash", "value": "00000000-0000-4000-8000-00000000abcd"},
    ]
    data = {"posts": list(posts), "settings": settings, **tables}
    meta = {"exported_on": 1700000000000, "version": "5.75.0"}
    return json.dumps({"db": [{"meta": meta, "data": dict(sorted(data.items()))}]})
