"""The window: what stands where, and which signal reaches which piece. No logic of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import QEvent, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PyQt5.QtWidgets import QMainWindow, QStackedWidget

from app import actions, geometry, i18n, keyboard, motion, opening, theme
from app.ablation import ChannelWorth
from app.application import the_application
from app.class_evidence import ClassEvidence
from app.commander import Commander
from app.degradation.degradation import Degradation
from app.drag_out import DragOut
from app.explorer import Explorer
from app.instruments.base import Bench
from app.instruments.workbench import Workbench
from app.items import Item, shown_caption
from app.layouts import as_bytes, as_text, column
from app.memory import Memory
from app.predictions import Predictions
from app.probe import Probe
from app.results import Results
from app.session import Session
from app.settings import Settings
from app.tasks import TaskRunner
from app.texts import network_text, run_text
from app.toolbar import Toolbar
from app.training.training import Training
from app.undo import Undo
from app.widgets.filmstrip import FilmItem, Filmstrip
from app.widgets.image_view import ImageView
from app.widgets.network_input import NetworkInput
from app.widgets.prediction_list import PredictionList
from app.widgets.splitter import Splitter
from app.widgets.status_line import StatusLine
from app.widgets.welcome import Welcome


class MainWindow(QMainWindow):
    """Shows a session and passes on what the user asks for."""

    closing = pyqtSignal()
    settings_changed = pyqtSignal(object)  # Settings chosen in the dialog: what reaches beyond the window
    first_painted = pyqtSignal()  # once: the window is on screen, so heavy work may start

    def __init__(self, session: Session, tasks: TaskRunner, settings: Settings, undo: Undo | None = None) -> None:
        """`undo` of a window whose place this one takes."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAcceptDrops(True)
        self.session, self.memory = session, Memory(settings, self)
        self._was_painted = False

        self.image_view, self.network_input, self.predictions = ImageView(), NetworkInput(), PredictionList()
        self.filmstrip, self.status_line, self.welcome = Filmstrip(), StatusLine(), Welcome()
        self.explorer = Explorer(session, settings, self)
        self.bench = Bench(session, tasks, session.classifier, lambda: self.explorer.grid.colours, self)
        self.channel_worth = ChannelWorth(self.bench, self.explorer.detail, self)
        self.class_evidence = ClassEvidence(self.bench, self.explorer.grid, self)
        self.results, self.undo = Results(self, session, tasks), undo or Undo()
        self.undo.setParent(self)
        self.training = Training(self, session, tasks, self.memory.datasets)
        self.degradation = Degradation(self, tasks, self.training)
        self.probe = Probe(
            self.bench, self.image_view, self.network_input, self.explorer.strip, self.explorer.grid,
            self.explorer.detail, self.status_line.show_place, self,
        )  # fmt: skip
        self._answers = Predictions(
            session, self.predictions, lambda: self.settings.top_k, self.memory.list_classes, self
        )
        self.commander = Commander(self, session, self.explorer)
        self.actions_by_id = actions.build(self, self.commander.handlers(), theme.icon)
        self.toolbar = Toolbar(session, tasks, self.actions_by_id, self)
        self._recent()
        self._splitters = self._compose()
        self._connect()
        self._restore()
        self._network_changed()
        self._items_changed()
        self._current_changed()

    # -- what stands where ---------------------------------------------------------------------------------------------

    def _compose(self) -> tuple[Splitter, ...]:
        left = column(self.image_view, self.network_input, self.predictions, margin=16, spacing=16, stretch=3)
        left.setObjectName("leftColumn")
        left.setMinimumWidth(240)
        grid, detail = self.explorer.grid, self.explorer.detail
        lower = Splitter("gridSplitter", grid, detail, (860, 300), 16, self.tr("Width of the channel’s details"))
        self.workbench = Workbench(self.bench, lower, self)
        right = column(self.explorer.strip, self.workbench.bar, self.workbench.pages, margin=16, spacing=12, stretch=2)
        across = Splitter("mainSplitter", left, right, (272, 1168), 1, self.tr("Width of the photo’s column"))
        self.content = column(across, self.filmstrip, stretch=0)
        self.channel_worth.serve_space(self.content)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.content)
        self.setCentralWidget(column(self.toolbar, self.pages, self.status_line, stretch=1))
        keyboard.in_order(
            self.toolbar, self.welcome, left, across.line, self.explorer.strip, self.workbench.bar, grid, lower.line,
            detail, self.filmstrip, self.status_line,
        )  # fmt: skip
        return across, lower

    def _recent(self) -> None:
        """Submenus of what was used last."""
        menus, by_id = self.toolbar.menus, self.actions_by_id
        self.memory.files_menu(menus["File"], by_id["paste"], lambda path: self.commander.open_paths([Path(path)]))
        self.memory.weights_menu(menus["Network"], by_id["download"], self.session.library.choose)

    def _connect(self) -> None:
        session, library = self.session, self.session.library
        session.items_changed.connect(self._items_changed)
        session.item_changed.connect(self._item_changed)
        session.current_changed.connect(self._current_changed)
        session.analysis_changed.connect(self._analysis_changed)
        session.failed.connect(self._image_failed)
        session.busy_changed.connect(self._busy_changed)
        session.notice.connect(self.status_line.show_notice)
        library.in_use_changed.connect(self._network_changed)
        library.failed.connect(self.status_line.show_notice)
        library.exported.connect(self.status_line.show_notice)
        library.imported.connect(self.status_line.show_notice)
        self.status_line.details_requested.connect(self.commander.show_details)
        self.filmstrip.selected.connect(session.select)
        self.filmstrip.remove_requested.connect(self.commander.remove)
        self.explorer.grid.display_changed.connect(self.workbench.refresh_soon)
        self.workbench.changed.connect(self._instrument_changed)
        self.explorer.caught_up.connect(self.class_evidence.offer)
        self.workbench.export_requested.connect(self.commander.taking_along.export)
        self.workbench.link_requested.connect(self.commander.taking_along.copy_link)
        self.explorer.detail.patches_requested.connect(lambda: self.workbench.show("patches"))
        DragOut(self.explorer.detail.map_view, self.commander.copying.dragged_map, self)
        self.bench.overlay_changed.connect(self.image_view.show_overlay)
        self.workbench.bar.reset_requested.connect(self.commander.as_trained)
        self.toolbar.remove_requested.connect(self.commander.remove_weights)
        for name, may in (("undo", self.undo.stack.canUndoChanged), ("redo", self.undo.stack.canRedoChanged)):
            self.actions_by_id[name].setEnabled(False)
            may.connect(self.actions_by_id[name].setEnabled)
        self.welcome.open_requested.connect(self.commander.open_files)
        self.welcome.sample_chosen.connect(self.commander.open_sample)
        self.explorer.grid.export_requested.connect(self.commander.maps_export.export_maps)
        self.explorer.detail.export_requested.connect(self.commander.maps_export.export_channel)

    @property
    def settings(self) -> Settings:
        return self.memory.settings

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _items_changed(self) -> None:
        self.filmstrip.show_items([self._film(item) for item in self.session.items.values()])
        self.filmstrip.set_current(self.session.current or "")
        page = self.content if self.session.items else self.welcome
        if page is not self.pages.currentWidget() or not self.pages.isVisible():
            self.pages.setCurrentWidget(page)
            (self.explorer.grid if page is self.content else self.welcome).setFocus()

    @property
    def settled(self) -> bool:
        """Whether everything there is to show is drawn, as far as it is computed."""
        return self.explorer.settled and self.workbench.settled

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.WindowActivate:
            theme.apply(the_application(), self.settings.theme)  # the system's may have changed meanwhile
            motion.apply(the_application(), self.settings.motion)
        return bool(super().event(event))

    def _item_changed(self, item: Item) -> None:
        self.filmstrip.update_item(self._film(item))

    def _film(self, item: Item) -> FilmItem:
        said = shown_caption(item, self.session.library.all)
        return FilmItem(item.key, item.name, item.thumbnail, said, item.state)

    def _current_changed(self) -> None:
        item = self.session.items.get(self.session.current or "")
        self.filmstrip.set_current(self.session.current or "")
        self.setWindowTitle(f"{item.name} – ResNet Lens" if item else "ResNet Lens")

    def _analysis_changed(self) -> None:
        analysis = self.session.analysis
        if analysis is None:
            for view in (self.image_view, self.network_input, self.predictions):
                view.clear()
            self.status_line.show_run("")
            return
        self.image_view.show_picture(analysis.picture.rgb, analysis.crop_box)
        side = analysis.seen.shape[0]
        seen = self.tr("{side} × {side} px, centre crop").format(side=side)
        self.network_input.show_input(analysis.seen, seen)
        self._answers.show()
        self.status_line.show_run(i18n.sentence(run_text(analysis)))

    def _busy_changed(self, busy: bool) -> None:
        self.status_line.show_busy(busy)
        if busy:
            self.predictions.show_busy()

    def _instrument_changed(self, key: str) -> None:
        self.actions_by_id[f"instrument_{key}"].setChecked(True)
        self.explorer.look_at_maps(self.workbench.instrument is None)

    def _image_failed(self, sentence: str) -> None:
        self.image_view.show_message(self.tr("This picture can’t be shown"), i18n.sentence(sentence))
        self.predictions.clear(self.tr("No predictions for this picture"))

    def _network_changed(self) -> None:
        self.memory.used(self.session.library.in_use.id)
        self.status_line.show_network(i18n.sentence(network_text(self.session.library.in_use)))

    # -- Qt ------------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if opening.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.CopyAction)  # whatever was proposed: nothing is moved away from where it was
        event.accept()
        self.commander.open_mime(event.mimeData(), self.tr("Dropped picture"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.training.ask_on_close():
            event.ignore()
            return
        self.training.leave()
        self.closing.emit()
        super().closeEvent(event)

    # -- remembered between two starts ---------------------------------------------------------------------------------

    def set_theme(self, name: theme.Choice) -> None:
        self.memory.settings = replace(self.settings, theme=name)
        theme.apply(the_application(), name)

    def apply_settings(self, settings: Settings) -> None:
        """What the settings dialog says counts from now on."""
        before, self.memory.settings = self.remembered(), settings
        motion.apply(the_application(), settings.motion)
        if settings.theme != before.theme:
            self.actions_by_id[f"theme_{settings.theme}"].trigger()
        grid = self.explorer.grid
        grid.ranking, grid.scale, grid.colours = settings.ranking, settings.scale, settings.colours
        self.toolbar.run_on(settings.device, settings.precision)
        self.settings_changed.emit(settings)
        if self.session.analysis is not None and settings != before:
            self.session.analysis_changed.emit()

    def remembered(self) -> Settings:
        """The settings as they are now, with the window's geometry and the choices made in it."""
        grid = self.explorer.grid
        return replace(
            self.settings,
            window_geometry=as_text(self.saveGeometry()),
            splitters=self.layout_state(),
            dialogs=geometry.of_dialogs(),
            ranking=grid.ranking,
            scale=grid.scale,
            colours=grid.colours,
            device=self.session.device,
            precision=self.session.precision,
            weights=self.session.library.in_use.id,
            output=self.session.output,
            channel=self.session.channel,
        )

    def _restore(self) -> None:
        self.actions_by_id[f"theme_{self.settings.theme}"].setChecked(True)
        self.resize(QSize(1440, 900).boundedTo(the_application().primaryScreen().availableSize()))
        if self.settings.window_geometry:
            geometry.restore(self, self.settings.window_geometry)
        geometry.start_with(self.settings.dialogs)
        self.restore_layout(self.settings.splitters)

    def layout_state(self) -> dict[str, str]:
        """Where the splitters are, by their names."""
        return {each.objectName(): as_text(each.saveState()) for each in self._splitters}

    def restore_layout(self, states: Mapping[str, str]) -> None:
        for each in self._splitters:
            if state := states.get(each.objectName()):
                each.restoreState(as_bytes(state))
