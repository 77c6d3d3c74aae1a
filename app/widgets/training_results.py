"""What a finished training is worth: accuracy, confusions with their pictures, the surest mistakes, calibration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import i18n
from app.widgets._controls import ElidedLabel, plain_tip
from app.widgets._results import Card, percent
from app.widgets._segmented import Segment, Segmented
from app.widgets.confusion_list import ConfusionList, ConfusionRow
from app.widgets.confusion_matrix import MOST_CLASSES, ConfusionMatrix
from app.widgets.results_cards import CARD_ROWS_PX, CalibrationCard, CellCard, ClassesCard, MistakesCard

if TYPE_CHECKING:
    from resnet_core.training.results import Results

MOST_CONFUSIONS = 200

Rgb = NDArray[np.uint8]


class TrainingResults(QWidget):
    """Shows the `Results` of a run. Asks for pictures by index, and is given them by `show_pictures`."""

    pictures_wanted = pyqtSignal(object)  # tuple[int, ...]: all that are on display and not there yet
    picture_chosen = pyqtSignal(int)  # to be opened in the main window
    use_requested = pyqtSignal(str)  # weights id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingResults")
        self.setAccessibleName(self.tr("Results of the training"))
        self._results: Results | None = None
        self._in_use: str | None = None
        self._pictures: dict[int, Rgb] = {}
        self._mistakes_shown: tuple[int, ...] = ()
        self._message = QLabel()
        self._message.setProperty("role", "muted")
        self._message.setTextFormat(Qt.PlainText)
        self._message.setAlignment(Qt.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setMargin(32)
        self._cell, self._mistakes = CellCard(), MistakesCard()
        self._classes, self._calibration = ClassesCard(), CalibrationCard()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message)
        self._pages.addWidget(self._compose())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        for card in (self._cell, self._mistakes):
            card.pictures.picture_chosen.connect(self.picture_chosen)
        self._classes.class_chosen.connect(lambda index: self._show_cell(index, index))
        self.clear()

    # -- what stands where ---------------------------------------------------------------------------------------------

    def _compose(self) -> QWidget:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setSpacing(16)
        confusions = self._compose_confusions()
        for row, cards, height in (
            (0, (confusions, self._cell), CARD_ROWS_PX[0]),
            (2, (self._classes, self._calibration), CARD_ROWS_PX[1]),
        ):
            for column, card in enumerate(cards):
                card.setFixedHeight(height)
                grid.addWidget(card, row, column)
        grid.addWidget(self._mistakes, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        rows.addLayout(self._compose_head())
        rows.addWidget(scroll, 1)
        return page

    def _compose_head(self) -> QHBoxLayout:
        self._headline = ElidedLabel("", "display")
        self._headline.setObjectName("testAccuracy")
        self._about = ElidedLabel("", "muted")
        self._use = QPushButton(self.tr("Use this network"))
        self._use.setObjectName("useNetworkButton")
        self._use.setProperty("role", "primary")
        self._use.setAutoDefault(False)
        self._use.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)
        self._use.clicked.connect(self._ask_to_use)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._headline, self._about):
            label.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self._use, 0, Qt.AlignVCenter)
        return head

    def _compose_confusions(self) -> Card:
        card = Card(self.tr("Confusions"))
        self._looked_at = ElidedLabel("", "caption")
        self._looked_at.setObjectName("confusionText")
        self._looked_at.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        self._matrix, self._list = ConfusionMatrix(), ConfusionList()
        self._matrix.cell_looked_at.connect(self._tell_cell)
        self._confusions = QStackedWidget()
        for part in (self._matrix, self._list):
            part.cell_chosen.connect(self._show_cell)
            self._confusions.addWidget(part)
        self._form = Segmented(self.tr("How confusions are shown"), 28)
        self._form.setObjectName("confusionForm")
        self._form.show_segments(
            [
                Segment("matrix", self.tr("All"), self.tr("A cell for every pair of classes")),
                Segment("list", self.tr("Top"), self.tr("The most frequent confusions")),
            ],
            "matrix",
        )
        self._form.picked.connect(self._show_form)
        card.head.addWidget(self._form)
        card.body.addWidget(self._confusions, 1)
        card.body.addWidget(self._looked_at)
        return card

    # -- what is shown -------------------------------------------------------------------------------------------------

    def clear(self) -> None:
        self._say(self.tr("When a training has come to its end, what it learned is judged here."))

    def show_busy(self) -> None:
        self._say(self.tr("Reading the results …"))

    def show_failure(self, sentence: str) -> None:
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._results, self._pictures = None, {}
        self._message.setText(i18n.sentence(sentence))
        self._pages.setCurrentIndex(0)

    def show_results(self, results: Results) -> None:
        """Everything about a run, but its pictures: they are asked for."""
        from resnet_core.training.judgement import confusions

        self._results, self._pictures = results, {}
        judgement, classes = results.judgement, results.answers.classes
        headline = self.tr("Test accuracy {share} ({correct} of {images}), counted once")
        self._headline.setText(
            headline.format(
                share=percent(judgement.accuracy), correct=f"{judgement.correct:,}", images=f"{judgement.images:,}"
            )
        )
        self._about.setText(" · ".join(part for part in (results.weights or results.network, results.dataset) if part))
        self._show_use()
        found = confusions(judgement.matrix, MOST_CONFUSIONS)
        few = len(classes) <= MOST_CLASSES
        if few:
            self._matrix.show_matrix(judgement.matrix, classes)
        self._list.show_rows(
            [ConfusionRow(c.true, c.answer, classes[c.true], classes[c.answer], c.count, c.of) for c in found]
        )
        self._form.setVisible(few)
        self._show_form(self._form.current() if few else "list")
        self._cell.show_problem(results.problem)
        self._classes.show_results(results)
        self._calibration.show_results(results)
        self._mistakes_shown = self._mistakes.show_results(results)
        self._pages.setCurrentIndex(1)
        self._show_cell(*((found[0].true, found[0].answer) if found else (0, 0)))

    def show_pictures(self, pictures: Mapping[int, Rgb]) -> None:
        """Some of the pictures asked for, uint8 (H, W, 3) by index."""
        self._pictures |= pictures
        for card in (self._cell, self._mistakes):
            card.pictures.show_pictures(pictures)

    def show_picture_problem(self, sentence: str) -> None:
        """Why pictures that were asked for do not come."""
        self._cell.show_problem(sentence)

    def set_in_use(self, weights_id: str | None) -> None:
        """Which network the window looks through."""
        self._in_use = weights_id
        self._show_use()

    def _show_use(self) -> None:
        weights = None if self._results is None else self._results.weights
        same = weights is not None and weights == self._in_use
        self._use.setEnabled(weights is not None and not same)
        self._use.setText(self.tr("In use") if same else self.tr("Use this network"))
        tip = self.tr("Look at pictures through {0}").format(weights) if weights else ""
        self._use.setToolTip(plain_tip(tip))

    def _show_form(self, form: str) -> None:
        self._confusions.setCurrentWidget(self._matrix if form == "matrix" else self._list)
        self._tell_cell("")

    def _tell_cell(self, text: str) -> None:
        if self._results is not None and self._confusions.currentWidget() is self._list:
            classes = f"{len(self._results.answers.classes):,}"
            text = self.tr("of {0} classes, the most frequent first").format(classes)
        self._looked_at.setText(text or self.tr("click a cell to see its pictures"))

    def _show_cell(self, true: int, answer: int) -> None:
        results = self._results
        if results is None:
            return
        if len(results.answers.classes) <= MOST_CLASSES:
            self._matrix.set_chosen((true, answer))
        shown = self._cell.show_cell(results, true, answer)
        self._cell.pictures.show_pictures(self._pictures)
        wanted = dict.fromkeys([*shown, *self._mistakes_shown])
        missing = tuple(index for index in wanted if index not in self._pictures)
        if missing and results.pictures is not None:
            self.pictures_wanted.emit(missing)

    def _ask_to_use(self) -> None:
        if self._results is not None and self._results.weights is not None:
            self.use_requested.emit(self._results.weights)
