"""The cost of an import: a WordPress export of a given size, made and imported into a new site.

`python benchmarks/importing.py --megabytes 300` prints seconds and peak memory as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from measure import measure
from vocabulary import PLACES, TOPICS, Phrases, make_phrases

BASE = "https://old.example"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>An invented paper</title><link>{BASE}</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{BASE}</wp:base_blog_url>
"""
_FOOT = "</channel>\n</rss>\n"


def export(size: int) -> Iterator[str]:
    """The pieces of an export of `size` bytes or a little more: articles with a picture each."""
    rng = Random(7)
    phrases = make_phrases(rng)
    yield _HEAD
    written, number = 0, 0
    while written < size:
        number += 2
        piece = _picture(number - 1) + _article(number, phrases, rng)
        written += len(piece)
        yield piece
    yield _FOOT


def _article(number: int, phrases: Phrases, rng: Random) -> str:
    date = datetime(2006, 1, 1, 9, tzinfo=UTC) + timedelta(hours=number / 3)
    slug = f"{rng.choice(TOPICS)}-{number}".replace(" ", "-")
    body = "\n\n".join(_paragraph(phrases, rng, number) for _ in range(9))
    topic, place = rng.choice(TOPICS), rng.choice(PLACES)
    return f"""<item>
<title><![CDATA[{rng.choice(phrases.headings)} &amp; {topic}]]></title>
<link>{BASE}/{date:%Y/%m}/{slug}/</link>
<dc:creator><![CDATA[writer{number % 50}]]></dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date>{date:%Y-%m-%d %H:%M:%S}</wp:post_date>
<wp:post_date_gmt>{date:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="news"><![CDATA[News]]></category>
<category domain="post_tag" nicename="{topic}"><![CDATA[{topic}]]></category>
<category domain="post_tag" nicename="{place.lower()}"><![CDATA[{place}]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>
<wp:meta_value>{number - 1}</wp:meta_value></wp:postmeta>
</item>
"""


def _picture(number: int) -> str:
    return f"""<item>
<title>Picture {number}</title><link>{BASE}/?attachment_id={number}</link>
<excerpt:encoded><![CDATA[What picture {number} shows]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>{BASE}/wp-content/uploads/{number}.jpg</wp:attachment_url>
</item>
"""


def _paragraph(phrases: Phrases, rng: Random, number: int) -> str:
    words = [f"{rng.choice(phrases.actors)} {rng.choice(phrases.deeds)}." for _ in range(6)]
    words.insert(2, f'<a href="{BASE}/?p={max(2, number - 2 * rng.randrange(50))}">As before</a>,')
    words.insert(4, f"<strong>{rng.choice(PLACES)}:</strong>")
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=300)
    size = int(parser.parse_args().megabytes * 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "export.xml"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(export(size))
        sitegen: list[str | Path] = [sys.executable, "-m", "sitegen", "import", "wordpress"]
        cost = measure([*sitegen, source, "-s", folder / "site", "-q"], folder, folder / "log")
        if cost.exit_code:
            sys.exit((folder / "log").read_text(encoding="utf-8"))
        report = json.loads((folder / "site/import-report.json").read_bytes())
        found = {
            "megabytes": round(source.stat().st_size / 1e6, 1),
            "articles": report["files"]["created"],
            "seconds": round(cost.wall, 1),
            "processor_seconds": round(cost.cpu, 1),
            "peak_megabytes": round((cost.peak or 0) / 1e6),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
