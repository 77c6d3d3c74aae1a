"""The order in which Tab goes through the window, and where it begins in a part of it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget

_NOBODY: Any = None  # PyQt5-stubs don't know that it may be


def stops(part: QWidget) -> list[QWidget]:
    """What Tab can stop at in a part of a window, hidden or not, in its present order."""
    return [each for each in _chain(part) if each.focusPolicy() & Qt.TabFocus and each.focusProxy() is None]


def in_order(*parts: QWidget) -> None:
    """Tab goes through these parts of a window one after the other, and through each of them as it does now.

    A part that hands its focus on to one of its own (`setFocusProxy`) is put right before that one: Qt would jump
    from wherever the part itself stands to there, and pass by all between.
    """
    handing_on = [each for part in parts for each in _chain(part) if _hands_on(each)]
    before = [(each, each.focusProxy(), each.focusPolicy()) for each in handing_on]
    order: list[QWidget] = []
    for stop in (stop for part in parts for stop in stops(part)):
        order += [each for each in handing_on if _taker(each) is stop]
        order.append(stop)
    for each in handing_on:
        each.setFocusProxy(_NOBODY)  # else Qt moves all that lies between the two along
        each.setFocusPolicy(Qt.StrongFocus)  # else Qt does not move it
    for one, following in pairwise(order):
        QWidget.setTabOrder(one, following)
    for each, taker, policy in before:
        each.setFocusPolicy(policy)
        each.setFocusProxy(taker)


def enter(part: QWidget) -> None:
    """Give the focus to what this part hands it on to, else to its first stop that is there."""
    there = (stop for stop in stops(part) if stop.isVisibleTo(part) and stop.isEnabled())
    stop = _taker(part) or next(there, None)
    if stop is not None:
        stop.setFocus(Qt.OtherFocusReason)


def _chain(part: QWidget) -> list[QWidget]:
    """`part` and all that is in it, in the order of Qt's ring."""
    found, each = [part], part.nextInFocusChain()
    while each is not part and each is not None:
        if part.isAncestorOf(each):
            found.append(each)
        each = each.nextInFocusChain()
    return found


def _hands_on(part: QWidget) -> bool:
    return part.focusProxy() is not None and part.isAncestorOf(part.focusProxy())


def _taker(part: QWidget) -> QWidget | None:
    """Who has the focus in the end when `part` gets it; None: `part` itself."""
    taker = part.focusProxy()
    while taker is not None and taker.focusProxy() is not None:
        taker = taker.focusProxy()
    return taker
