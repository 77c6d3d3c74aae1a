"""What to train: data, network, where it starts from, how long, its name; the rest is folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSignalBlocker, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAction,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import i18n, theme
from app.widgets._controls import Choices, MenuButton, menu_text
from app.widgets._segmented import Segment, Segmented
from app.widgets._stacks import row, stack, wrapped
from app.widgets._training import DataState, Defaults, WeightsOption, Wish
from app.widgets._training_advanced import Advanced
from app.widgets._training_budget import BudgetRow
from app.widgets._training_data import DataRow

MARGIN = 20
NATIVE = QKeySequence.NativeText


class TrainingForm(QWidget):
    """`changed` whenever the wish is another one; the answers come by show_defaults, show_name and show_estimate."""

    changed = pyqtSignal()
    start_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingForm")
        self.setAccessibleName(self.tr("What to train"))
        self._weights: tuple[WeightsOption, ...] = ()
        self._network, self._start_from, self._listed = "resnet18", "", set[str]()
        self._name_is_own = False
        self._build_parts()
        self._lay_out()
        self._connect()
        self.show_weights(())
        self.show_problem("", can_start=False)
        self.show_estimate("")

    def _build_parts(self) -> None:
        self.data = DataRow()
        self._depths = Segmented(self.tr("Network"))
        self._depths.setObjectName("trainingNetwork")
        self._more = MenuButton(limit_px=84)
        self._more.setObjectName("trainingMoreNetworks")
        self._more.setAccessibleName(self.tr("More networks"))
        self._more.setToolTip(self.tr("The paper’s networks for CIFAR-10, plain ones, ResNeXt and Wide ResNet"))
        self._from = MenuButton(limit_px=400)
        self._from.setObjectName("trainingStartFrom")
        self._from.setAccessibleName(self.tr("Start from"))
        self._from.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._freeze = Choices([("", self.tr("Train every stage"))], self.tr("Freeze"))
        self._freeze.setObjectName("trainingFreeze")
        self._freeze.setToolTip(self.tr("Stages that are frozen stay as the weights have them"))
        self._budget = BudgetRow()
        self._name = QLineEdit()
        self._name.setObjectName("trainingName")
        self._name.setAccessibleName(self.tr("Name of the run"))
        self._name.setMaxLength(60)
        self._name.setToolTip(self.tr("The weights become NETWORK.NAME"))
        self.advanced = Advanced()
        self._estimate, self._problem = wrapped("trainingEstimate", "muted"), wrapped("trainingProblem", "error")
        self.start = QPushButton(self.tr("Start training"))
        self.start.setObjectName("trainingStart")
        self.start.setProperty("role", "primary")
        self.start.setAutoDefault(False)
        self.start.setShortcut(QKeySequence("Ctrl+Return"))
        self.start.setToolTip(self.tr("Start training ({0})").format(self.start.shortcut().toString(NATIVE)))

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Train a network"))
        heading.setProperty("role", "display")
        heading.setStyleSheet("font-size: 17px;")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addSpacing(14)
        network = row(self._depths, self._more)
        for title, part, buddy in (
            (self.tr("&Data"), self.data, self.data.button),
            (self.tr("N&etwork"), network, self._depths),
            (self.tr("Start &from"), stack(self._from, self._freeze), self._from),
            (self.tr("&Budget"), self._budget, self._budget.presets),
            (self.tr("&Name of the run"), self._name, self._name),
        ):
            label = QLabel(title)
            label.setProperty("role", "caption")
            label.setBuddy(buddy)
            column.addWidget(label)
            column.addSpacing(6)
            column.addWidget(part)
            column.addSpacing(16)
        column.addWidget(self.advanced)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.NoFocus)
        scroll.setWidget(inside)
        self._scroll = scroll
        self._card = QFrame()
        self._card.setProperty("role", "card")
        card = QVBoxLayout(self._card)
        card.setContentsMargins(14, 12, 14, 12)
        card.addWidget(self._estimate)
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, 8, MARGIN, MARGIN)
        foot.setSpacing(12)
        for part in (self._card, self._problem, self.start):
            foot.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._depths.picked.connect(self._pick_network)
        self._budget.changed.connect(self._tell)
        self._freeze.currentIndexChanged.connect(self._tell)
        self._name.textEdited.connect(self._edit_name)
        self.advanced.changed.connect(self._tell)
        self.advanced.unfolded.connect(self._reveal_advanced)
        self.start.clicked.connect(self.start_requested)

    # -- in ------------------------------------------------------------------------------------------------------------

    def show_data(self, state: DataState) -> None:
        self.data.show_state(state)

    def show_networks(self, depths: Sequence[tuple[str, str]], groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """The depths side by side (network, label), the others in a menu, by groups with a heading."""
        self._listed = {network for network, _ in depths}
        self._depths.show_segments([Segment(network, label, network) for network, label in depths], self._network)
        self._depths.setMinimumWidth(self._depths.sizeHint().width())
        menu = self._more.menu()
        menu.clear()
        for title, networks in groups:
            menu.addSeparator()
            menu.addAction(title).setEnabled(False)  # styled menus show no titles of sections
            for network in networks:
                menu.addAction(network, lambda network=network: self._pick_network(network))
        self._show_network()

    def show_weights(self, options: Sequence[WeightsOption]) -> None:
        """What is on this disk to start from."""
        self._weights = tuple(options)
        menu = self._from.menu()
        menu.clear()
        for key, text, detail in (
            ("", self.tr("Scratch"), self.tr("random parameters")),
            *((option.id, option.id, option.detail) for option in options),
        ):
            action = QAction(menu_text(text, detail), menu)
            action.triggered.connect(lambda _=False, key=key: self._pick_start(key))
            menu.addAction(action)
        if self._start_from not in {option.id for option in options}:
            self._start_from = ""
        self._show_start()

    def show_stages(self, stages: Sequence[str]) -> None:
        """Those of the network that can be frozen, from the first on."""
        chosen = self._freeze.key()
        with QSignalBlocker(self._freeze):
            self._freeze.clear()
            self._freeze.addItem(self.tr("Train every stage"), "")
            for stage in stages:
                text = self.tr("Freeze conv1") if stage == "conv1" else self.tr("Freeze up to {0}").format(stage)
                self._freeze.addItem(text, stage)
            self._freeze.setCurrentIndex(max(0, self._freeze.findData(chosen)))

    def show_defaults(self, suggested: Defaults) -> None:
        self._budget.best_epochs = suggested.epochs
        self.advanced.show_defaults(suggested.values)

    def show_name(self, name: str) -> None:
        """A name for the run that is free; one that the user wrote stays."""
        if not self._name_is_own:
            self._name.setText(name)
            self._name.setCursorPosition(0)

    def take_over(self, other: TrainingForm) -> None:
        """What was asked for in another form, which may be in another language."""
        self._network, self._start_from = other._network, other._start_from
        self._show_network()
        self._show_start()
        self._tell()  # the stages and defaults of this network come
        self._freeze.set_key(other._freeze.key())
        self._budget.take_over(other._budget)
        self.advanced.take_over(other.advanced)
        if other._name_is_own:
            self._name.setText(other._name.text())
            self._name_is_own = True
        self._tell()

    def forget_name(self) -> None:
        """The name is used up: propose the next one."""
        self._name_is_own = False

    def show_estimate(self, text: str) -> None:
        """How long it will take, "" where nobody knows."""
        self._estimate.setText(text)
        self._card.setVisible(bool(text))

    def show_problem(self, sentence: str, *, can_start: bool = True, bad: bool = False) -> None:
        """Why it can't be started as it is (`bad`), or not now; "" where nothing is wrong."""
        self._problem.setText(i18n.sentence(sentence))
        self._problem.setVisible(bool(sentence))
        theme.dress(self._problem, "role", "error" if bad else "caption")
        self.start.setEnabled(can_start)

    # -- out -----------------------------------------------------------------------------------------------------------

    def wish(self) -> Wish:
        epochs, minutes = self._budget.budget()
        freeze = self._freeze.key() if self._start_from else ""
        return Wish(
            self._network, self._start_from or None, freeze or None, epochs, minutes, self._name.text().strip(),
            self.advanced.changes(),
        )  # fmt: skip

    # -- inside --------------------------------------------------------------------------------------------------------

    def _tell(self, *_: object) -> None:
        self.changed.emit()

    def _reveal_advanced(self) -> None:
        QTimer.singleShot(0, self._scroll_to_advanced)  # when it has its place

    def _scroll_to_advanced(self) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(min(bar.maximum(), self.advanced.y() - 8))

    def _pick_network(self, network: str) -> None:
        self._network = network
        if not any(option.id == self._start_from and option.network == network for option in self._weights):
            self._start_from = ""
        self._show_network()
        self._show_start()
        self._tell()

    def _show_network(self) -> None:
        listed = self._network in self._listed
        self._depths.set_current(self._network if listed else "")
        self._more.show_choice(self.tr("20 … 110") if listed else self._network)
        theme.dress(self._more, "role", "" if listed else "chosen")

    def _pick_start(self, weights_id: str) -> None:
        self._start_from = weights_id
        self._network = next((o.network for o in self._weights if o.id == weights_id), self._network)
        self._show_network()
        self._show_start()
        self._tell()

    def _show_start(self) -> None:
        self._from.show_choice(self._start_from or self.tr("Scratch"))
        self.advanced.settle("stem", settled=bool(self._start_from))
        self._freeze.setVisible(bool(self._start_from))

    def _edit_name(self, text: str) -> None:
        self._name_is_own = bool(text.strip())
        self._tell()
