"""What Qt asks for translations: ours, whatever class a text is in, and Qt's own for its dialogs and menus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import PyQt5
from PyQt5.QtCore import QLibraryInfo, QTranslator

_KEYS = "QShortcut"  # the names of keys are Qt's: "Right" on a keyboard is another word than that of a side


class Translator(QTranslator):
    """One dictionary for the whole program. `self.tr` names the class of the object as the context, which is another
    one for texts of its base class than the one they were written in: so contexts are left out."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def isEmpty(self) -> bool:
        return False

    def translate(  # type: ignore[override]  # the stubs know of no None, by which the next one is asked
        self, context: str, source: str, _comment: str | None = None, _n: int = -1
    ) -> str | None:
        return None if context == _KEYS else self._texts.get(source)


def translators(language: str, texts: Mapping[str, str]) -> tuple[QTranslator, ...]:
    """In the order they are to be installed: the last one is asked first."""
    qt, beside = QTranslator(), Path(PyQt5.__file__).parent / "Qt5" / "translations"
    folders = (str(beside), QLibraryInfo.location(QLibraryInfo.TranslationsPath))  # pip's and ours, the system's
    found = any(qt.load(f"qtbase_{language}", folder) for folder in folders)
    return (qt, Translator(texts)) if found else (Translator(texts),)
