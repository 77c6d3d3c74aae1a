"""The place under the cursor, wherever the cursor is: marked in the photo, in every map and in the instruments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject

from app.instruments.base import Bench
from app.widgets._numbers import value_text
from app.widgets.channel_detail import ChannelDetail
from app.widgets.feature_grid import FeatureGrid
from app.widgets.image_view import ImageView
from app.widgets.network_input import NetworkInput
from app.widgets.stage_strip import StageStrip
from resnet_core.blocks import stage_of
from resnet_core.errors import LensError

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.blocks import ReceptiveField
    from resnet_core.engines.base import Floats

Field = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the network's input, clipped to it


@dataclass(frozen=True)
class Place:
    """A unit of a map. `y_px`, `x_px` are the middle of what it sees, in pixels of the network's input."""

    output: str
    y: int
    x: int
    y_px: float
    x_px: float
    field: Field


class Probe(QObject):
    """One place at a time. Every view that can be hovered asks for it here, and all of them show it.

    A view of the photo asks in fractions of the crop (0 … 1, down and across): the place is then the unit of the map
    looked at whose receptive field is centred nearest. `say` gets a line about the place, "" when there is none.
    """

    def __init__(
        self,
        bench: Bench,
        photo: ImageView,
        seen: NetworkInput,
        strip: StageStrip,
        grid: FeatureGrid,
        detail: ChannelDetail,
        say: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._session = bench, bench.session
        self._photo, self._seen, self._strip, self._grid, self._detail = photo, seen, strip, grid, detail
        self._say = say
        self._on_photo: tuple[float, float] | None = None  # where in the crop the cursor is, while it is there
        self._asked: tuple[object, str, int | None] = (None, "", None)  # of which picture, looking at what, channel
        self.place: Place | None = None
        for picture in (photo, seen):
            picture.hovered.connect(self.at_photo)
            picture.left.connect(self.clear)
        strip.hovered.connect(self._at_card)
        grid.hovered.connect(self._at_tile)
        detail.hovered.connect(self._at_detail)
        bench.probe_requested.connect(self.at)
        bench.photo_probe_requested.connect(self.at_photo)
        for left in (strip.left, grid.left, detail.left, bench.unprobe_requested):
            left.connect(self.clear)
        self._session.analysis_changed.connect(self._changed)
        self._session.output_changed.connect(self._changed)

    def at_photo(self, down: float, across: float) -> None:
        """A place of the photo, in fractions of the crop; outside of it there is nothing to read."""
        analysis, maps = self._session.analysis, self._maps()
        if analysis is None or maps is None or not (0 <= down <= 1 and 0 <= across <= 1):
            self.clear()
            self._on_photo = (down, across)  # there may be maps soon
            return
        output, side = self._session.output, analysis.seen.shape[0]
        field = analysis.info.spec.receptive_field(output)
        _, height, width = maps.shape
        self.at(output, field.nearest(down * side, height), field.nearest(across * side, width))
        self._on_photo = (down, across)

    def at(self, output: str, y: int, x: int, channel: int | None = None) -> None:
        """Unit (y, x) of a stage, block or branch; `channel` is the one whose value is read.

        None: the chosen one, where the output is of the stage looked at, whose blocks all have the same channels.
        """
        self._on_photo = None
        analysis = self._session.analysis
        if analysis is None:
            return
        try:
            field = analysis.info.spec.receptive_field(output)
        except LensError:  # the logits, or a name of another network
            self.clear()
            return
        place = _place(output, y, x, field, analysis.seen.shape[0])
        left, top, right, bottom = place.field
        if left >= right or top >= bottom:  # of maps that are larger than these
            self.clear()
            return
        self._asked = (analysis.picture, self._session.output, channel)
        moved = place != self.place
        self.place = place
        self._mark(analysis, place)
        if channel is None and stage_of(output) == stage_of(self._session.output):
            channel = self._session.channel
        self._say(self._line(analysis, place, channel))
        if moved:
            side = analysis.seen.shape[0]
            self._bench.moved.emit(output, y, x)
            self._bench.photo_moved.emit((place.y_px / side, place.x_px / side))

    def _at_card(self, stage: str, down: float, across: float) -> None:
        maps = None if self._session.analysis is None else self._session.analysis.activations.get(stage)
        if maps is not None:
            _, height, width = maps.shape
            self.at(stage, min(int(down * height), height - 1), min(int(across * width), width - 1))

    def _at_tile(self, channel: int, y: int, x: int) -> None:
        self.at(self._session.output, y, x, channel)

    def _at_detail(self, y: int, x: int) -> None:
        self.at(self._session.output, y, x)

    def clear(self) -> None:
        """The cursor is nowhere."""
        self._on_photo = None
        if self.place is None:
            return
        self.place = None
        for picture in (self._photo, self._seen):
            picture.show_probe(None)
            picture.show_marker(0.0, None)
        self._strip.show_place(0.0, None)
        for view in (self._grid, self._detail):
            view.show_cursor(None)
        self._say("")
        self._bench.moved.emit("", 0, 0)
        self._bench.photo_moved.emit(None)

    def _changed(self) -> None:
        """There may be other maps: a cursor that rests on the photo reads those; else a place is one of its picture."""
        analysis, place = self._session.analysis, self.place
        picture, output, channel = self._asked
        if self._on_photo is not None:
            self.at_photo(*self._on_photo)
        elif place is not None and analysis is not None and (picture, output) == (
            analysis.picture, self._session.output,
        ):  # fmt: skip
            self.at(place.output, place.y, place.x, channel)  # what is shown anew has lost its mark
        else:
            self.clear()

    def _maps(self) -> Floats | None:
        analysis = self._session.analysis
        return None if analysis is None else analysis.activations.get(self._session.output)

    def _mark(self, analysis: Analysis, place: Place) -> None:
        left, top, right, bottom = analysis.crop_box
        side = analysis.seen.shape[0]
        to_x, to_y = (right - left) / side, (bottom - top) / side
        x0, y0, x1, y1 = place.field
        self._photo.show_probe((left + x0 * to_x, top + y0 * to_y, left + x1 * to_x, top + y1 * to_y))
        self._seen.show_probe((x0 / side, y0 / side, x1 / side, y1 / side))
        for picture in (self._photo, self._seen):
            picture.show_marker(place.y_px / side, place.x_px / side)
        self._strip.show_place(place.y_px / side, place.x_px / side)
        maps = self._maps()
        if maps is None:
            return
        y, x = place.y, place.x
        if place.output != self._session.output:
            field, (_, height, width) = analysis.info.spec.receptive_field(self._session.output), maps.shape
            y, x = field.nearest(place.y_px, height), field.nearest(place.x_px, width)
        elif not (0 <= y < maps.shape[1] and 0 <= x < maps.shape[2]):
            return
        for view in (self._grid, self._detail):
            view.show_cursor(y, x)

    def _line(self, analysis: Analysis, place: Place, channel: int | None) -> str:
        """e.g. "layer3 channel 68 at (9, 14): 2.38 · sees 43 × 43 px"."""
        maps = analysis.activations.get(place.output)
        text = self.tr("{output} at ({y}, {x})").format(output=place.output, y=place.y, x=place.x)
        unit = (channel or 0, place.y, place.x)
        if (
            maps is not None
            and channel is not None
            and all(0 <= at < n for at, n in zip(unit, maps.shape, strict=True))
        ):
            text = self.tr("{output} channel {channel} at ({y}, {x}): {value}").format(
                output=place.output, channel=channel, y=place.y, x=place.x, value=value_text(float(maps[unit]))
            )
        left, top, right, bottom = place.field
        size = analysis.info.spec.receptive_field(place.output).size
        sees = self.tr("sees {width} × {height} px").format(width=right - left, height=bottom - top)
        if (right - left, bottom - top) != (size, size):
            sees = self.tr("sees {width} × {height} px of {size} × {size}, the rest is outside").format(
                width=right - left, height=bottom - top, size=size
            )
        return f"{text} · {sees}"


def _place(output: str, y: int, x: int, field: ReceptiveField, side: int) -> Place:
    (top, bottom), (left, right) = field.span(y, side), field.span(x, side)
    return Place(output, y, x, field.centre(y), field.centre(x), (left, top, right, bottom))
