"""The toolbar: what to open, which network, which weights, which device. Wires its pickers to library and session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtWidgets import (
    QAction,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from app import asking, i18n, theme
from app.actions import GROUPS, in_group
from app.saving import save_as
from app.session import Session
from app.tasks import Task, TaskRunner
from app.widgets.device_picker import DevicePicker
from app.widgets.network_picker import NetworkPicker
from app.widgets.weights_picker import WeightsChoice, WeightsPicker
from resnet_core.networks import DEPTHS
from resnet_core.weights.catalog import WeightsInfo

if TYPE_CHECKING:
    from resnet_core.engines.devices import Device


class Toolbar(QFrame):
    remove_requested = pyqtSignal(str)  # weights by id; the user has said yes

    def __init__(self, session: Session, tasks: TaskRunner, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAccessibleName(self.tr("Toolbar"))
        self._session, self._library, self._tasks = session, session.library, tasks
        self.networks, self.weights, self.devices = NetworkPicker(), WeightsPicker(), DevicePicker()
        self.found_devices: tuple[Device, ...] = ()
        self.menus: dict[str, QMenu] = {}  # by group of actions

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 16, 10)
        row.setSpacing(8)
        for action_id, text in (
            ("open", self.tr("Open…")),
            ("open_folder", self.tr("Folder…")),
            ("paste", self.tr("Paste")),
        ):
            row.addWidget(_button(actions[action_id], text))
        for text, picker in (
            (self.tr("Network"), self.networks),
            (self.tr("Weights"), self.weights),
            (self.tr("Device"), self.devices),
        ):
            label = QLabel(text)
            label.setProperty("role", "muted")
            row.addSpacing(8)
            row.addWidget(label)
            row.addWidget(picker)
        row.addStretch(1)
        train = _button(actions["train"], self.tr("Train…"))
        train.setProperty("role", "primary")
        row.addWidget(train)
        row.addWidget(self._menu_button(actions))

        library = self._library
        library.changed.connect(self._show)
        library.progressed.connect(self.weights.show_progress)
        library.download_failed.connect(self.weights.show_error)
        library.no_trash.connect(self._ask_to_delete)
        self.networks.picked.connect(library.choose_network)
        self.weights.picked.connect(library.choose)
        self.weights.download_requested.connect(library.download)
        self.weights.cancel_requested.connect(library.cancel)
        self.weights.import_requested.connect(self.import_weights)
        self.weights.export_requested.connect(self.export_weights)
        self.weights.remove_requested.connect(self.remove_weights)
        self.devices.picked.connect(self._pick_device)
        self.devices.precision_picked.connect(self._pick_precision)
        self._show()
        self.show_devices(())

    def _menu_button(self, actions: dict[str, QAction]) -> QToolButton:
        """Every action there is, by group: what has no button of its own, and the keys of what has."""
        button = QToolButton()
        button.setObjectName("menuButton")
        button.setIcon(theme.icon("more", "muted"))
        button.setIconSize(QSize(20, 20))
        button.setProperty("menu", "none")
        button.setPopupMode(QToolButton.InstantPopup)
        button.setAccessibleName(self.tr("Menu"))
        button.setToolTip(self.tr("All actions, with their keys"))
        menu = QMenu(button)
        for group in GROUPS:
            part = self.menus[group] = menu.addMenu(i18n.tr(group))
            for spec in in_group(group):
                if spec.separated:
                    part.addSeparator()
                part.addAction(actions[spec.id])
        button.setMenu(menu)
        return button

    # -- networks and weights ------------------------------------------------------------------------------------------

    def _show(self) -> None:
        library, chosen = self._library, self._library.chosen
        known = library.networks()
        names = [*DEPTHS, *(name for name in known if name not in DEPTHS)]
        on_disk = {info.spec.network for info in library.all if info.on_disk}
        self.networks.show_networks(
            [(name, _short(name), _network_tip(name, name in on_disk), name in on_disk) for name in names],
            chosen.spec.network,
        )
        choices = [_choice(info) for info in library.of_network(chosen.spec.network)]
        self.weights.show_choices(choices, chosen.id)

    def download_chosen(self) -> None:
        if not self._library.chosen.on_disk:
            self._library.download(self._library.chosen.id)

    def import_weights(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import weights"), "", self.tr("Weights (*.safetensors *.pth *.pt *.bin);;All files (*)")
        )
        if path:
            self._library.import_files([Path(path)])

    def export_weights(self, weights_id: str) -> None:
        filters = {"safetensors": "safetensors (*.safetensors)", "pth": self.tr("PyTorch, torchvision (*.pth)")}
        path = save_as(self, self.tr("Export weights"), Path(weights_id), filters, first="safetensors")
        if path is not None:
            self._library.export(weights_id, path)

    def remove_weights(self, weights_id: str) -> None:
        if asking.agreed(self, self.tr("Put {id} into the trash?").format(id=weights_id)):
            self.remove_requested.emit(weights_id)

    def _ask_to_delete(self, weights_id: str, file: str) -> None:
        text = self.tr("{0} can’t be put into the trash. Delete it for good?").format(file)
        if asking.agreed(self, text, for_good=True):
            self._library.remove(weights_id, for_good=True)

    # -- devices -------------------------------------------------------------------------------------------------------

    def find_devices(self) -> None:
        """Ask this computer, off the GUI thread, what it can run networks on."""

        def work(task: Task) -> tuple[Device, ...]:
            from resnet_core.engines.devices import list_devices

            found = list_devices()
            if any(device.engine == "torch" for device in found):  # only where there is a hint: torch takes seconds
                found = list_devices(probe_torch=True)
            return found

        self._tasks.start("devices", work, self.show_devices, self._session.notice.emit)

    def show_devices(self, devices: tuple[Device, ...]) -> None:
        """What this computer has, and which device is chosen."""
        self.found_devices = devices
        auto = self.tr("Auto · {name}").format(name=devices[0].id.upper()) if devices else self.tr("Auto")
        rows = [("auto", auto, self.tr("The fastest that works"))]
        rows += [(device.id, device.id.upper(), f"{device.name} · {device.engine}") for device in devices]
        self.devices.show_devices(rows, self._session.device, self._session.precision)

    def run_on(self, device: str, precision: str) -> None:
        self._session.run_on(device, "fast" if precision == "fast" else "exact")
        self.show_devices(self.found_devices)

    def device_choices(self) -> list[tuple[str, str]]:
        """What this computer has besides "auto": (id, text)."""
        return [(device.id, f"{device.id.upper()} · {device.name}") for device in self.found_devices]

    def _pick_device(self, device: str) -> None:
        self.run_on(device, self._session.precision)

    def _pick_precision(self, precision: str) -> None:
        self.run_on(self._session.device, precision)


def _button(action: QAction, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(action.objectName().replace("action_", "") + "Button")
    button.setToolTip(action.toolTip())
    button.setAutoDefault(False)
    button.clicked.connect(action.trigger)
    return button


def _short(network: str) -> str:
    return network.removeprefix("resnet") if network in DEPTHS else network


def _network_tip(network: str, on_disk: bool) -> str:
    return network if on_disk else i18n.tr("{0}: to download").format(network)


def _choice(info: WeightsInfo) -> WeightsChoice:
    parts = []
    if info.accuracy is not None:
        parts.append(i18n.tr("{0} % on {1}").format(f"{info.accuracy * 100:.1f}", info.dataset))
    if info.size_bytes:
        parts.append(f"{info.size_bytes / 1e6:.0f} MB")
    removable = info.on_disk and info.origin != "bundled"
    return WeightsChoice(info.id, i18n.sentence(info.title), " · ".join(parts), info.on_disk, removable)
