"""What computes, and how exactly."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QAction, QActionGroup, QHBoxLayout, QWidget

from app.widgets._controls import MenuButton, menu_text

Choice = tuple[str, str, str]
"""Id, text and detail of a device: ("cpu", "CPU", "OpenVINO, Intel Xeon")."""


class DevicePicker(QWidget):
    """A menu of the devices of this computer, and of the two precisions."""

    picked = pyqtSignal(str)
    precision_picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("devicePicker")
        self.setAccessibleName(self.tr("Device"))
        self._button = MenuButton(limit_px=160)
        self._button.setAccessibleName(self.tr("Device and precision"))
        self._button.setToolTip(self.tr("What computes, and how exactly"))
        self.setFocusProxy(self._button)
        self._devices, self._precisions = QActionGroup(self), QActionGroup(self)
        self._devices.triggered.connect(self._device_triggered)
        self._precisions.triggered.connect(self._precision_triggered)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)

    def show_devices(self, devices: Sequence[Choice], current: str, precision: str) -> None:
        """Devices as (id, text, detail), the id in use, and "exact" or "fast"."""
        menu = self._button.menu()
        menu.clear()
        for group in (self._devices, self._precisions):
            for action in group.actions():
                group.removeAction(action)
        for key, text, detail in devices:
            self._add(self._devices, key, text, detail, key == current)
        menu.addSeparator()
        self._add(self._precisions, "exact", self.tr("Exact"), self.tr("32-bit floats"), precision == "exact")
        detail = self.tr("16-bit where the device has it")
        self._add(self._precisions, "fast", self.tr("Fast"), detail, precision == "fast")
        chosen = next((text for key, text, _ in devices if key == current), self.tr("Auto"))
        self._button.show_choice(chosen if precision == "exact" else self.tr("{0}, fast").format(chosen))

    def _add(self, group: QActionGroup, key: str, text: str, detail: str, checked: bool) -> None:
        action = QAction(menu_text(text, detail), self._button.menu())
        action.setData(key)
        action.setCheckable(True)
        action.setChecked(checked)
        group.addAction(action)
        self._button.menu().addAction(action)

    def _device_triggered(self, action: QAction) -> None:
        self.picked.emit(str(action.data()))

    def _precision_triggered(self, action: QAction) -> None:
        self.precision_picked.emit(str(action.data()))
