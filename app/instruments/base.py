"""What every instrument is: a panel, kept in step with the session while it is looked at, that can be taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from app.ahead import Ahead
from app.i18n import tr
from app.scene import Chosen
from app.session import Session
from app.tasks import Task, TaskRunner
from app.widgets._numbers import value_text
from resnet_core.blocks import stage_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.evidence.ablation import By
    from resnet_core.evidence.numbers import Numbers


@dataclass(frozen=True, eq=False)
class Overlay:
    """A map laid over the photo where the network looked: (H, W) float32, on a scale from `low` to `high`.

    `signed` ones are drawn in the diverging colours, centred on 0. `label` says what it is: “Evidence for “tabby””.
    """

    values: NDArray[np.float32]
    low: float
    high: float
    label: str
    signed: bool = False

    @classmethod
    def about_zero(cls, values: NDArray[np.float32], label: str) -> Overlay:
        """A signed map on a scale that reaches as far below 0 as above it."""
        reach = reach_of(values)
        return cls(values, -reach, reach, label, signed=True)


class Bench(QObject):
    """What instruments share: the session, where work is done, and what they may ask of the rest of the window."""

    overlay_changed = pyqtSignal(object)  # an Overlay for the photo, or None: of the instrument looked at
    probe_requested = pyqtSignal(str, int, int, object)  # an output, row, column, channel or None: see `Probe.at`
    photo_probe_requested = pyqtSignal(float, float)  # a place of the photo: see `Probe.at_photo`
    unprobe_requested = pyqtSignal()
    switch_requested = pyqtSignal(str)  # the key of another instrument
    moved = pyqtSignal(str, int, int)  # the probe is at this place of an output; ("", 0, 0): nowhere
    photo_moved = pyqtSignal(object)  # and there in the photo, down and across in fractions of the crop; None: nowhere

    def __init__(
        self,
        session: Session,
        tasks: TaskRunner,
        classifier: Callable[[], Classifier],
        colours: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self.tasks = session, tasks
        self.classifier = classifier  # call it in workers only: the first call imports the engines
        self.ahead = Ahead(session, tasks, classifier)
        self.colours = colours  # the colour table chosen for maps, e.g. "magma"
        self.replace_by: By = "zero"  # what is put in the place of a channel that is switched off


class Instrument(QObject):
    """Subclasses make `panel`, show what there is in `refresh`, and give what they show as `numbers`.

    Only the instrument looked at is refreshed; `refresh` comes once for any number of changes of the session, so it
    has to look at what changed itself. It must return at once: work goes to `start`, whose result is dropped when the
    picture or the network has changed meanwhile.
    """

    message = pyqtSignal(str, bool)  # a sentence above the panel, or instead of it; "" takes it away
    as_trained = False  # whether what it shows is of the network as trained, whatever is changed in it

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench, self.session = bench, bench.session
        self.active = False
        self._instead = False  # whether a sentence stands in the panel's place
        self.panel: QWidget = self.make_panel()

    # for subclasses to write

    def make_panel(self) -> QWidget:
        raise TypeError(f"{type(self).__name__} has no panel")

    def refresh(self) -> None:
        """Something changed: picture, network, intervention, class, stage or channel looked at, or the colours."""

    def numbers(self) -> Numbers | None:
        """What is shown, to be written down; None while there is nothing."""
        return None

    def scale(self) -> str:
        """What the colours of the maps shown stand for, to be said above a figure; "" where there are no maps."""
        return ""

    def chosen(self) -> Chosen:
        """What is chosen here and a link shall bring back."""
        return Chosen()

    def choose(self, chosen: Chosen) -> None:
        """What a link brings back, once this is looked at; what makes no sense for the picture is left out."""

    def left(self) -> None:
        """Another instrument is looked at now; work under way goes on unless it is called off here."""

    # for subclasses to use

    @property
    def analysis(self) -> Analysis | None:
        return self.session.analysis

    def same_stage(self, name: str) -> bool:
        """Whether an output is of the stage looked at: their channels are the same then."""
        return stage_of(self.session.output) == stage_of(name)

    def look_at_block(self, name: str) -> None:
        """The channel looked at stays, where the block has it."""
        self.session.look_at(name, self.session.channel if self.same_stage(name) else None)

    def look_again(self) -> None:
        """Something has changed that is no change of the session, e.g. which weights are on this disk."""
        if self.active:
            self.refresh()

    def say_instead(self, sentence: str) -> bool:
        """Whether there is a sentence, which then stands in the panel's place; "" takes that away, and nothing else."""
        if sentence or self._instead:
            self.message.emit(sentence, bool(sentence))
        self._instead = bool(sentence)
        return self._instead

    def shows(self, analysis: Analysis) -> bool:
        """Whether an analysis is of the picture and the network that the rest of the window shows, changed or not."""
        now = self.analysis
        return now is not None and analysis.picture is now.picture and analysis.info.id == now.info.id

    def unit_at(self, analysis: Analysis, name: str, output: str, y: int, x: int) -> tuple[int, int] | None:
        """Where the probe is in the maps `name` of an analysis, when it is at unit (y, x) of another output.

        That is the unit that sees the same middle of the photo. None: the probe is nowhere, or in another picture.
        """
        if not output or not self.shows(analysis):
            return None
        spec, (_, height, width) = analysis.info.spec, analysis.activations[name].shape
        there, here = spec.receptive_field(output), spec.receptive_field(name)
        return here.nearest(there.centre(y), height), here.nearest(there.centre(x), width)

    def share_at(self, analysis: Analysis, name: str, output: str, y: int, x: int) -> tuple[float, float] | None:
        """The middle of that unit, as shares of the maps' height and width."""
        if (unit := self.unit_at(analysis, name, output, y, x)) is None:
            return None
        _, height, width = analysis.activations[name].shape
        return (unit[0] + 0.5) / height, (unit[1] + 0.5) / width

    def start(
        self,
        lane: str,
        work: Callable[[Task], Any],
        done: Callable[[Any], None],
        *,
        progress: Callable[[int, int | None], None] | None = None,
        item: Callable[[Any], None] | None = None,
    ) -> None:
        """Work off the GUI thread, in a lane of this instrument's; a failure is said in the panel's message."""
        self.message.emit("", False)
        self.bench.tasks.start(self._lane(lane), work, done, self._failed, progress=progress, item=item)

    def cancel(self, lane: str) -> None:
        self.bench.tasks.cancel(self._lane(lane))

    def _lane(self, lane: str) -> str:
        return f"{type(self).__name__} {lane}"

    def _failed(self, sentence: str, details: str) -> None:
        self.message.emit(sentence, False)
        if details:
            self.session.notice.emit(sentence, details)


def reach_of(values: NDArray[np.float32]) -> float:
    """How far values go from 0, to whichever side: both ends of their scale."""
    return max(float(values.max()), -float(values.min()))


def span_text(low: float, high: float) -> str:
    """Both ends of a scale, as the window writes values: “0 to 2.38”."""
    return tr("{low} to {high}").format(low=value_text(low), high=value_text(high))
