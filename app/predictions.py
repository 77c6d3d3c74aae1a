"""The list of predictions, kept in step with the session: what an intervention changed, which class is asked about."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject

from app.i18n import class_name
from app.session import Session
from app.widgets.prediction_list import MOST, PredictionList


class Predictions(QObject):
    """`top_k` tells how many classes are listed; `remember` is told when another number is chosen."""

    def __init__(
        self,
        session: Session,
        shown: PredictionList,
        top_k: Callable[[], int],
        remember: Callable[[int], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._list, self._top_k, self._remember = session, shown, top_k, remember
        shown.top_k_changed.connect(self._top_k_changed)
        shown.selected.connect(self._class_chosen)
        session.target_changed.connect(self.show)

    def show(self) -> None:
        analysis, plain = self._session.analysis, self._session.plain
        if analysis is None:
            return
        top = analysis.top(MOST)
        changes = None
        if plain is not None and analysis.intervention is not None:
            before = {prediction.index: prediction.probability for prediction in plain.predictions}
            changes = [prediction.probability - before[prediction.index] for prediction in top]
        rows = [(class_name(analysis.info, prediction.index), prediction.probability) for prediction in top]
        chosen = next((row for row, found in enumerate(top) if found.index == self._session.target), None)
        self._list.show_predictions(rows, self._top_k(), changes=changes, chosen=chosen)

    def _class_chosen(self, row: int) -> None:
        if self._session.analysis is not None:
            self._session.look_at_class(self._session.analysis.predictions[row].index)

    def _top_k_changed(self, k: int) -> None:
        self._remember(k)
        self.show()
