"""The state of one window: the opened images, the one being looked at, and what the network says of it.

Every view redraws from here and asks for changes here; nobody else starts work. Nothing below knows a widget.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal

from app.items import Item, Source, State, caption, expand
from app.library import Library
from app.tasks import Task, TaskRunner
from resnet_core.errors import LensError

if TYPE_CHECKING:  # what decodes and computes is imported by the work that needs it, after the window is on screen
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.engines.base import Precision

THUMBNAIL_PX = 128
KEPT_ANALYSES = 12  # of the last images looked at; a ResNet-50's stage maps are 9 MB


class Session(QObject):
    """Signals say what changed; the attributes hold it."""

    items_changed = pyqtSignal()  # images came or went
    item_changed = pyqtSignal(object)  # one Item
    current_changed = pyqtSignal()  # another image is being looked at, or none
    analysis_changed = pyqtSignal()  # `analysis` is new, more complete, or None
    failed = pyqtSignal(str)  # the current image can't be shown: a sentence for its place
    busy_changed = pyqtSignal(bool)
    notice = pyqtSignal(str, str)  # a sentence for the status line, details
    output_changed = pyqtSignal()  # another stage, block or branch is being looked at
    channel_changed = pyqtSignal()

    def __init__(
        self, classifier: Callable[[], Classifier], library: Library, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.library = library
        self.device = "auto"
        self.precision: Precision = "exact"
        self.items: dict[str, Item] = {}
        self.current: str | None = None
        self.analysis: Analysis | None = None
        self.output = "layer1"
        self.channel: int | None = None
        self._classifier = classifier
        self._tasks = tasks
        self._keys = count(1)
        self._seen: OrderedDict[tuple[object, ...], Analysis] = OrderedDict()
        library.in_use_changed.connect(self._network_changed)

    # -- images --------------------------------------------------------------------------------------------------------

    def open(self, sources: Iterable[Source], *, recursive: bool = True) -> None:
        """Open files, folders and pictures from the clipboard; the first new one becomes the current one."""
        sources = list(sources)

        def work(task: Task) -> list[Source]:
            return [found for source in sources for found in expand(source, recursive)]

        self._tasks.start(f"open {next(self._keys)}", work, self._opened, self.notice.emit)

    def _opened(self, sources: list[Source]) -> None:
        if not sources:
            self.notice.emit("There is no picture in what was opened.", "")
            return
        known = {item.source: item.key for item in self.items.values()}
        for source in sources:
            if source not in known:
                known[source] = key = str(next(self._keys))
                self.items[key] = Item(key, source, source.name)
        self.items_changed.emit()
        fresh = [source for source in sources if self.items[known[source]].state == "waiting"]
        self.select(known[(fresh or sources)[0]])
        self._draw_thumbnails()

    def fetch(self, address: str) -> None:
        """Open a picture from the internet. Only called after the user said yes to this very address."""

        def work(task: Task) -> list[Source]:
            from app.fetch import fetch_picture  # here: Python's http and ssl would hold up every start of the program

            return [fetch_picture(address, task.cancel)]

        self._tasks.start("fetch", work, self._opened, self.notice.emit)

    def select(self, key: str | None) -> None:
        """Look at another opened image, or at none."""
        before = self.items.get(self.current or "")
        if before is not None and before.state == "busy":  # what was asked for it is superseded now
            self._update(before.key, state="waiting")
        self.current = key
        self.current_changed.emit()
        if key is None:
            self._tasks.cancel("analysis")
            self._show(None)
        else:
            self._analyse()

    def step(self, by: int) -> None:
        """The image `by` places further in the filmstrip, if there is one."""
        keys = list(self.items)
        if self.current in self.items:
            place = keys.index(self.current) + by
            if 0 <= place < len(keys):
                self.select(keys[place])

    def remove(self, key: str) -> None:
        """Close an image; the file stays where it is. Its neighbour becomes the current one."""
        if key not in self.items:
            return
        keys = list(self.items)
        place = keys.index(key)
        del self.items[key]
        self.items_changed.emit()
        if key == self.current:
            rest = keys[:place] + keys[place + 1 :]
            self.select(rest[min(place, len(rest) - 1)] if rest else None)

    def clear(self) -> None:
        self.items.clear()
        self._seen.clear()
        self.items_changed.emit()
        self.select(None)

    # -- the network and where it runs ---------------------------------------------------------------------------------

    def run_on(self, device: str, precision: Precision) -> None:
        if (device, precision) != (self.device, self.precision):
            self.device, self.precision = device, precision
            self._network_changed()

    def _network_changed(self) -> None:
        for item in list(self.items.values()):
            self._update(item.key, state="waiting", caption="")
        if self.current is not None:
            self._analyse()

    # -- what is looked at ---------------------------------------------------------------------------------------------

    def look_at(self, output: str, channel: int | None = None) -> None:
        """Show a stage ("layer2"), a block ("layer2.1") or a branch of it ("layer2.1.residual")."""
        if output != self.output:
            self.output, self.channel = output, channel
            self.output_changed.emit()
            self._complete()
        elif channel is not None:
            self.look_at_channel(channel)

    def look_at_channel(self, channel: int) -> None:
        if channel != self.channel:
            self.channel = channel
            self.channel_changed.emit()

    # -- work ----------------------------------------------------------------------------------------------------------

    def _analyse(self) -> None:
        item = self.items[self.current]  # type: ignore[index]
        if seen := self._seen.get(self._identity(item.key)):
            self._tasks.cancel("analysis")
            self._show(seen)
            return
        weights, device, precision = self.library.in_use.id, self.device, self.precision
        identity = self._identity(item.key)

        def work(task: Task) -> tuple[tuple[object, ...], Analysis]:
            analysis = self._classifier().analyse(
                item.source, weights, device=device, precision=precision, cancel=task.cancel
            )
            return identity, analysis

        self._update(item.key, state="busy")
        self.busy_changed.emit(True)
        self._tasks.start("analysis", work, self._analysed, self._analysis_failed)

    def _identity(self, key: str) -> tuple[object, ...]:
        return (key, self.library.in_use.id, self.device, self.precision)

    def _analysed(self, result: tuple[tuple[object, ...], Analysis]) -> None:
        identity, analysis = result
        self._keep(identity, analysis)
        self._update(identity[0], state="done", caption=caption(analysis.predictions[0]))  # type: ignore[arg-type]
        if analysis.notice:
            self.notice.emit(analysis.notice, "")
        self._show(analysis)
        self._label_the_rest()

    def _keep(self, identity: tuple[object, ...], analysis: Analysis) -> None:
        self._seen[identity] = analysis
        self._seen.move_to_end(identity)
        while len(self._seen) > KEPT_ANALYSES:
            self._seen.popitem(last=False)

    def _analysis_failed(self, sentence: str, details: str) -> None:
        if self.current is not None:
            self._update(self.current, state="failed", caption=sentence)
        self._show(None)
        self.failed.emit(sentence)
        if details:
            self.notice.emit(sentence, details)
        self._label_the_rest()

    def _show(self, analysis: Analysis | None) -> None:
        self._tasks.cancel("more")
        self.busy_changed.emit(False)
        self.analysis = analysis
        if analysis is not None and self.output not in analysis.info.spec.output_names:
            self.output, self.channel = analysis.info.spec.stage_names[-1], None
        self.analysis_changed.emit()
        self._complete()

    def _complete(self) -> None:
        """Compute the map looked at where the analysis does not hold it yet (a block, or a branch of one)."""
        analysis, output = self.analysis, self.output
        if analysis is None or output in analysis.activations:
            return
        block = ".".join(output.split(".")[:2])
        names = analysis.info.spec.output_names
        wanted = tuple(name for name in names if name == block or name.startswith(f"{block}."))
        identity = self._identity(self.current)  # type: ignore[arg-type]

        def work(task: Task) -> tuple[tuple[object, ...], Analysis]:
            return identity, self._classifier().more(analysis, wanted)

        self._tasks.start("more", work, self._completed, self.notice.emit)

    def _completed(self, result: tuple[tuple[object, ...], Analysis]) -> None:
        self._keep(*result)
        self.analysis = result[1]
        self.analysis_changed.emit()

    def _draw_thumbnails(self) -> None:
        missing = [(item.key, item.source) for item in self.items.values() if item.thumbnail is None]

        def work(task: Task) -> None:
            from resnet_core.images import thumbnail

            for key, source in missing:
                if task.cancelled:
                    return
                try:
                    task.send((key, thumbnail(source, THUMBNAIL_PX)))
                except LensError as error:
                    task.send((key, str(error)))

        self._tasks.start("thumbnails", work, _nothing, self.notice.emit, item=self._thumbnail_drawn)

    def _thumbnail_drawn(self, drawn: tuple[str, NDArray[np.uint8] | str]) -> None:
        key, result = drawn
        if isinstance(result, str):
            self._update(key, state="failed", caption=result)
        else:
            self._update(key, thumbnail=result)

    def _label_the_rest(self) -> None:
        """Find the top-1 label of every image not looked at yet, one by one, so that the current one never waits."""
        waiting = [(item.key, item.source) for item in self.items.values() if item.state == "waiting"]
        weights, device, precision = self.library.in_use.id, self.device, self.precision
        if not waiting:
            return

        def work(task: Task) -> None:
            for key, source in waiting:
                if task.cancelled:
                    return
                try:
                    analysis = self._classifier().analyse(
                        source, weights, outputs=("logits",), device=device, precision=precision, cancel=task.cancel
                    )
                    task.send((key, "done", caption(analysis.predictions[0])))
                except LensError as error:
                    task.send((key, "failed", str(error)))

        self._tasks.start("labels", work, _nothing, self.notice.emit, item=self._labelled)

    def _labelled(self, label: tuple[str, State, str]) -> None:
        key, state, text = label
        self._update(key, state=state, caption=text)

    def _update(self, key: str, **changes: object) -> None:
        if key in self.items:
            self.items[key] = replace(self.items[key], **changes)  # type: ignore[arg-type]
            self.item_changed.emit(self.items[key])


def _nothing(_: None) -> None:
    """What there is to do when work that reports piece by piece has ended."""
