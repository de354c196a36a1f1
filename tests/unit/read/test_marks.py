"""Bullets and letters of lists that authors write are taken away, and nothing else is."""

from __future__ import annotations

import pytest

from sitegen.read.marks import without_bullets, without_letters


@pytest.mark.parametrize(
    "written, shown",
    [
        (["• One", "- two", "1. x"], ["One", "two", "x"]),
        (["•One", "– two", "* three"], ["One", "two", "three"]),
        (["1. One", "2. Two"], ["One", "Two"]),
        (["1) One", "2) Two"], ["One", "Two"]),
        (["١. واحد", "٢. اثنان"], ["واحد", "اثنان"]),
        (["1. FC Köln wins", "A plan"], ["1. FC Köln wins", "A plan"]),
        (["24. Dezember", "26. Dezember"], ["24. Dezember", "26. Dezember"]),
        (["1. Mai: frei"], ["1. Mai: frei"]),
        (
            ["-5 degrees", "*One* night", "**Two** nights"],
            ["-5 degrees", "*One* night", "**Two** nights"],
        ),
        (["3 of 4 said so", "2.5 per cent"], ["3 of 4 said so", "2.5 per cent"]),
        (["•", "- "], ["•", "- "]),
        ([], []),
    ],
)
def test_the_signs_of_a_list_are_taken_away(written: list[str], shown: list[str]) -> None:
    assert without_bullets(written) == shown


@pytest.mark.parametrize(
    "lang, question, answer",
    [
        ("en", "Q: When?", "A: On *Sunday*."),
        ("en-GB", "q 1: When?", "A: On *Sunday*."),
        ("en", "Question: When?", "**A:** On *Sunday*."),
        ("en", "Q1: When?", "**Answer**: On *Sunday*."),
        ("de", "F: When?", "A: On *Sunday*."),
        ("de", "Frage 1: When?", "Antwort: On *Sunday*."),
        ("fr", "Q : When?", "R : On *Sunday*."),
        ("ar", "س: When?", "ج: On *Sunday*."),
        ("es", "P: When?", "R: On *Sunday*."),
        ("cy", "C: When?", "A: On *Sunday*."),
        ("pl", "Q: When?", "A: On *Sunday*."),
    ],
)
def test_the_letters_of_questions_and_answers_are_taken_away(
    lang: str, question: str, answer: str
) -> None:
    assert without_letters(question, answer, lang) == ("When?", "On *Sunday*.")


@pytest.mark.parametrize(
    "question, answer",
    [
        ("Q4 results: good?", "A. Smith said so."),
        ("C: is it full?", "R: a language."),
        ("Quay: when?", "Ask: nobody."),
        ("Q:", "A:"),
        ("**Q: all bold?**", "**A: all bold.**"),
    ],
)
def test_other_words_with_a_colon_stay(question: str, answer: str) -> None:
    assert without_letters(question, answer, "en") == (question, answer)
