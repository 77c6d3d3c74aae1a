"""What of a sentence of the core's is still English when the window says it in another language."""

from __future__ import annotations

import re
from functools import cache

from app import i18n, qm
from app.sentences import Sentences
from resources.translations import update

_QUOTED = re.compile(r"“[^”]*”|`[^`]*`|[(（][^)）]*[)）]")  # what stands in the file, and the system's words for it
_WORDS = re.compile(r"\b[a-z]{2,}(?: [a-z’']{2,}\b){2,}")


@cache
def _languages() -> dict[str, Sentences]:
    files = {language: update.file_of(language).with_suffix(".qm") for language in i18n.LANGUAGES if language != "en"}
    return {language: Sentences(qm.read(file)) for language, file in files.items()}


def left_in_english(sentence: str, name: str) -> list[str]:
    """Three English words and more in a row, but for the file's name; the sentence itself, if it is as it was."""
    found = []
    for told in _languages().values():
        translated = told.translate(sentence)
        found += [sentence] if translated == sentence else _WORDS.findall(_QUOTED.sub("", translated.replace(name, "")))
    return found
