"""featureGrid: ranked tiles that are coloured when they are seen."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication, QPushButton
from widget_data import colours, hover, leave, maps, picture, shown

from app import theme
from app.widgets.feature_grid import FeatureGrid
from app.widgets.tile_layout import GAP_PX, fit
from app.widgets.tile_view import TileView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark


@pytest.fixture
def grid(qapp: QApplication, qtbot) -> FeatureGrid:
    theme.apply(qapp, "dark")
    grid = FeatureGrid()
    qtbot.addWidget(grid)
    shown(grid, 780, 500)
    return grid


def tiles(grid: FeatureGrid) -> TileView:
    return grid._tiles


def show(grid: FeatureGrid, channels: int = 128, side: int = 14, idle: tuple[int, ...] = (3, 40)) -> np.ndarray:
    data = maps(channels, side, side, idle)
    grid.show_maps(data, "layer2")
    QApplication.processEvents()
    return data


def middle_of_map(grid: FeatureGrid, place: int) -> QPoint:
    """The middle of the map of the tile at a place of the first row."""
    view = tiles(grid)
    return view._map_rect(view._tile(view._placed.rows[0], place)).center().toPoint()


def test_the_highest_ranked_come_first_and_the_inactive_last(grid: FeatureGrid) -> None:
    data = show(grid)
    order = grid.shown_channels
    assert sorted(order) == list(range(128))
    assert order[-2:] == (3, 40)
    means = data.mean(axis=(1, 2))
    assert list(order[:-2]) == sorted(order[:-2], key=lambda channel: -means[channel])
    assert grid.current_channel == order[0]


def test_a_channel_that_is_switched_off_stays_where_it_was(grid: FeatureGrid) -> None:
    trained = show(grid)
    before, first = grid.shown_channels, grid.current_channel
    changed = trained.copy()
    changed[first] = 0
    grid.show_maps(changed, "layer2", trained=trained)
    assert grid.shown_channels == before
    assert grid.current_channel == first
    assert grid._content is not None
    assert grid._content.scores[first] == 0  # what the tile says is what is shown
    grid.show_evidence(changed, -changed.mean(axis=(1, 2)), "evidence", trained=-trained.mean(axis=(1, 2)))
    grid._ranking.setCurrentIndex(grid._ranking.findData("evidence"))
    assert [channel for channel in grid.shown_channels if channel not in (3, 40)] == list(before[:-2])[::-1]


def test_only_tiles_in_sight_are_coloured(grid: FeatureGrid) -> None:
    show(grid, 2048, 7)
    first = tiles(grid).coloured()
    assert 0 < len(first) <= 32
    tiles(grid).fold("more", unfolded=True)
    QApplication.processEvents()
    assert len(tiles(grid).coloured()) < 100
    bar = tiles(grid).verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert first < tiles(grid).coloured()
    assert len(tiles(grid).coloured()) < 160


def test_scrolling_far_never_waits_for_all_tiles(grid: FeatureGrid, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    show(grid, 2048, 7)
    view = tiles(grid)
    view.fold("more", unfolded=True)
    picture(grid)
    before = len(view.coloured())
    monkeypatch.setattr("app.widgets.tile_view.SCROLL_PAINT_S", -1.0)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.viewport().repaint()
    assert len(view.coloured()) == before
    monkeypatch.setattr("app.widgets.tile_view.SCROLL_PAINT_S", 10.0)
    qtbot.waitUntil(lambda: len(view.coloured()) > before)


def test_nothing_is_coloured_twice(grid: FeatureGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    show(grid)
    calls: list[int] = []
    monkeypatch.setattr("resnet_core.feature_maps.colour", lambda *_: calls.append(1))
    picture(grid)
    grid.show_cursor(2, 2)
    QApplication.processEvents()
    assert calls == []


def test_folds_open_by_mouse_and_close_again(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    view = tiles(grid)
    assert [fold.text for fold in view._placed.folds] == ["94 more active", "2 inactive"]
    more = view._placed.folds[0]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    place = QPoint(int(more.x + 20), more.top + 10 - view.verticalScrollBar().value())
    qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=place)
    assert len(view._placed.sequence()) == 126
    view.fold("more", unfolded=False)
    assert len(view._placed.sequence()) == 32


def test_the_arrows_move_the_current_channel(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    order, columns = grid.shown_channels, tiles(grid)._placed.layout.columns
    for key, place in (
        (Qt.Key_Right, 1),
        (Qt.Key_Down, 1 + columns),
        (Qt.Key_Left, columns),
        (Qt.Key_Up, 0),
        (Qt.Key_End, 31),
    ):
        with qtbot.waitSignal(grid.channel_selected) as caught:
            qtbot.keyClick(tiles(grid), key)
        assert caught.args == [order[place]]
    with qtbot.waitSignal(grid.channel_selected):
        qtbot.keyClick(tiles(grid), Qt.Key_PageUp)
    with qtbot.waitSignal(grid.channel_selected):
        qtbot.keyClick(tiles(grid), Qt.Key_PageDown)
    qtbot.keyClick(tiles(grid), Qt.Key_Home)
    assert grid.current_channel == order[0]


def test_walking_past_the_end_opens_the_folds(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    order = grid.shown_channels
    qtbot.keyClick(tiles(grid), Qt.Key_End)
    qtbot.keyClick(tiles(grid), Qt.Key_Right)
    assert grid.current_channel == order[32]
    qtbot.keyClick(tiles(grid), Qt.Key_End)
    qtbot.keyClick(tiles(grid), Qt.Key_Down)
    assert grid.current_channel in (3, 40)
    qtbot.keyClick(tiles(grid), Qt.Key_End)
    with qtbot.assertNotEmitted(grid.channel_selected):
        qtbot.keyClick(tiles(grid), Qt.Key_Right)


def test_the_current_channel_is_told_to_screen_readers(grid: FeatureGrid, qtbot) -> None:
    data = show(grid)
    qtbot.keyClick(tiles(grid), Qt.Key_Right)
    channel = grid.current_channel
    said = tiles(grid).accessibleDescription()
    assert said == f"Channel {channel}, rank 2 of 128, mean {data[channel].mean():.2f}"
    assert grid.accessibleDescription() == said


def test_a_channel_set_from_outside_opens_its_fold_silently(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    with qtbot.assertNotEmitted(grid.channel_selected):
        grid.set_current_channel(3)
    assert grid.current_channel == 3
    assert 3 in tiles(grid)._placed.sequence()
    assert tiles(grid).verticalScrollBar().value() > 0


def test_the_channel_is_kept_while_the_stage_stays(grid: FeatureGrid) -> None:
    show(grid)
    grid.set_current_channel(7)
    grid.show_maps(maps(128, 14, 14) * 2, "layer2")
    assert grid.current_channel == 7
    grid.ranking = "variance"
    assert grid.current_channel == 7
    grid.show_maps(maps(64, 28, 28), "layer1")
    assert grid.current_channel == grid.shown_channels[0]


def test_clicking_and_hovering(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    viewport = tiles(grid).viewport()
    place = middle_of_map(grid, 2)
    with qtbot.waitSignal(grid.channel_selected) as caught:
        qtbot.mouseClick(viewport, Qt.LeftButton, pos=place)
    assert caught.args == [grid.shown_channels[2]]
    with qtbot.waitSignal(grid.hovered) as caught:
        hover(viewport, place.x() + 1, place.y() + 1)
    assert caught.args == [grid.shown_channels[2], 7, 7]
    assert "at row 7, column 7" in tiles(grid)._tip(place + QPoint(1, 1))
    with qtbot.waitSignal(grid.left):
        leave(viewport)


def test_choices_are_told_and_can_be_set_silently(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    with qtbot.assertNotEmitted(grid.display_changed):
        grid.ranking, grid.scale, grid.colours = "max", "channel", "viridis"
    assert (grid.ranking, grid.scale, grid.colours) == ("max", "channel", "viridis")
    with qtbot.waitSignal(grid.display_changed) as caught:
        grid._scale.setCurrentIndex(grid._scale.findData("stage"))
    assert caught.args == ["max", "stage", "viridis"]
    with pytest.raises(ValueError, match="jet"):
        grid.colours = "jet"


def test_the_scale_is_the_stages_or_the_channels(grid: FeatureGrid) -> None:
    data = show(grid)
    assert grid.range_of(9).high == pytest.approx(data.max())
    grid.scale = "channel"
    assert grid.range_of(9).high == pytest.approx(data[9].max())


def test_signed_maps_have_their_own_colours(grid: FeatureGrid) -> None:
    grid.show_maps(maps(16, 7, 7) - 1, "layer2.0.residual", signed=True)
    assert grid.range_of(0).low == -grid.range_of(0).high
    assert not grid._colours.isEnabled()
    grid.show_maps(maps(16, 7, 7), "layer2")
    assert grid._colours.isEnabled()


def test_parts_are_hidden_until_there_are_some(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    assert not grid._parts.isVisible()
    grid.show_parts([("layer3", "stage"), *((f"layer3.{i}", f"block {i}") for i in range(36))], "layer3.20")
    QApplication.processEvents()
    assert grid._parts.width() < grid.width()
    rect = grid._parts._rects()[21]
    assert grid._parts.rect().contains(rect.toAlignedRect())
    with qtbot.waitSignal(grid.part_selected) as caught:
        qtbot.keyClick(grid._parts, Qt.Key_Right)
    assert caught.args == ["layer3.21"]
    grid.show_parts([], "")
    assert not grid._parts.isVisible()


def test_export_is_asked_for(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    with qtbot.waitSignal(grid.export_requested):
        qtbot.mouseClick(grid.findChild(QPushButton), Qt.LeftButton)


def test_an_empty_grid_says_why(grid: FeatureGrid, qtbot) -> None:
    show(grid)
    grid.clear("No picture yet")
    assert grid.current_channel == -1
    assert grid.shown_channels == ()
    qtbot.keyClick(tiles(grid), Qt.Key_Right)
    assert not picture(grid).isNull()


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 9, 10), (2048, 7, 7), (64, 112, 112), (5, 1, 40)])
def test_maps_of_any_shape(grid: FeatureGrid, shape: tuple[int, int, int]) -> None:
    grid.show_maps(maps(*shape), "layer1")
    QApplication.processEvents()
    assert not picture(grid).isNull()
    grid.show_maps(np.zeros(shape, np.float32), "layer2")
    QApplication.processEvents()
    assert not picture(grid).isNull()


def test_a_narrow_heading_keeps_its_choices(grid: FeatureGrid) -> None:
    show(grid)
    assert all(word.isVisible() for word in grid._heading.words)
    shown(grid, 470, 400)
    assert not any(word.isVisible() for word in grid._heading.words)
    assert grid._ranking.isVisible()
    assert grid._title.width() >= grid._title.sizeHint().width()


def test_the_theme_can_change_while_it_runs(grid: FeatureGrid, qapp: QApplication) -> None:
    show(grid)
    assert theme.DARK.sunken in colours(picture(grid))
    theme.apply(qapp, "light")
    QApplication.processEvents()
    seen = colours(picture(grid))
    assert theme.LIGHT.sunken in seen
    assert theme.LIGHT.accent_soft in seen
    assert theme.DARK.sunken not in seen


@pytest.mark.parametrize("side", [7, 14, 28, 56, 112])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_cells_have_whole_pixels(side: int, ratio: float) -> None:
    for width, height in ((430, 300), (742, 464), (1270, 700), (2800, 1650)):
        layout = fit(width, height, 32, side, ratio)
        assert layout.columns * layout.tile_px + (layout.columns - 1) * GAP_PX <= width
        assert layout.map_px <= layout.tile_px
        assert (layout.map_px * ratio) == pytest.approx(round(layout.map_px * ratio))
        if side <= 28:
            assert layout.map_px >= 56


def test_a_map_is_drawn_cell_by_cell(grid: FeatureGrid) -> None:
    data = np.zeros((1, 7, 7), np.float32)
    data[0, 2, 3] = 1
    grid.show_maps(data, "layer4")
    QApplication.processEvents()
    view = tiles(grid)
    image = view.viewport().grab().toImage()
    rect = view._map_rect(view._tile(view._placed.rows[0], 0))
    cell = rect.width() / 7
    left, top = round(rect.x()), round(rect.y())
    lit = image.pixelColor(round(left + 3.5 * cell), round(top + 2.5 * cell))
    for x, y, same in (
        (3 * cell, 2 * cell, True),
        (4 * cell - 1, 3 * cell - 1, True),
        (4 * cell, 2 * cell, False),
        (3 * cell - 1, 2 * cell, False),
    ):
        assert (image.pixelColor(round(left + x), round(top + y)) == lit) is same
