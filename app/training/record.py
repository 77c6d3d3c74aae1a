"""A run as its events tell it, kept ready to be shown: curves with every epoch, the stages, how far it is."""

from __future__ import annotations

from app.i18n import tr
from app.widgets._training import Curves, Point, Progress, StageHealth, number
from resnet_core.training.config import Budget
from resnet_core.training.events import Event

MOST_POINTS = 1200  # of the training loss between the epochs' ends; then two neighbours become one


class Record:
    """`add` events in order; everything else reads. What an event lacks (a figure was not finite) is left out."""

    def __init__(self, run: str, budget: Budget | None = None) -> None:
        self.run = run
        self.start: Event = {}
        self.batch: Event = {}
        self.stages: tuple[StageHealth, ...] = ()
        self.saved_at: float | None = None  # seconds since 1970
        self.done: Event = {}
        self._budget = budget
        self._epochs: list[Event] = []
        self._losses: list[tuple[float, float, float]] = []  # epoch, loss, weight
        self._end = 0.0

    def add(self, event: Event) -> None:
        kind = event["event"]
        if kind == "start":
            self.start, self.done = event, {}
            self._budget = Budget(event.get("epochs"), event.get("minutes"))
            self._rewind(float(event.get("epochs_done", 0.0)))
            if not event.get("epochs_done"):  # what its stages did, and what was saved, was of another try
                self.stages, self.saved_at = (), None
        elif kind == "batch" and "epoch" in event and "batch" in event:
            self._add_loss(event)
            self.batch = event
            if "stages" in event:
                self.stages = _stages(event["stages"])
        elif kind == "epoch" and "epoch" in event:
            # The end of a budget within an epoch gives a row; the rest of that epoch, trained later, takes its place.
            whole = int(event["epoch"] - 1e-9)
            self._epochs = [old for old in self._epochs if old["epoch"] <= whole] + [event]
        elif kind == "checkpoint":
            self.saved_at = event.get("time")
        elif kind == "done":
            self.done = event

    def _rewind(self, epochs: float) -> None:
        """A run that goes on from a saved state: what came after that is trained anew."""
        self._epochs = [event for event in self._epochs if event["epoch"] <= epochs + 1e-6]
        self._losses = [point for point in self._losses if point[0] <= epochs + 1e-6]
        self.batch = {}

    def _add_loss(self, event: Event) -> None:
        """The loss of the batches since the event before: what is told is the mean since the epoch's beginning."""
        if "loss" not in event or not event.get("batches"):
            return
        before, batch, epoch = self.batch, float(event["batch"]), float(event["epoch"])
        since, told = 0.0, 0.0
        if before.get("epoch") == event["epoch"] and "loss" in before and before["batch"] < batch:
            since, told = float(before["batch"]), float(before["loss"])
        elif before.get("epoch") != event["epoch"] and epoch < float(self.start.get("epochs_done", 0.0)) < epoch + 1:
            return  # resumed within this epoch: the mean is one over batches of the sitting before, too
        weight = batch - since
        loss = (float(event["loss"]) * batch - told * since) / weight
        middle = epoch + (batch - weight / 2) / event["batches"]
        self._losses.append((middle, max(0.0, loss), weight))
        if len(self._losses) > MOST_POINTS:
            pairs = zip(self._losses[::2], self._losses[1::2], strict=False)
            odd = self._losses[-1:] if len(self._losses) % 2 else []
            self._losses = [_merged(first, second) for first, second in pairs] + odd

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def epochs(self) -> float:
        """How many are trained, as far as is known."""
        if self.batch:
            return float(self.batch["epoch"] + self.batch["batch"] / max(1, self.batch.get("batches", 1)))
        last = self._epochs[-1]["epoch"] if self._epochs else 0.0
        return float(max(last, self.start.get("epochs_done", 0.0)))

    @property
    def is_by_epochs(self) -> bool:
        return self._budget is not None and self._budget.epochs is not None

    @property
    def epochs_in_all(self) -> float | None:
        """By the budget; where that is in minutes, by how much of it is spent."""
        if self._budget is not None and self._budget.epochs is not None:
            return self._budget.epochs
        if self.done:
            return self.epochs
        minutes, rate = (
            0.0 if self._budget is None else self._budget.minutes or 0.0,
            self.batch.get("images_per_second"),
        )
        images = self.batch.get("batches", 0) * self.start.get("batch_size", 0)
        if not rate or not images or "share" not in self.batch:
            return None
        return float(self.epochs + (1 - self.batch["share"]) * 60 * minutes * rate / images)

    @property
    def best(self) -> Point | None:
        """Epoch and accuracy on the validation pictures."""
        found = [(event["epoch"], event["validation_accuracy"]) for event in self._epochs if _has(event)]
        return max(found, key=lambda point: point[1]) if found else None

    def curves(self) -> Curves:
        def of(name: str) -> tuple[Point, ...]:
            return tuple((event["epoch"], event[name]) for event in self._epochs if name in event)

        total = self.epochs_in_all or 0.0
        if total and abs(total - self._end) > 0.1 * self._end:  # an estimate: don't let the axis tremble
            self._end = total
        losses = tuple((x, y) for x, y, _ in self._losses)
        return Curves(
            losses or of("train_loss"), of("validation_loss"), of("train_accuracy"), of("validation_accuracy"),
            self.best, max(self._end, self.epochs, 1e-3),
        )  # fmt: skip

    def progress(self, headline: str = "") -> Progress:
        batch = self.batch
        share = 1.0 if self.done else batch.get("share")
        if share is None and (total := self.epochs_in_all):
            share = min(1.0, self.epochs / total)
        return Progress(
            headline or self.headline(), share, batch.get("images_per_second"), batch.get("eta_s"),
            batch.get("learning_rate"), batch.get("loss"), batch.get("accuracy"),
        )  # fmt: skip

    def headline(self) -> str:
        """e.g. "Epoch 3 of 4.6 · step 588"."""
        total = self.epochs_in_all
        in_all = "" if not total else number(total) if self.is_by_epochs else f"{total:.2g}"
        if not self.batch:
            return (tr("{0} of {1} epochs") if total else tr("{0} epochs")).format(f"{self.epochs:.3g}", in_all)
        step = self.batch["epoch"] * self.batch.get("batches", 0) + self.batch["batch"]
        if total and total < 1:
            return tr("{0} of {1} epochs · step {2}").format(f"{self.epochs:.2g}", in_all, f"{step:,}")
        text = tr("Epoch {0} of {1} · step {2}") if total else tr("Epoch {0} · step {2}")
        return text.format(self.batch["epoch"] + 1, in_all, f"{step:,}")

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is trained on what, for the card of the run: name, value."""
        start = self.start
        if not start:
            return ()
        counts = [start.get(f"{part}_images", 0) for part in ("train", "validation", "test")]
        facts = [
            (
                tr("Network"),
                tr("{0}, {1} M parameters").format(start.get("network", ""), f"{start.get('parameters', 0) / 1e6:.2f}"),
            ),
            (tr("Data"), tr("{0}, {1} classes").format(start.get("dataset", ""), len(start.get("classes", ())))),
            (tr("Pictures to train, validate, test"), f"{counts[0]:,} + {counts[1]:,} + {counts[2]:,}"),
            (
                tr("Batches"),
                tr("{0} pictures, {1} an epoch").format(start.get("batch_size", 0), f"{start.get('batches', 0):,}"),
            ),
            (tr("Runs on"), f"{str(start.get('device', '')).upper()}, {start.get('precision', '')}"),
        ]
        if skipped := start.get("skipped"):
            # Not at the end: a low window shows the first ones.
            count = start.get("skipped_count", len(skipped))
            files = tr("1 file") if count == 1 else tr("{0} files").format(f"{count:,}")
            facts.insert(2, (tr("Skipped"), files))
        return tuple(facts)


def _has(event: Event) -> bool:
    return "validation_accuracy" in event


def _merged(first: tuple[float, float, float], second: tuple[float, float, float]) -> tuple[float, float, float]:
    weight = first[2] + second[2]
    return (
        (first[0] * first[2] + second[0] * second[2]) / weight,
        (first[1] * first[2] + second[1] * second[2]) / weight,
        weight,
    )


def _stages(told: dict[str, dict[str, float]]) -> tuple[StageHealth, ...]:
    order = ("conv1", "layer1", "layer2", "layer3", "layer4", "fc")
    told = {name: figures for name, figures in told.items() if isinstance(figures, dict)}
    names = [name for name in order if name in told] + [name for name in told if name not in order]
    return tuple(
        StageHealth(name, told[name].get("gradient", 0.0), told[name].get("update", 0.0), told[name].get("dead"))
        for name in names
    )
