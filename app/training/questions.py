"""The line above the curves: what is asked about a run that was left half done or has failed, and what is answered."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from app import asking
from app.i18n import sentence
from app.training import texts as training_texts
from app.training.ends import Ending
from app.widgets.training_notice import TrainingNotice
from resnet_core.training.config import TrainConfig
from resnet_core.training.runs import RunInfo


class Questions(QObject):
    """One at a time: a new one takes the place of the one before."""

    resume_requested = pyqtSignal(str, object)  # run; how its configuration is changed before, or None
    remove_requested = pyqtSignal(str)

    def __init__(self, notice: TrainingNotice, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._notice, self._window = notice, window
        self._question: Callable[[str], None] | None = None
        self._asking = False
        notice.answered.connect(self._answered)

    def say(self, sentence: str, *, bad: bool = True) -> None:
        """Something went wrong, or ended, and there is nothing to choose."""
        self._ask(sentence, [], lambda _: None, bad=bad)

    @property
    def asking(self) -> bool:
        """Whether there is something to choose."""
        return self._asking

    def clear(self) -> None:
        self._ask("", [], lambda _: None)

    def about_half_done(self, run: RunInfo) -> None:
        def answered(answer: str) -> None:
            if answer == "resume":
                self.resume_requested.emit(run.name, None)
            elif answer == "discard":
                self.remove_requested.emit(run.name)

        buttons = [("resume", self.tr("&Resume")), ("discard", self.tr("D&iscard"))]
        self._ask(training_texts.half_done(run), buttons, answered)

    def about_failure(self, ending: Ending, config: TrainConfig | None, *, damaged: bool = False) -> None:
        """`config`: what the run has now; by it the remedy is chosen. A `damaged` run can only be removed."""
        remedies = training_texts.remedies(ending, config)
        buttons = [(remedy.key, remedy.text) for remedy in remedies]
        if damaged:
            buttons.append(("remove", self.tr("Re&move …")))
        if ending.details:
            buttons.append(("details", self.tr("Details")))

        def answered(answer: str) -> None:
            if answer == "details":
                self._show_details(ending)
                self.about_failure(ending, config, damaged=damaged)
            elif answer == "remove":
                self.remove_requested.emit(ending.run)
            for remedy in remedies:
                if remedy.key == answer:
                    self.resume_requested.emit(ending.run, remedy.change)

        self._ask(ending.sentence, buttons, answered, bad=True)

    def _ask(
        self, sentence: str, buttons: list[tuple[str, str]], answered: Callable[[str], None], *, bad: bool = False
    ) -> None:
        self._question, self._asking = answered, bool(buttons)
        self._notice.show_question(sentence, buttons, bad=bad)

    def _answered(self, answer: str) -> None:
        question, self._question, self._asking = self._question, None, False
        if question is not None:
            question(answer)

    def _show_details(self, ending: Ending) -> None:
        box = asking.box(self._window, sentence(ending.sentence))
        box.setDetailedText(ending.details)
        asking.tell(box)
