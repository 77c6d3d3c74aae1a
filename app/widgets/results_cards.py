"""The panels of the training results: a cell's pictures, the surest mistakes, classes, calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtWidgets import QLabel, QWidget

from app import i18n
from app.widgets._results import Card, percent
from app.widgets._segmented import Segment, Segmented
from app.widgets.calibration_plot import CalibrationPlot
from app.widgets.class_bars import ClassBars, ClassRow
from app.widgets.picture_row import PictureItem, PictureRow

if TYPE_CHECKING:
    from resnet_core.training.results import Results

MOST_PICTURES = 60  # of a cell
MOST_MISTAKES = 24
_EVEN = 0.005  # a difference between sureness and accuracy not worth a remark


class CellCard(Card):
    """The pictures in a cell of the confusion matrix."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.pictures = PictureRow(self.tr("Pictures of the chosen confusion"))
        self.pictures.setObjectName("confusionPictures")
        self._problem = QLabel()
        self._problem.setProperty("role", "caption")
        self._problem.setTextFormat(Qt.PlainText)
        self._problem.setWordWrap(True)
        self.show_problem("")
        self.body.addWidget(self._problem)
        self.body.addWidget(self.pictures, 1)

    def show_problem(self, sentence: str) -> None:
        """Why there are answers but no pictures."""
        self._problem.setText(i18n.sentence(sentence))
        self._problem.setVisible(bool(sentence))

    def show_cell(self, results: Results, true: int, answer: int) -> tuple[int, ...]:
        """Gives the indices of the pictures that are on display."""
        from resnet_core.training.judgement import cell

        classes, indices = results.answers.classes, cell(results.answers, true, answer)
        self.title.setText(
            self.tr("{0} recognised").format(classes[true])
            if true == answer
            else self.tr("{0} taken for {1}").format(classes[true], classes[answer])
        )
        shown = tuple(int(index) for index in indices[:MOST_PICTURES])
        count = f"{len(indices):,}"
        if len(shown) < len(indices):
            count = self.tr("{0} of {1}").format(len(shown), count)
        order = self.tr("the least sure first") if true == answer else self.tr("the surest first")
        self.remark.setText(f"{count} · {order}" if len(indices) > 1 else count)
        self.pictures.show_items([_item(results, index) for index in shown], self.tr("There is no such picture."))
        return shown


class MistakesCard(Card):
    """What the network was wrong about although it was sure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("MistakesCard", "Surest mistakes"), parent)
        self.pictures = PictureRow(self.tr("Surest mistakes"))
        self.pictures.setObjectName("surestMistakes")
        self.body.addWidget(self.pictures)

    def show_results(self, results: Results) -> tuple[int, ...]:
        """Gives the indices of the pictures that are on display."""
        mistakes = results.judgement.mistakes
        shown = tuple(int(index) for index in mistakes[:MOST_MISTAKES])
        classes, labels = results.answers.classes, results.answers.labels
        items = [_item(results, index, self.tr("is {0}").format(classes[labels[index]])) for index in shown]
        self.pictures.show_items(items, self.tr("Not a single mistake."))
        self.pictures.setFixedHeight(self.pictures.tile_height_px)
        remark = self.tr("{0} of {1}") if results.pictures is None else self.tr("{0} of {1} · click one to open it")
        self.remark.setText(remark.format(len(shown), f"{len(mistakes):,}") if len(mistakes) else "")
        return shown


class ClassesCard(Card):
    """Accuracy and precision of every class, in its order or the worst one first."""

    class_chosen = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ClassesCard", "Classes"), parent)
        self.remark.setText(self.tr("accuracy, precision"))
        self.remark.setToolTip(self.tr("Precision: the share of the answers with this name that are right"))
        self.order = Segmented(self.tr("Order of the classes"), 28)
        self.order.show_segments(
            [Segment("class", self.tr("By class")), Segment("accuracy", self.tr("Lowest first"))], "class"
        )
        self.order.picked.connect(self._show)
        self.head.addWidget(self.order)
        self.bars = ClassBars()
        self.bars.class_chosen.connect(self.class_chosen)
        self.body.addWidget(self.bars, 1)
        self._rows: list[ClassRow] = []

    def show_results(self, results: Results) -> None:
        judgement = results.judgement
        totals = judgement.matrix.sum(1)
        self._rows = [
            ClassRow(index, name, float(judgement.recall[index]), float(judgement.precision[index]), int(totals[index]))
            for index, name in enumerate(results.answers.classes)
        ]
        self._show(self.order.current())

    def _show(self, order: str) -> None:
        rows = self._rows
        if order == "accuracy":
            rows = sorted(rows, key=lambda row: (row.recall != row.recall, row.recall))  # NaN is no number: last
        self.bars.show_rows(rows)


class CalibrationCard(Card):
    """The reliability diagram, its error, and what that means in a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("CalibrationCard", "Calibration"), parent)
        self.plot = CalibrationPlot()
        self._text = QLabel()
        self._text.setObjectName("calibrationText")
        self._text.setProperty("role", "caption")
        self._text.setWordWrap(True)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self._text)

    def show_results(self, results: Results) -> None:
        found = results.judgement.calibration
        self.plot.show_bins(found.bins)
        self.remark.setText(self.tr("expected calibration error {0}").format(percent(found.error)))
        difference = found.confidence - found.accuracy
        if abs(difference) < _EVEN:
            verdict = self.tr("as sure as it is right")
        else:
            verdict = self.tr("too sure of itself") if difference > 0 else self.tr("less sure than it could be")
        text = self.tr(
            "{sure} sure and {right} right on average: {verdict}. The error is the mean gap (orange) between how sure "
            "the answers are and how many are right (blue), in {bins} bins, as in Guo et al. 2017."
        )
        self._text.setText(
            text.format(
                sure=percent(found.confidence), right=percent(found.accuracy), verdict=verdict, bins=len(found.bins)
            )
        )


def _item(results: Results, index: int, detail: str = "") -> PictureItem:
    answers = results.answers
    answer, sure = answers.classes[answers.predicted[index]], percent(float(answers.confidence[index]))
    words = QCoreApplication.translate("PictureRow", "{name}\nanswered {answer}, {sure} sure; it is {true}")
    tip = words.format(
        name=results.answers.name(index), answer=answer, sure=sure, true=answers.classes[answers.labels[index]]
    )
    confidence = float(answers.confidence[index])
    rounded = f"{100 * confidence:.0f} %" if confidence < 0.995 else ">99 %"
    return PictureItem(index, f"{answer} {rounded}", detail, tip)


CARD_ROWS_PX = (464, 392)
"""Heights of the upper and the lower row of panels."""
