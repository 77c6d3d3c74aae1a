"""What is seen after a training: the matrix, its pictures, classes, calibration; by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QColor
from PyQt5.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from widget_data import colours, hover, picture, shown

from app import theme
from app.widgets._results import percent, readable_on
from app.widgets._segmented import Segmented
from app.widgets.calibration_plot import CalibrationPlot
from app.widgets.class_bars import ClassBars
from app.widgets.confusion_list import ConfusionList
from app.widgets.confusion_matrix import MOST_CLASSES, ConfusionMatrix
from app.widgets.picture_row import THUMB_PX, PictureItem, PictureRow
from app.widgets.results_cards import CalibrationCard, ClassesCard
from app.widgets.training_results import TrainingResults
from resnet_core.training.answers import Answers
from resnet_core.training.judgement import judge
from resnet_core.training.results import Results

ANIMALS = ("cat", "dog", "owl")
MATRIX = np.array([[8, 2, 0], [1, 9, 0], [0, 0, 1000]])


class Coloured:
    """Pictures of one colour each, by index."""

    def source(self, index: int) -> np.ndarray:
        return self.thumbnail(index)

    def thumbnail(self, index: int) -> np.ndarray:
        return np.full((4, 4, 3), index, np.uint8)


def results(classes: tuple[str, ...] = ANIMALS, pictures: int = 60, *, wrong: int = 7) -> Results:
    """Every `wrong`-th picture is taken for the next class; the later, the surer."""
    labels = np.arange(pictures) % len(classes)
    predicted = np.where(np.arange(pictures) % wrong, labels, (labels + 1) % len(classes))
    sure = np.linspace(0.5, 0.99, pictures, dtype=np.float32)
    probabilities = np.zeros((pictures, len(classes)), np.float16)
    probabilities[np.arange(pictures), predicted] = sure
    answers = Answers(classes, labels, predicted, sure, probabilities)
    return Results("r", "resnet20", "pets", "resnet20.r", answers, judge(answers), Coloured())


@pytest.fixture
def matrix(qtbot: QtBot) -> ConfusionMatrix:
    widget = ConfusionMatrix()
    qtbot.addWidget(widget)
    widget.show_matrix(MATRIX, ANIMALS)
    shown(widget, 400, 400)
    return widget


@pytest.fixture
def page(qtbot: QtBot) -> TrainingResults:
    widget = TrainingResults()
    qtbot.addWidget(widget)
    shown(widget, 880, 700)
    return widget


def test_hovering_a_cell_says_what_it_counts(matrix: ConfusionMatrix) -> None:
    heard: list[str] = []
    matrix.cell_looked_at.connect(heard.append)
    place = matrix.cell_rect((0, 1)).center()
    hover(matrix, place.x(), place.y())
    assert heard == ["cat taken for dog: 2 of 10 (20.0 %)"]
    assert matrix.accessibleDescription() == heard[0]
    place = matrix.cell_rect((2, 2)).center()
    hover(matrix, place.x(), place.y())
    assert heard[-1] == "owl recognised: 1,000 of 1,000 (100.0 %)"
    matrix.clearFocus()
    hover(matrix, 2, 2)
    assert heard[-1] == ""


def test_a_click_and_enter_choose_a_cell(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    heard: list[tuple[int, int]] = []
    matrix.cell_chosen.connect(lambda *cell: heard.append(cell))
    qtbot.mouseClick(matrix, Qt.LeftButton, pos=matrix.cell_rect((1, 0)).center().toPoint())
    for key in (Qt.Key_Up, Qt.Key_Right, Qt.Key_Return):
        qtbot.keyClick(matrix, key)
    qtbot.keyClick(matrix, Qt.Key_Up)  # there is nothing above
    qtbot.keyClick(matrix, Qt.Key_PageDown)
    qtbot.keyClick(matrix, Qt.Key_End)
    qtbot.keyClick(matrix, Qt.Key_Space)
    assert heard == [(1, 0), (0, 1), (2, 2)]
    assert matrix.chosen == (2, 2)
    qtbot.mouseClick(matrix, Qt.LeftButton, pos=QPointF(1, 1).toPoint())
    assert len(heard) == 3


def test_the_diagonal_is_the_accent_and_mistakes_the_second_colour(matrix: ConfusionMatrix) -> None:
    image = matrix.grab().toImage()
    ratio = matrix.devicePixelRatioF()

    def at(cell: tuple[int, int]) -> QColor:
        corner = matrix.cell_rect(cell).topLeft() + QPointF(6, 6)
        return image.pixelColor((corner * ratio).toPoint())

    assert at((2, 2)).name() == theme.current().accent  # all of them right
    accent, second = QColor(theme.current().accent), QColor(theme.current().second)
    assert abs(at((0, 1)).hue() - second.hue()) < 8
    assert abs(at((0, 0)).hue() - accent.hue()) < 8
    assert at((0, 1)).saturation() > at((1, 0)).saturation()  # 20 % and 10 %
    assert at((2, 0)).hue() not in range(second.hue() - 8, second.hue() + 8)


@pytest.mark.parametrize(("classes", "width"), [(1, 300), (2, 240), (10, 420), (20, 260)])
def test_any_number_of_cells_is_painted(qtbot: QtBot, classes: int, width: int) -> None:
    widget = ConfusionMatrix()
    qtbot.addWidget(widget)
    widget.show_matrix(np.full((classes, classes), 123_456), [f"a very long class name {n}" for n in range(classes)])
    shown(widget, width, 300)
    assert len(colours(picture(widget))) > 3
    last = widget.cell_rect((classes - 1, classes - 1))
    assert last.right() <= width
    assert last.bottom() <= 300


def test_too_many_classes_are_refused_by_the_matrix() -> None:
    with pytest.raises(ValueError):
        ConfusionMatrix().show_matrix(np.zeros((21, 21), np.int64), [str(n) for n in range(MOST_CLASSES + 1)])


def test_pictures_keep_their_pixels_and_can_be_chosen(qtbot: QtBot) -> None:
    row = PictureRow("Pictures")
    qtbot.addWidget(row)
    row.show_items([PictureItem(index, f"dog {index} %", tip=f"number {index}") for index in range(10)])
    shown(row, 300, 200)
    checks = np.zeros((2, 2, 3), np.uint8)
    checks[0, 0] = checks[1, 1] = (255, 0, 0)
    row.show_pictures({3: checks, 99: checks})  # 99 is none of them
    image = row.viewport().grab().toImage()
    ratio = row.devicePixelRatioF()
    rect = row.tile_rect(3)
    left, top = rect.center().x() - THUMB_PX / 2, rect.top() + 4
    found = {
        image.pixelColor(round((left + x) * ratio), round((top + y) * ratio)).name()
        for x in (4, 28, 36, 60)
        for y in (4, 28, 36, 60)
    }
    assert found == {"#ff0000", "#000000"}  # not smoothed
    chosen: list[int] = []
    row.picture_chosen.connect(chosen.append)
    qtbot.mouseClick(row.viewport(), Qt.LeftButton, pos=rect.center().toPoint())
    for key in (Qt.Key_Right, Qt.Key_Return, Qt.Key_End, Qt.Key_Right, Qt.Key_Enter, Qt.Key_Home, Qt.Key_Up):
        qtbot.keyClick(row, key)
    assert chosen == [3, 4, 9]
    assert row.accessibleDescription() == "1 of 10: number 0"
    assert row.verticalScrollBar().value() == 0


def test_the_page_says_how_good_the_network_is(page: TrainingResults, qtbot: QtBot) -> None:
    wanted: list[tuple[int, ...]] = []
    page.pictures_wanted.connect(wanted.append)
    page.show_results(results())
    headline = page.findChild(QLabel, "testAccuracy").text()
    assert headline == "Test accuracy 85.0 % (51 of 60), counted once"
    cell = page.findChild(PictureRow, "confusionPictures")
    mistakes = page.findChild(PictureRow, "surestMistakes")
    assert [item.index for item in mistakes.items] == [56, 49, 42, 35, 28, 21, 14, 7, 0]
    assert (mistakes.items[0].caption, mistakes.items[0].detail) == ("cat 97 %", "is owl")
    assert "answered cat, 96.5 % sure; it is owl" in mistakes.items[0].tip
    assert len(cell.items) == 3  # the most frequent confusion, the first of equals
    assert [sorted(asked) for asked in wanted] == [[0, 7, 14, 21, 28, 35, 42, 49, 56]]

    asked = wanted.pop()
    page.show_pictures({index: np.zeros((4, 4, 3), np.uint8) for index in asked})
    used: list[str] = []
    page.use_requested.connect(used.append)
    qtbot.mouseClick(page.findChild(QPushButton, "useNetworkButton"), Qt.LeftButton)
    assert used == ["resnet20.r"]
    page.set_in_use("resnet20.r")
    button = page.findChild(QPushButton, "useNetworkButton")
    assert (button.text(), button.isEnabled()) == ("In use", False)


def test_a_cell_shows_its_pictures_and_a_picture_can_be_opened(page: TrainingResults, qtbot: QtBot) -> None:
    page.show_results(results())
    wanted: list[tuple[int, ...]] = []
    chosen: list[int] = []
    page.pictures_wanted.connect(wanted.append)
    page.picture_chosen.connect(chosen.append)
    matrix = page.findChild(ConfusionMatrix)
    qtbot.mouseClick(matrix, Qt.LeftButton, pos=matrix.cell_rect((0, 0)).center().toPoint())
    cell = page.findChild(PictureRow, "confusionPictures")
    indices = [item.index for item in cell.items]
    assert indices == sorted(indices)  # right answers: the least sure first
    assert set(indices) <= set(wanted[-1])
    qtbot.mouseClick(cell.viewport(), Qt.LeftButton, pos=cell.tile_rect(1).center().toPoint())
    assert chosen == [indices[1]]
    page.findChild(ClassBars).class_chosen.emit(1)
    assert matrix.chosen == (1, 1)


def test_few_classes_can_be_listed_too(page: TrainingResults, qtbot: QtBot) -> None:
    page.show_results(results())
    form = page.findChild(Segmented, "confusionForm")
    form.setFocus()
    qtbot.keyClick(form, Qt.Key_Right)
    rows = page.findChild(ConfusionList)
    assert rows.isVisible()
    qtbot.keyClick(rows, Qt.Key_Down)
    qtbot.keyClick(rows, Qt.Key_Return)
    assert page.findChild(ConfusionMatrix).chosen == (1, 2)
    page.show_results(results())
    assert rows.isVisible()  # another run, shown in the same way


def test_many_classes_are_listed(page: TrainingResults, qtbot: QtBot) -> None:
    page.show_results(results(tuple(f"class {number}" for number in range(1000)), 4000))
    assert not page.findChild(ConfusionMatrix).isVisible()
    rows = page.findChild(ConfusionList)
    assert rows.isVisible()
    wanted: list[tuple[int, ...]] = []
    page.pictures_wanted.connect(wanted.append)
    qtbot.keyClick(rows, Qt.Key_Down)
    qtbot.keyClick(rows, Qt.Key_Return)
    assert wanted
    assert "taken for" in rows.accessibleDescription()
    assert len(page.findChild(ClassBars).rows) == 1000


def test_without_pictures_the_figures_are_there(page: TrainingResults) -> None:
    wanted: list[tuple[int, ...]] = []
    page.pictures_wanted.connect(wanted.append)
    page.show_results(replace(results(), pictures=None, problem="The test pictures can’t be shown. <b>Gone</b>"))
    assert wanted == []
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "The test pictures can’t be shown. <b>Gone</b>" in texts


def test_not_a_single_mistake(page: TrainingResults) -> None:
    perfect = results(pictures=6, wrong=100)
    answers = replace(perfect.answers, predicted=perfect.answers.labels)
    page.show_results(replace(perfect, answers=answers, judgement=judge(answers), weights=None))
    assert "100.0 % (6 of 6)" in page.findChild(QLabel, "testAccuracy").text()
    assert page.findChild(PictureRow, "surestMistakes").items == ()
    assert not page.findChild(QPushButton, "useNetworkButton").isEnabled()


def test_busy_and_failed_take_the_place_of_results(page: TrainingResults) -> None:
    page.show_results(results())
    page.show_busy()
    assert not page.findChild(QLabel, "testAccuracy").isVisible()
    page.show_failure("The run r has no answers.")
    assert "The run r has no answers." in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    page.show_pictures({1: np.zeros((4, 4, 3), np.uint8)})  # late ones do no harm


def test_classes_by_name_or_the_lowest_first(qtbot: QtBot) -> None:
    card = ClassesCard()
    qtbot.addWidget(card)
    given = results(pictures=6, wrong=100)
    answers = replace(given.answers, classes=(*ANIMALS, "yak"), probabilities=np.zeros((6, 4), np.float16),
                      predicted=np.array([1, 1, 2, 0, 1, 0]))  # fmt: skip
    card.show_results(replace(given, answers=answers, judgement=judge(answers)))
    assert [row.name for row in card.bars.rows] == ["cat", "dog", "owl", "yak"]
    shown(card, 360, 300)
    card.order.setFocus()
    qtbot.keyClick(card.order, Qt.Key_Right)
    assert [row.name for row in card.bars.rows] == ["cat", "owl", "dog", "yak"]  # the one without pictures last
    assert card.bars.rows[-1].recall != card.bars.rows[-1].recall
    assert card.bars.accessibleDescription().startswith("cat: 50.0 % of its 2 recognised")
    assert picture(card) is not None


@pytest.mark.parametrize(
    ("sure", "right", "error", "says"),
    [
        (0.9, 0.6, "30.0 %", "too sure of itself"),
        (0.6, 0.9, "30.0 %", "less sure than it could be"),
        (0.7, 0.7, "< 0.1 %", "as sure as it is right"),  # 0.7 as float32 is not quite 0.7
    ],
)
def test_calibration_in_words(qtbot: QtBot, sure: float, right: float, error: str, says: str) -> None:
    card = CalibrationCard()
    qtbot.addWidget(card)
    given = results(pictures=10)
    labels = np.zeros(10, np.int64)
    predicted = np.where(np.arange(10) < round(10 * right), 0, 1)
    answers = replace(given.answers, labels=labels, predicted=predicted, confidence=np.full(10, sure, np.float32))
    card.show_results(replace(given, answers=answers, judgement=judge(answers)))
    shown(card, 400, 380)
    text = card.findChild(QLabel, "calibrationText").text()
    assert says in text
    assert "Guo et al. 2017" in text
    assert card.remark.text() == f"expected calibration error {error}"
    plot = card.findChild(CalibrationPlot)
    assert f"10 answers, {percent(right)} of them right" in plot.accessibleDescription()
    assert {theme.current().accent, theme.current().second} <= colours(picture(plot)) or says.startswith("as sure")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.9412, "94.1 %"), (1.0, "100.0 %"), (0.9999, "> 99.9 %"), (0.0001, "< 0.1 %"), (0, "0.0 %"), (np.nan, "–")],
)
def test_shares(share: float, text: str) -> None:
    assert percent(share) == text


def test_text_can_be_read_on_every_cell(qapp: QApplication) -> None:
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        assert readable_on(theme.colour("accent")).name() == theme.current().on_accent
        assert readable_on(theme.colour("panel")).name() == theme.current().text
    theme.apply(qapp, "light")
