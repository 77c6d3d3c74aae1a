"""The middle and right of the window: stage strip, channel grid and channel detail, kept in step with the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from app.session import Session
from app.settings import Settings
from app.texts import change_text
from app.widgets.channel_detail import ChannelDetail
from app.widgets.feature_grid import FeatureGrid
from app.widgets.stage_strip import StageStrip
from resnet_core.blocks import stage_of
from resnet_core.errors import LensError
from resnet_core.networks import describe

if TYPE_CHECKING:  # numpy, and what draws with it, is imported when there are maps: the window is there sooner without
    import numpy as np

    from resnet_core.analysis import Analysis
    from resnet_core.feature_maps import Provenance
    from resnet_core.weights.catalog import WeightsInfo

MINIATURE_CHANNELS = 8
AFTER_A_CHANGE_MS = 30  # the answer first: who moves a slider looks at that, and asks for the next one at once
SHOWN_CLASSES = 10


class Explorer(QObject):
    """Shows the current analysis stage by stage; everything here is pure GUI, nothing is computed by the network."""

    caught_up = pyqtSignal()  # the grid shows other maps than before, which were known to others already

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.strip, self.grid, self.detail = StageStrip(), FeatureGrid(), ChannelDetail()
        self.grid.ranking, self.grid.scale, self.grid.colours = settings.ranking, settings.scale, settings.colours
        self._described: object = None
        self._waiting: list[str] = []  # stages whose cards show the picture before
        self._looked_at, self._behind = True, False  # whether the maps are, and whether they show something older
        self._drawn: dict[str, tuple[np.ndarray, str, str]] = {}  # what each card shows: maps, ranking, colours
        self._soon = QTimer(self)
        self._soon.timeout.connect(self._draw_next_card)

        session.library.in_use_changed.connect(self._network_changed)
        session.analysis_changed.connect(self._analysis_changed)
        session.output_changed.connect(self._output_changed)
        session.channel_changed.connect(self._channel_changed)
        self.strip.selected.connect(self.show_output)
        self.grid.part_selected.connect(self.show_output)
        self.grid.part_pointed.connect(session.complete)
        self.grid.channel_selected.connect(session.look_at_channel)
        self.grid.display_changed.connect(self._display_changed)
        self._network_changed()

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def analysis(self) -> Analysis | None:
        return self._session.analysis

    def maps(self) -> np.ndarray | None:
        """The maps looked at, (C, H, W) float32; None while they are not computed."""
        return None if self.analysis is None else self.analysis.activations.get(self._session.output)

    @property
    def signed(self) -> bool:
        """Whether the maps looked at can be negative: those from before a ReLU."""
        return self.analysis is not None and self.analysis.info.spec.is_signed(self._session.output)

    def look_at_maps(self, looked_at: bool) -> None:
        """Whether the grid and the channel are looked at, or an instrument in their place."""
        self._looked_at = looked_at
        if looked_at:
            self._catch_up()

    def _catch_up(self) -> None:
        if self._behind:
            looked_at, self._looked_at = self._looked_at, True
            self._output_changed()
            self._looked_at = looked_at
            self.caught_up.emit()

    def show_output(self, name: str) -> None:
        self._session.look_at(name)

    def step_stage(self, by: int) -> None:
        """The next or the previous stage of the network."""
        if self.analysis is not None:
            names, here = self.analysis.info.spec.stage_names, stage_of(self._session.output)
            place = names.index(here) + by if here in names else -1  # not there: the network was changed just now
            if 0 <= place < len(names):
                self._session.look_at(names[place])

    def _analysis_changed(self) -> None:
        analysis = self.analysis
        if analysis is None:
            self._waiting, self._behind = [], False
            self._drawn.clear()
            self.strip.clear()
            self.grid.show_parts([], "")
            self.grid.clear(self.tr("No picture, no maps"))
            self.detail.clear()
            return
        spec = analysis.info.spec
        side = analysis.seen.shape[0]
        self._describe(analysis.info, side)
        self.strip.show_logits([prediction.probability for prediction in analysis.top(SHOWN_CLASSES)])
        self._output_changed()
        # The cards one by one, an event each: together they would hold up the window for as long as a frame or two.
        self._waiting = [name for name in spec.stage_names if not self._is_drawn(name)]
        self._soon.start(0 if analysis.intervention is None else AFTER_A_CHANGE_MS)

    def _network_changed(self) -> None:
        """Before any picture is there: what the network is made of, at the size it will see."""
        if self.analysis is None:
            info = self._session.library.in_use
            self._describe(info, info.preprocess.crop)

    def _describe(self, info: WeightsInfo, side_px: int) -> None:
        if self._described != (info.id, side_px):
            self._described = (info.id, side_px)
            self._drawn.clear()
            self.strip.show_network(describe(info.spec, side_px, side_px), info.dataset)

    def _draw_next_card(self) -> None:
        if self.analysis is None or not self._waiting:
            self._soon.stop()
            return
        if self._session.changing:
            self._soon.setInterval(AFTER_A_CHANGE_MS)
            return
        self._soon.setInterval(0)
        name = self._waiting.pop(0)
        maps = self.analysis.activations[name]
        self._drawn[name] = (maps, self.grid.ranking, self.grid.colours)
        self.strip.show_miniatures({name: self._miniature(maps)})

    def _is_drawn(self, name: str) -> bool:
        """Whether the card shows this very map already: a block more was computed, and the stages are as they were."""
        maps, ranking, colours = self._drawn.get(name, (None, "", ""))
        now = None if self.analysis is None else self.analysis.activations[name]
        return maps is now and (ranking, colours) == (self.grid.ranking, self.grid.colours)

    @property
    def settled(self) -> bool:
        """Whether everything there is to show is drawn."""
        return not self._waiting

    def _miniature(self, maps: np.ndarray) -> np.ndarray:
        """The best channels of a stage on one scale, (N, H, W, 3) uint8, a pixel a unit."""
        import numpy as np

        from resnet_core import feature_maps

        channels = feature_maps.best(maps, self.grid.ranking, MINIATURE_CHANNELS)
        shared = feature_maps.scale_range(maps, None, "stage", signed=False)
        return np.stack([feature_maps.colour(maps[channel], shared, self.grid.colours) for channel in channels])

    def _output_changed(self) -> None:
        name, maps = self._session.output, self.maps()
        self.strip.set_current(name)
        channel = self._session.channel
        self._behind = not self._looked_at and maps is not None and channel is not None and channel < len(maps)
        if self._behind:
            return  # another instrument stands before them: they cost nobody any time
        self._show_parts(name)
        if maps is None:
            self.grid.clear(self.tr("Computing {name} …").format(name=name) if self.analysis else "")
            self.detail.clear()
            return
        plain = self._session.plain
        self.grid.show_maps(maps, name, self.signed, trained=None if plain is None else plain.activations.get(name))
        if self._session.channel is None or self._session.channel >= len(maps):
            self._session.channel = self.grid.current_channel
        self._channel_changed()

    def _show_parts(self, name: str) -> None:
        """Offer the blocks of the stage looked at and, of a block, its two branches."""
        if self.analysis is None:
            self.grid.show_parts([], "")
            return
        stage_name, *rest = name.split(".")
        stages = {stage.name: stage for stage in self.analysis.info.spec.stages}
        parts: list[tuple[str, str]] = []
        if stage_name in stages:
            parts.append((stage_name, self.tr("Stage")))
            for block in stages[stage_name].blocks:
                parts.append((block.name, block.name.split(".")[1]))
                if rest and block.name == f"{stage_name}.{rest[0]}" and block.residual:
                    parts.append((f"{block.name}.residual", "F(x)"))
                    parts.append((f"{block.name}.shortcut", self.tr("shortcut")))
        self.grid.show_parts(parts, name)

    def _channel_changed(self) -> None:
        maps, channel, analysis = self.maps(), self._session.channel, self.analysis
        if maps is None or channel is None or analysis is None or self._behind:
            return
        self.grid.set_current_channel(channel)
        name = self._session.output
        scale = self.grid.range_of(channel)
        one = maps[channel]
        field = analysis.info.spec.receptive_field(name)
        facts = [
            (self.tr("Mean"), f"{one.mean():.3g}"),
            (self.tr("Maximum"), f"{one.max():.3g}"),
            (self.tr("Above 0"), f"{(one > 0).mean():.0%}".replace("%", " %")),
            (self.tr("Receptive field"), f"{field.size} × {field.size} px"),
        ]
        self.detail.show_channel(maps, channel, name, scale, self.grid.colours, facts, scale=self.grid.scale)

    def _display_changed(self, ranking: str, scale: str, colours: str) -> None:
        if self.analysis is not None:
            self._analysis_changed()

    # -- taking it along -----------------------------------------------------------------------------------------------

    def export_name(self, *, channel: bool = False) -> str:
        """A file name, without its ending, that says what is in it."""
        assert self.analysis is not None
        parts = [Path(self.analysis.picture.name).stem, self.analysis.info.id, self._session.output]
        return " ".join([*parts, f"channel {self._session.channel}"] if channel else parts)

    def grid_picture(self) -> tuple[Callable[[], np.ndarray], dict[str, str]]:
        """What makes one picture of the active maps, (H, W, 3) uint8, in any thread; and what is to be said of it.

        Raises LensError.
        """
        from resnet_core import feature_maps

        maps = self._maps_or_fail()
        idle = set(feature_maps.inactive(maps))
        channels = [channel for channel in self.grid.shown_channels if channel not in idle] or [0]
        colours, scale, of, signed = self.grid.colours, self.grid.scale, self._provenance(), self.signed

        def make() -> np.ndarray:
            return feature_maps.described_montage(maps, channels, colours, scale=scale, of=of, signed=signed)[0]

        return make, feature_maps.montage_texts(maps, channels, colours, scale=scale, of=of, signed=signed)

    def channel_drawn(self) -> tuple[np.ndarray, dict[str, str]]:
        """The channel looked at as it is shown, and what is to be said of it. Raises LensError."""
        channel, grid = self._session.channel or 0, self.grid
        picture = self.channel_picture()
        return picture, self._provenance().texts(str(channel), grid.scale, grid.range_of(channel), grid.colours)

    def channel_picture(self) -> np.ndarray:
        """The channel looked at as it is shown, enlarged: (H, W, 3) uint8. Raises LensError while there is none."""
        from resnet_core import feature_maps

        maps, channel = self._maps_or_fail(), self._session.channel or 0
        colours = self.grid.colours
        return feature_maps.enlarged(feature_maps.colour(maps[channel], self.grid.range_of(channel), colours), 448)

    def _maps_or_fail(self) -> np.ndarray:
        maps = self.maps()
        if maps is None:
            raise LensError("There is no map to export yet.")
        self._catch_up()  # the colours and the order are the grid's
        return maps

    def _provenance(self) -> Provenance:
        from resnet_core.feature_maps import Provenance

        analysis = self.analysis
        assert analysis is not None
        change = change_text(analysis.intervention)
        return Provenance(analysis.info.id, analysis.picture.name, self._session.output, change)
