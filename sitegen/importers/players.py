"""Addresses of videos and sounds at the usual hosts, and of the frames that play them."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qs

from sitegen.importers.addresses import split

_ANY = re.compile(r"[A-Za-z0-9_-]+")
_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")


def frame_of(url: str) -> str:
    """The address of the player for the page of a video; empty where nobody knows one."""
    parts = split(f"https:{url}" if url.startswith("//") else url)
    if parts is None:
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.split("/") if part]
    query = parse_qs(parts.query)
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        return _youtube(host, path, query)
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(path, query)
    if host in ("dailymotion.com", "dai.ly") and path:
        return _dailymotion(host, path)
    if host == "open.spotify.com" and path:
        return f"https://open.spotify.com/embed/{'/'.join(path).removeprefix('embed/')}"
    if host == "soundcloud.com" and len(path) >= 2:
        return f"https://w.soundcloud.com/player/?url=https://soundcloud.com/{'/'.join(path)}"
    return ""


def _youtube(host: str, path: list[str], query: dict[str, list[str]]) -> str:
    """Without cookies, as YouTube offers it; from the second on that the address names."""
    if host == "youtu.be":
        name = path[0] if path else ""
    elif path[:1] in (["embed"], ["shorts"], ["live"], ["v"]) and len(path) > 1:
        name = path[1]
    else:
        name = query.get("v", [""])[0]
    name = name.partition("&")[0]  # `/v/abcdefghijk&hl=en`, of Flash's time
    series = query.get("list", [""])[0]
    if name in ("", "videoseries") and _ANY.fullmatch(series):
        return f"https://www.youtube-nocookie.com/embed/videoseries?list={series}"
    if not _ID.fullmatch(name):
        return ""
    start = _seconds((query.get("t") or query.get("start") or [""])[0])
    return f"https://www.youtube-nocookie.com/embed/{name}" + (f"?start={start}" if start else "")


def _vimeo(path: list[str], query: dict[str, list[str]]) -> str:
    """With the key of a video that is not for everybody: `/123456/abcdef`, or `?h=abcdef`."""
    if path[:1] in (["showcase"], ["album"], ["user"]) or not path:
        return ""
    place = next((at for at, part in enumerate(path) if part.isdigit()), None)
    number = query.get("clip_id", [""])[0] if place is None else path[place]
    if not number.isdigit():
        return ""
    behind = path[place + 1 : place + 2] if place is not None else []
    key = query.get("h", behind or [""])[0]
    return f"https://player.vimeo.com/video/{number}" + (f"?h={key}" if _ANY.fullmatch(key) else "")


def _dailymotion(host: str, path: list[str]) -> str:
    if host == "dailymotion.com" and path[0] not in ("video", "embed", "swf"):
        return ""
    return f"https://geo.dailymotion.com/player.html?video={path[-1].partition('_')[0]}"


def _seconds(text: str) -> int:
    """`1h2m3s`, or seconds alone."""
    found = re.fullmatch(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def frame(src: str, title: str = "") -> str:
    """A frame in an article; shown where its host is among `[embeds] hosts`, as a link at first."""
    name = f' title="{escape(" ".join(title.split()))}"' if title.strip() else ""
    return f'<iframe src="{escape(src)}"{name}></iframe>'


def host_of(src: str) -> str:
    """The host of an address, also without a scheme; empty where it is no address."""
    if src.startswith("//"):
        src = f"https:{src}"
    parts = split(src if "://" in src else f"https://{src}")
    return (parts.hostname or "") if parts else ""
