"""Occlusion: a grey patch over the photo, moved by hand or over every place, and what the class loses by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QWidget

from app.i18n import class_name
from app.instruments.base import Instrument, Overlay, span_text
from app.scene import Chosen
from app.tasks import Task
from app.widgets.occlusion_panel import OcclusionPanel, ShownEffect, ShownSweep
from resnet_core.evidence import occlusion
from resnet_core.evidence.numbers import Numbers
from resnet_core.evidence.occlusion import Grid, Patch, Sweep, clipped
from resnet_core.probabilities import softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Activations, Request

AT_ONCE_S = 20.0  # a sweep that is expected to take no longer starts by itself
SETTLED_MS = 300  # after the last change of the patch's size
MOST_NUMBERS = 20_000_000  # a sweep keeps every class's logit of every place: 80 MB


class Occlusion(Instrument):
    """The live patch is one inference, the latest wins; the sweep runs beside it and can be called off."""

    panel: OcclusionPanel

    def make_panel(self) -> QWidget:
        panel = OcclusionPanel()
        self._answered: Analysis | None = None  # the question asked of this analysis
        self._patch: Patch | None = None
        self._under: NDArray[np.float32] | None = None  # the logits under the patch
        self._sweep: Sweep | None = None
        self._rows = 0  # of the sweep that are measured
        self._chances: tuple[int, NDArray[np.float32]] | None = None  # a class and its probability at every place
        self._sweeping = False
        self._each_ms: float | None = None  # a forward of one picture, at its fastest
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._sweep_if_quick)
        panel.patch_moved.connect(self._move)
        panel.size_changed.connect(self._resize)
        panel.sweep_requested.connect(self._start_sweep)
        panel.cancel_requested.connect(self._cancel_sweep)
        panel.hovered.connect(self.bench.photo_probe_requested)
        panel.unhovered.connect(self.bench.unprobe_requested)
        self.bench.photo_moved.connect(panel.show_place)
        return panel

    def refresh(self) -> None:
        analysis, before = self.analysis, self._answered
        if analysis is None:
            self._forget()
            self.panel.clear()
            self._lay_over()
            self.message.emit(self.tr("Open a picture to cover parts of it."), True)
            return
        if before is not None and before.logits is analysis.logits:
            if self._under is None and not self.bench.tasks.busy(self._lane("live")):
                self._measure_here()  # it was called off when another instrument was looked at
            self._show_answers()  # another class is asked about, or nothing here has changed
            return
        self.message.emit("", False)
        self._forget()
        self._answered = analysis
        red, green, blue = (round(255 * part) for part in analysis.info.preprocess.mean)  # 0 once it is normalised
        self.panel.show_picture(analysis.seen, (red, green, blue))
        self._place_patch(analysis, None if before is None else before.seen.shape[0])
        self._each_ms = None
        self._measure_here()
        self._show_answers()

    def left(self) -> None:
        self.cancel("live")

    def _forget(self) -> None:
        """What was measured is of another picture, or of another network."""
        self._answered = self._under = self._sweep = None
        self.cancel("live")
        self._cancel_sweep()

    @property
    def _asked(self) -> Analysis | None:
        """`_answered` while it is looked at; what arrives later may be of a network without the class asked about."""
        asked, now = self._answered, self.analysis
        return asked if asked is not None and now is not None and now.logits is asked.logits else None

    # the patch

    def _place_patch(self, analysis: Analysis, side_before: int | None) -> None:
        side = analysis.seen.shape[0]
        if self._patch is None or side != side_before:
            size = occlusion.usual_size(side)
            self._patch = clipped(Patch((side - size) // 2, (side - size) // 2, size), side, side)
        self.panel.show_patch(self._patch)

    def _move(self, top: int, left: int) -> None:
        if self._patch is not None:
            self._patch = Patch(top, left, self._patch.size)
            self.panel.show_patch(self._patch)
            self._measure_here()

    def _resize(self, size: int) -> None:
        """The patch keeps its middle; a map measured with another size goes."""
        if self._patch is None or self._answered is None or size == self._patch.size:
            return
        side, grown = self._answered.seen.shape[0], (size - self._patch.size) // 2
        self._cover(clipped(Patch(self._patch.top - grown, self._patch.left - grown, size), side, side))

    def chosen(self) -> Chosen:
        return Chosen(patch=None if (p := self._patch) is None else (p.top, p.left, p.size))

    def choose(self, chosen: Chosen) -> None:
        self.refresh()
        if chosen.patch is not None and self._answered is not None:
            side = self._answered.seen.shape[0]
            top, left, size = chosen.patch
            self._cover(clipped(Patch(top, left, min(size, side)), side, side))

    def _cover(self, patch: Patch) -> None:
        """A patch of another size, or from elsewhere."""
        self._patch = patch
        self.panel.show_patch(patch)
        self._cancel_sweep()
        self._sweep = None
        self._measure_here()
        self._show_answers()
        self._settled.start()

    def _measure_here(self) -> None:
        analysis, patch = self._answered, self._patch
        if analysis is None or patch is None:
            return
        self._under = None  # what is known is of the patch where it was

        def work(task: Task) -> tuple[NDArray[np.float32], float]:
            run, took = self.bench.classifier().runner(analysis, task.cancel), []

            def timed(request: Request) -> Activations:
                found = run(request)
                took.append(found.elapsed_ms)
                return found

            return occlusion.effect(timed, analysis.images, patch, analysis.intervention), took[0]

        self.start("live", work, self._measured_here)

    def _measured_here(self, found: tuple[NDArray[np.float32], float]) -> None:
        first = self._each_ms is None
        self._under, each_ms = found
        self._each_ms = each_ms if self._each_ms is None else min(self._each_ms, each_ms)
        self._show_effect()
        if first:
            self._show_sweep()
            self._sweep_if_quick()

    # the sweep

    def _grid(self) -> Grid | None:
        if self._answered is None or self._patch is None:
            return None
        side, size = self._answered.seen.shape[0], self._patch.size
        stride, classes = max(1, size // 2), len(self._answered.logits)
        while (places := occlusion.grid(side, side, size, stride)).count * classes > MOST_NUMBERS and stride < side:
            stride *= 2
        return places

    def _expected_s(self, grid: Grid) -> float:
        return grid.count * (self._each_ms or 0.0) / 1e3

    def _sweep_if_quick(self) -> None:
        grid = self._grid()
        if grid is not None and self._sweep is None and self._each_ms and self._expected_s(grid) <= AT_ONCE_S:
            self._start_sweep()

    def _start_sweep(self) -> None:
        analysis, target, grid = self._asked, self.session.target, self._grid()
        if analysis is None or target is None or grid is None:
            return
        logits = np.full((*grid.shape, len(analysis.logits)), np.nan, np.float32)
        self._sweep, self._rows, self._sweeping = Sweep(grid, analysis.logits, logits), 0, True
        self._chances = target, logits[..., 0].copy()  # NaN everywhere, for now

        def work(task: Task) -> Sweep:
            run = self.bench.classifier().runner(analysis, task.cancel)
            return occlusion.sweep(
                run, analysis.images, analysis.logits, grid, intervention=analysis.intervention, cancel=task.cancel,
                row_done=lambda row, found: task.send((row, found)),
            )  # fmt: skip

        self.start("sweep", work, self._swept, item=self._row_swept)
        self._show_answers()

    def _row_swept(self, item: tuple[int, NDArray[np.float32]]) -> None:
        if self._sweep is not None:
            row, logits = item
            self._sweep.logits[row] = logits
            self._rows = row + 1
            if self._chances is not None:
                self._chances[1][row] = softmax(logits)[:, self._chances[0]]
            self._show_sweep()

    def _swept(self, sweep: Sweep) -> None:
        self._sweep, self._rows, self._sweeping = sweep, sweep.grid.shape[0], False
        self._show_sweep()

    def _cancel_sweep(self) -> None:
        """What is measured so far stays."""
        self._settled.stop()
        self.cancel("sweep")
        self._sweeping = False
        self._show_sweep()

    def _failed(self, sentence: str, details: str) -> None:
        super()._failed(sentence, details)
        self._sweeping = self.bench.tasks.busy(self._lane("sweep"))
        self._show_sweep()

    # what is shown

    def _show_answers(self) -> None:
        self._show_effect()
        self._show_sweep()

    def _show_effect(self) -> None:
        analysis, target, logits = self._asked, self.session.target, self._under
        if analysis is None or target is None or logits is None:
            return
        now, before = softmax(logits), softmax(analysis.logits)
        answer = int(logits.argmax())
        effect = ShownEffect(
            name=class_name(analysis.info, target),
            before=float(before[target]),
            after=float(now[target]),
            logit_before=float(analysis.logits[target]),
            logit_after=float(logits[target]),
            answer=class_name(analysis.info, answer),
            answer_probability=float(now[answer]),
            same_answer=answer == int(analysis.logits.argmax()),
        )
        self.panel.show_effect(effect)

    def _show_sweep(self) -> None:
        analysis, target, grid, sweep = self._asked, self.session.target, self._grid(), self._sweep
        if analysis is None or target is None or grid is None:
            return
        if sweep is None:
            self.panel.show_sweep(None)
        else:
            name = class_name(analysis.info, target)
            if self._chances is None or self._chances[0] != target:
                self._chances = target, sweep.probabilities(target)
            self.panel.show_sweep(ShownSweep(name, sweep.drops(target), self._chances[1], sweep.grid))
        if self._sweeping:
            self.panel.show_progress(self._rows * grid.shape[1], grid.count)
        else:
            done = sweep is not None and self._rows == grid.shape[0]
            self.panel.show_offer(grid.count, None if done else self._expected_s(grid))
        self._lay_over()

    def _lay_over(self) -> None:
        if not self.active:
            return
        analysis, target, sweep = self._asked, self.session.target, self._sweep
        if analysis is None or target is None or sweep is None or not self._rows:
            self.bench.overlay_changed.emit(None)
            return
        side = analysis.seen.shape[0]
        label = self.tr("What “{0}” needs").format(class_name(analysis.info, target))
        self.bench.overlay_changed.emit(Overlay.about_zero(sweep.by_pixel(target, side, side), label))

    def scale(self) -> str:
        return span_text(-self.panel.reach, self.panel.reach) if self.panel.reach else ""

    def numbers(self) -> Numbers | None:
        """The patch, as the one place of a sweep, and the sweep itself as far as it is measured."""
        analysis, target, patch, under = self._asked, self.session.target, self._patch, self._under
        if analysis is None or target is None:
            return None
        found, label = Numbers({}), analysis.info.class_label
        if self._sweep is not None and self._rows:
            found = occlusion.numbers(self._sweep, target, label)
        if patch is not None and under is not None:
            place = Grid(patch.size, 1, (patch.top,), (patch.left,))
            here = occlusion.numbers(Sweep(place, analysis.logits, under.reshape(1, 1, -1)), target, label)
            covered = {f"patch_{name}": value for name, value in here.rows[0].items()}
            facts = {"class": here.facts["class"], "patch_px": patch.size, **covered, **found.facts}
            found = replace(found, facts=facts)
        return found if found.facts else None
