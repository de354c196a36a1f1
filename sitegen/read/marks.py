"""Bullets, numbers and letters that authors write, and the page sets itself: taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_BULLET = re.compile(r"[•‣\u2043◦●○∙·▪▫■□►]\s*|[-–—*]\s+")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+")
_QUESTION_ANSWER: Mapping[str, tuple[str, str]] = {
    "ar": ("س|سؤال|السؤال", "ج|جواب|الجواب|الإجابة"),
    "cy": ("C|Cwestiwn", "A|Ateb"),
    "de": ("F|Frage", "A|Antwort"),
    "en": ("Q|Question", "A|Answer"),
    "es": ("P|Pregunta", "R|Respuesta"),
    "fr": ("Q|Question", "R|Réponse"),
}
"""What stands before a question and before its answer, by language."""


def without_bullets(points: Sequence[str]) -> list[str]:
    """Points of a list without the signs of one.

    A number goes only where the points are counted: “1. FC Köln” and “24. Dezember” begin with one.
    """
    bare = [_cut(_BULLET, point) for point in points]
    numbers = [_NUMBER.match(point) for point in bare]
    counted = [int(number[1]) for number in numbers if number]
    marked = [
        number or point != text for number, point, text in zip(numbers, points, bare, strict=True)
    ]
    if len(points) > 1 and all(marked) and counted == list(range(1, len(counted) + 1)):
        return [_cut(_NUMBER, point) for point in bare]
    return bare


def without_letters(question: str, answer: str, lang: str) -> tuple[str, str]:
    """A question and its answer, in Markdown, without “Q:” and “A:” as the language has them."""
    asked, answered = _letters(lang.partition("-")[0].lower())
    return _cut(asked, question), _cut(answered, answer)


@lru_cache(maxsize=64)
def _letters(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    english = _QUESTION_ANSWER["en"]
    pairs = zip(_QUESTION_ANSWER.get(lang, english), english, strict=True)
    asked, answered = (_letter(rf"(?:{own}|{other})\s*\d{{0,2}}\s*") for own, other in pairs)
    return asked, answered


def _letter(name: str) -> re.Pattern[str]:
    bold = rf"\*\*{name}:\s*\*\*|\*\*{name}\*\*\s*:"
    return re.compile(rf"(?:{bold}|{name}:)\s*", re.IGNORECASE)


def _cut(mark: re.Pattern[str], text: str) -> str:
    """`text` without the mark that it begins with, if it holds more than that."""
    found = mark.match(text)
    return text[found.end() :] or text if found else text
