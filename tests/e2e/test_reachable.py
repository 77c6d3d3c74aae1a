"""Whatever can be done with the mouse can be done with the keyboard, and whatever has the focus shows and says so."""

from __future__ import annotations

import pytest
from everything import described, scenes, spoken
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.program import Program
from app.widgets.splitter import Splitter

CONTROLS = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractSlider, QAbstractItemView)
BY_OTHER_KEYS = {
    "ChangeRows": "the class asked about: Up and Down in the list of predictions",
    "CompareTables": "the stage looked at: Ctrl+Left, Ctrl+Right",
    "WorthView": "the place of the patch: the arrows in the photo beside it",
}
"""What takes clicks and no focus, and which keys do the same."""


def is_clickable(widget: QWidget) -> bool:
    if isinstance(widget, QHeaderView):
        return widget.sectionsClickable()
    if isinstance(widget, CONTROLS):
        return not isinstance(widget, QScrollBar)
    return any("mousePressEvent" in vars(kind) and kind.__module__.startswith("app.") for kind in type(widget).__mro__)


def of_its_own(widget: QWidget, window: QWidget) -> bool:
    """Not in another window, and no part that hands its focus on, such as the text field of a spin box."""
    return widget.window() is window and widget.focusProxy() is None


def walk(qtbot: QtBot, window: QWidget) -> list[QWidget]:
    """Everything Tab stops at, in its order."""
    seen: list[QWidget] = []
    here = QApplication.focusWidget()
    assert here is not None, f"nothing in {described(window)} has the focus"
    while here not in seen:
        seen.append(here)
        qtbot.keyClick(here, Qt.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
    return seen[seen.index(here) :]


def walk_back(qtbot: QtBot, count: int) -> list[QWidget]:
    """The last `count` stops that Shift+Tab comes to."""
    seen = []
    for _ in range(count):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key_Backtab, Qt.ShiftModifier)
        seen.append(QApplication.focusWidget())
    return seen


def shows_focus(widget: QWidget, another: QWidget) -> bool:
    """Whether it looks different with the focus than without."""
    widget.setFocus(Qt.TabFocusReason)
    QApplication.processEvents()
    assert widget.hasFocus()
    with_focus = widget.grab().toImage()
    another.setFocus(Qt.TabFocusReason)
    QApplication.processEvents()
    return with_focus != widget.grab().toImage()


@pytest.mark.slow
@pytest.mark.qt_log_ignore("propagateSizeHints", "raise")
def test_keys_reach_everything_in_sight(qtbot: QtBot, program: Program) -> None:
    problems: dict[str, str] = {}
    looked_at: set[QWidget] = set()
    for scene, window in scenes(qtbot, program):
        reached = walk(qtbot, window)
        if set(walk_back(qtbot, len(reached))) != set(reached):
            problems.setdefault(f"Shift+Tab goes another way than Tab in {described(window)}", scene)
        for widget in window.findChildren(QWidget):
            if not of_its_own(widget, window):
                continue
            if widget.focusPolicy() != Qt.NoFocus and not spoken(widget) and not isinstance(widget, QLabel):
                problems.setdefault(f"no accessible name: {described(widget)}", scene)
            out_of_sight = not widget.isVisible() or not widget.isEnabled()
            heading = isinstance(widget, QHeaderView)
            part = (widget.parentWidget() in reached and not heading) or type(widget).__name__ in BY_OTHER_KEYS
            if is_clickable(widget) and not out_of_sight and widget not in reached and not part:
                problems.setdefault(f"not reached by Tab: {described(widget)}", scene)
        for widget, another in zip(reached, [*reached[1:], reached[0]], strict=True):
            if widget not in looked_at and not shows_focus(widget, another):
                problems.setdefault(f"does not show its focus: {described(widget)}", scene)
            looked_at.add(widget)
        if window is not program.window:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key_Escape)
            if window.isVisible():
                problems.setdefault(f"Esc does not close {described(window)}", scene)
        elif scene != "nothing opened":
            check_order(program, reached, problems, scene)
    assert not problems, "\n".join(f"{scene}: {problem}" for problem, scene in problems.items())


def check_order(program: Program, reached: list[QWidget], problems: dict[str, str], scene: str) -> None:
    """From the toolbar to the status line, as the parts stand on the screen."""
    window = program.window
    parts = (
        window.toolbar, window.image_view, window.predictions, window.findChild(Splitter, "mainSplitter").line,
        window.explorer.strip, window.workbench.bar, window.workbench.pages, window.filmstrip, window.status_line,
    )  # fmt: skip
    places = [next(i for i, part in enumerate(parts) if part is stop or part.isAncestorOf(stop)) for stop in reached]
    start = places.index(0)
    turned = places[start:] + places[:start]
    while turned[-1] == 0 and turned[0] == 0 and max(turned) > 0:  # the walk began in the middle of the toolbar
        turned = [turned.pop(), *turned]
    if turned != sorted(turned):
        problems.setdefault(f"the order of the parts is {turned}", scene)
