"""What the blocks of an article are called: headings that say what stands below them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CALLED: Mapping[str, tuple[str, ...]] = {
    "key_points": (
        *("key points", "key takeaways", "key facts", "the key points", "at a glance", "in brief"),
        *("highlights", "in short", "what to know", "what you need to know", "five key points"),
        *("das wichtigste in kürze", "das wichtigste", "l’essentiel", "points clés"),
        *("puntos clave", "claves", "prif bwyntiau", "أبرز النقاط", "النقاط الرئيسية"),
    ),
    "why_it_matters": (
        *("why this matters", "why it matters", "why that matters", "warum das wichtig ist"),
        *("pourquoi c’est important", "por qué es importante", "por qué importa"),
        *("pam mae hyn yn bwysig", "لماذا يهم هذا", "لماذا هذا مهم"),
    ),
    "what_it_means": (
        *("what this means for you", "what it means for you", "what this means", "what it means"),
        *("was das für sie bedeutet", "was das bedeutet", "ce que cela change pour vous"),
        *("ce que cela signifie pour vous", "qué significa para usted", "qué significa para ti"),
        *("beth mae hyn yn ei olygu i chi", "ماذا يعني هذا لك", "ما الذي يعنيه هذا لك"),
    ),
    "faq": (
        *("questions and answers", "frequently asked questions", "faq", "faqs", "q&a", "q & a"),
        *("fragen und antworten", "häufige fragen", "questions et réponses", "foire aux questions"),
        *("questions fréquentes", "preguntas y respuestas", "preguntas frecuentes"),
        *("cwestiynau ac atebion", "أسئلة وأجوبة", "الأسئلة الشائعة"),
    ),
    "sources": ("sources", "quellen", "fuentes", "ffynonellau", "المصادر", "sources and documents"),
    "corrections": (
        *("corrections", "berichtigungen", "correctifs", "rectificatifs", "correcciones"),
        *("korrekturen", "fe de errores", "cywiriadau", "تصحيحات", "تصويبات"),
    ),
}
_BY_LABEL = {label: field for field, labels in _CALLED.items() for label in labels}


def field_of(heading: str) -> str:
    """The field that a heading is the label of; empty: it is a heading as others are."""
    words = re.sub(r"[\s:\uff1a.–—-]+$", "", " ".join(heading.split())).casefold()
    return _BY_LABEL.get(words.replace("'", "’"), "")
