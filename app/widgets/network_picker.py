"""Which network looks: the five depths of the paper side by side, the others in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QAction, QActionGroup, QHBoxLayout, QWidget

from app import theme
from app.widgets._controls import MenuButton
from app.widgets._segmented import Segment, Segmented
from resnet_core.networks import DEPTHS

Network = tuple[str, str, str, bool]
"""Name, short label, tooltip, and whether any of its weights are on this disk."""


class NetworkPicker(QWidget):
    """Emits the name of a network that was picked."""

    picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkPicker")
        self.setAccessibleName(self.tr("Network"))
        self._depths = Segmented(self.tr("Depth of the network"))
        self._depths.picked.connect(self._pick)
        self._more = MenuButton(limit_px=120)
        self._more.setAccessibleName(self.tr("More networks"))
        self._more.setToolTip(self.tr("More networks: ResNeXt, Wide ResNet, plain, CIFAR"))
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._triggered)
        self._others: dict[str, str] = {}
        self.setFocusProxy(self._depths)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._depths)
        row.addWidget(self._more)

    def show_networks(self, networks: Sequence[Network], current: str) -> None:
        """Networks that are no depth of the paper go into the menu; those without weights on this disk are paler."""
        segments, self._others = [], {}
        menu = self._more.menu()
        menu.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
        for name, label, tip, on_disk in networks:
            if name in DEPTHS:
                segments.append(Segment(name, label, tip, quiet=not on_disk))
                continue
            self._others[name] = label
            action = QAction(label.replace("&", "&&"), menu)
            action.setData(name)
            action.setToolTip(tip)
            action.setCheckable(True)
            self._group.addAction(action)
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        self._more.setVisible(bool(self._others))
        self._depths.show_segments(segments, current)
        self._depths.setMinimumWidth(self._depths.sizeHint().width())
        self.set_current(current)

    def set_current(self, name: str) -> None:
        """Marks a network as the one in use, without emitting."""
        self._depths.set_current(name)
        for action in self._group.actions():
            action.setChecked(action.data() == name)
        other = self._others.get(name)
        self._more.show_choice(other or self.tr("More"))
        theme.dress(self._more, "role", "chosen" if other else "")

    def _triggered(self, action: QAction) -> None:
        self._pick(str(action.data()))

    def _pick(self, name: str) -> None:
        self.set_current(name)
        self.picked.emit(name)
