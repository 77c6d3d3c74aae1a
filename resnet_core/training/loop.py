"""The training loop: batches, epochs, and what is saved and told on the way."""

from __future__ import annotations

import functools
import time
from typing import Any, Literal, NoReturn, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from resnet_core.resnet import ResNet
from resnet_core.training import checkpoint, epoch, state
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.best import Task
from resnet_core.training.config import TrainingError
from resnet_core.training.control import Order
from resnet_core.training.data import Batch, Batches, Look
from resnet_core.training.distributed import Group
from resnet_core.training.ema import Average
from resnet_core.training.network import all_finite, freeze, make_optimizer
from resnet_core.training.pace import Pace
from resnet_core.training.probe import Figures, Probe
from resnet_core.training.schedule import Cycle, side_px

BATCH_EVENT_SECONDS = 0.5
PROBE_IMAGES = 64
_CHECK_EVERY = 10  # batches, where asking for the loss makes a GPU wait

Ended = Literal["finished", "stopped"]


class Orders(Protocol):
    """Who says pause and stop: `control.Control`, or a test."""

    def order(self) -> Order: ...

    def wait(self) -> None: ...


class Log(Protocol):
    """Who is told: `events.EventLog`, or a test."""

    def __call__(self, kind: str, /, **values: Any) -> None: ...


class DivergedError(TrainingError):
    """The loss is infinite or no number any more."""


class Trainer:
    """One training. `network` must be on the device already; `restore` takes it to where a saved state was.

    With several processes, all of them call the same methods; the leader alone decides, judges, writes and tells.
    """

    def __init__(
        self, task: Task, network: ResNet, arithmetic: Arithmetic, log: Log, orders: Orders, group: Group | None = None
    ) -> None:
        config = task.config
        self.task, self.arithmetic, self.network = task, arithmetic, network
        self._log, self._orders, self._group = log, orders, group or Group()
        self.look = Look(task.preprocess, task.dataset.side_px, arithmetic)
        self.batches = Batches(
            task.dataset.train, config.recipe.batch_size, config.augmentation, self.look, seed=config.seed,
            rank=self._group.rank, world=self._group.world,
        )  # fmt: skip
        self._frozen = freeze(network, config.start.freeze)
        self._optimizer = make_optimizer(network, config.recipe)
        self.average = Average(network, config.recipe.ema_decay) if config.recipe.ema_decay else None
        self._scaler = torch.amp.GradScaler(arithmetic.device.type, enabled=arithmetic.scaled)
        self._model = self._group.wrapped(network)
        self._probe = self._new_probe() if config.watch.probe_every and self._group.leads else None
        self._use(state.Progress(Cycle.of(config.budget)))
        self._sums = torch.zeros(3, device=arithmetic.device)  # loss, correct answers, pictures of this epoch
        self._next_event = self._next_save = 0.0

    @property
    def judged(self) -> nn.Module:
        """The network that is validated, saved and tested: the average, where there is one."""
        return self.network if self.average is None else self.average.network

    def _new_probe(self) -> Probe:
        few = self.task.dataset.train.take(np.arange(min(PROBE_IMAGES, len(self.task.dataset.train))))
        return Probe(self.network, next(iter(self.look.batches(few, PROBE_IMAGES))).images)

    def _use(self, progress: state.Progress) -> None:
        dataset = self.task.dataset
        self.progress = progress
        self.pace = Pace(
            progress, self.batches.per_epoch, self.batches.size, len(dataset.validation), len(dataset.test)
        )

    # What is kept

    def restore(self, loaded: state.Loaded) -> None:
        """Goes on from a saved state, with the budget of the configuration. Raises TrainingError if it does not fit."""
        loaded.restore(self._objects())
        self._use(loaded.progress)
        progress = self.progress
        if progress.batch_size != self.batches.size:  # smaller batches after a lack of memory: the same place, about
            place = progress.batch * progress.batch_size // self.batches.size
            progress.batch = min(place, self.batches.per_epoch - 1)  # larger ones leave more over at the end
        cycle, budget = progress.cycle, self.task.config.budget
        progress.cycle = cycle.changed(budget, self.pace.epochs, progress.seconds, finished=progress.finished)
        progress.finished &= progress.cycle is cycle
        if self.average is not None:
            self.average.updates = progress.average_updates
        if self._group.leads:
            self._sums = self._sums.new_tensor([progress.loss_sum, progress.correct, progress.images])

    def save(self) -> None:
        """Writes the state. Raises OSError, and DivergedError rather than replace a good state by a bad one."""
        sums = self._group.summed(self._sums.clone())
        self._check_finite(sums)
        if not self._group.leads:
            return
        if not all_finite(self.network.parameters()):
            self._diverged()
        progress = self.progress
        progress.seconds = self.pace.seconds
        progress.loss_sum, progress.correct, progress.images = sums.tolist()
        progress.batch_size = self.batches.size
        progress.average_updates = 0 if self.average is None else self.average.updates
        made_of = self.task.spec, self.task.preprocess
        write = functools.partial(state.write, progress, self.arithmetic, self._objects(), *made_of)
        checkpoint.save(self.task.folder, write)
        best = progress.best_accuracy if progress.best_accuracy >= 0 else None
        self._log("checkpoint", epoch=progress.epoch, batch=progress.batch, epochs=self.pace.epochs, best_accuracy=best)
        self._next_save = time.monotonic() + 60 * self.task.config.watch.save_minutes

    def _objects(self) -> dict[str, Any]:
        objects: dict[str, Any] = {"network": self.network, "optimizer": self._optimizer}
        if self.average is not None:
            objects["average"] = self.average.network
        if self.arithmetic.scaled:
            objects["scaler"] = self._scaler
        return objects

    # The loop

    def fit(self) -> Ended:
        """Trains to the end of the budget, or until it is told to stop; the state is saved then.

        Raises TrainingError (DivergedError among them), OSError, and what torch has for too little memory.
        """
        self.pace.start()
        self._next_save = time.monotonic() + 60 * self.task.config.watch.save_minutes
        if self.progress.epoch == self.progress.batch == 0:
            self.save()  # before the first batch: a disk that can't take it is better known now
        while True:
            share, order, due = self._group.told(
                lambda: (self.pace.share(), self._orders.order(), time.monotonic() >= self._next_save)
            )
            if share >= 1:
                self._end()
                return "finished"
            if order == "stop":
                self.save()
                return "stopped"
            if order == "pause":
                self._pause()
                continue
            if due:
                self.save()
            self._step()
            if self.progress.batch == self.batches.per_epoch:
                self._end_epoch()

    def _pause(self) -> None:
        self.save()
        began = time.monotonic()
        self._tell("paused", epochs=self.pace.epochs)
        while self._group.told(self._orders.order) == "pause":
            self._orders.wait()
        self.pace.forget(time.monotonic() - began)
        self._tell("resumed", epochs=self.pace.epochs)

    def _step(self) -> None:
        progress, recipe = self.progress, self.task.config.recipe
        began = time.monotonic()
        rate, side = self._group.told(lambda: (self.pace.learning_rate(recipe), self._side_px()))
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._model.train()
        for module in self._frozen:
            module.eval()
        batch = self.batches.batch(progress.epoch, progress.batch)
        with self.arithmetic.autocast():
            logits = self._model(self.look.shrunk(batch.images, side))
        logits = logits.float()
        loss = _loss(logits, batch, recipe.label_smoothing)
        self._scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        probe = self._probe_now()
        if probe is not None:
            probe.before(self._scaler.get_scale() if self.arithmetic.scaled else 1.0)
        self._scaler.step(self._optimizer)
        self._scaler.update()
        figures = probe.after() if probe is not None else None
        self._optimizer.zero_grad(set_to_none=True)

        with torch.no_grad():
            found = len(batch.labels)
            right = (logits.argmax(1) == batch.labels).sum()
            self._sums += torch.stack([loss.detach() * found, right, torch.full_like(right, found)])
        progress.batch += 1
        if self.arithmetic.device.type == "cpu" or progress.batch % _CHECK_EVERY == 0:
            self._check_finite(self._sums)
        step = progress.epoch * self.batches.per_epoch + progress.batch
        if self.average is not None and step % recipe.ema_every == 0 and not self.average.update(self.network):
            self._diverged()
        self.pace.trained(time.monotonic() - began)
        self._tell_batch(rate, figures)

    def _side_px(self) -> int:
        return side_px(self.pace.share(), self.task.config.augmentation.grow_from_px, self.look.image_px)

    def _probe_now(self) -> Probe | None:
        return self._probe if self.progress.batch % max(1, self.task.config.watch.probe_every) == 0 else None

    def _end_epoch(self) -> None:
        self._judge()
        self.progress.epoch += 1
        self.progress.batch = 0
        self._sums.zero_()
        self.progress.finished = self._group.told(lambda: self.pace.share() >= 1)
        self.save()

    def _end(self) -> None:
        """The budget is spent, perhaps in the middle of an epoch: what was learned since is judged too."""
        if self.progress.finished:  # with an epoch
            return
        if self.progress.batch:
            self._judge()
        self.progress.finished = True
        self.save()

    def _judge(self) -> None:
        sums = self._group.summed(self._sums.clone())
        self._check_finite(sums)
        if self._group.leads:
            self._tell("epoch", **epoch.judge(self.task, self.judged, self.look, self.arithmetic, self.pace, sums))

    # What is told

    def _tell_batch(self, learning_rate: float, figures: Figures | None) -> None:
        now, per_epoch = time.monotonic(), self.batches.per_epoch
        if figures is None and now < self._next_event and self.progress.batch < per_epoch:
            return
        self._next_event = now + BATCH_EVENT_SECONDS
        sums = self._sums.tolist()
        stages = {} if figures is None else {"stages": figures}
        self._tell(
            "batch", epoch=self.progress.epoch, batch=self.progress.batch, batches=per_epoch,
            loss=sums[0] / sums[2], accuracy=sums[1] / sums[2], learning_rate=learning_rate,
            images_per_second=self.pace.images_per_second, share=self.pace.share(), eta_s=self.pace.eta_s(), **stages,
        )  # fmt: skip

    def _tell(self, kind: str, **values: Any) -> None:
        if self._group.leads:
            self._log(kind, **values)

    def _check_finite(self, sums: Tensor) -> None:
        if not bool(torch.isfinite(sums).all()):
            self._diverged()

    def _diverged(self) -> NoReturn:
        peak = self.task.config.recipe.learning_rate
        raise DivergedError(
            f"The loss became infinite or no number in epoch {self.progress.epoch + 1}, at a learning rate of "
            f"{self.pace.learning_rate(self.task.config.recipe):.3g}. The last good state is kept: go on from it with "
            f"a lower peak than {peak:g}, “--resume {self.task.folder.name} --learning-rate {peak / 4:.3g}”."
        )


def _loss(logits: Tensor, batch: Batch, label_smoothing: float) -> Tensor:
    loss = functional.cross_entropy(logits, batch.labels, label_smoothing=label_smoothing)
    if batch.other_labels is None:
        return loss
    other = functional.cross_entropy(logits, batch.other_labels, label_smoothing=label_smoothing)
    return batch.share * loss + (1 - batch.share) * other
