"""What is said about runs that are not under way: half done, failed, finished. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.training.ends import Ending, ending_of, failure, for_window
from app.widgets._training import number
from resnet_core.training.checkpoint import has_state
from resnet_core.training.config import TrainConfig
from resnet_core.training.events import last_events
from resnet_core.training.runs import RunInfo


def is_half_done(info: RunInfo) -> bool:
    """Whether a run was begun, not trained to its end, and can go on."""
    if info.state in ("stopped", "interrupted"):
        return True
    return info.state == "failed" and has_state(info.folder)


def how_far(info: RunInfo) -> str:
    """e.g. "at epoch 12 of 30", "after 4.6 epochs"."""
    budget = info.config.budget if info.config is not None else None
    if budget is not None and budget.epochs is not None:
        return f"at epoch {number(info.epochs_done)} of {number(budget.epochs)}"
    return f"after {number(info.epochs_done)} epochs"


def half_done(info: RunInfo) -> str:
    """e.g. "cifar10-evening stopped at epoch 12 of 30."."""
    return {
        "stopped": f"{info.name} stopped {how_far(info)}.",
        "interrupted": f"{info.name} was interrupted {how_far(info)}.",
        "failed": f"{info.name} failed {how_far(info)}.",
    }[info.state]


def started_over(run: str) -> str:
    """About a run whose saved states were damaged, both of them."""
    return (
        f"What {run} had saved was damaged, so it begins anew. The damaged file is kept as last.pt.bad in its folder."
    )


def ending_of_run(info: RunInfo) -> Ending | None:
    """How a run ended, by what is on the disk; None for one that has not begun or is under way."""
    last = last_events(info.folder, frozenset({"done", "stopped"}))
    if info.state == "finished":
        return ending_of(info.folder, last["done"])
    if info.state == "stopped":
        return ending_of(info.folder, last["stopped"])
    if info.state == "failed":
        return failure(info.name, info.problem, can_resume=has_state(info.folder))
    if info.state == "interrupted":
        return Ending(info.name, "stopped", f"Interrupted {how_far(info)}: its process ended. It can go on.", True)
    return Ending(info.name, "stopped", "Not begun yet.", True) if info.state == "new" else None


def damaged(ending: Ending, problem: str) -> Ending:
    """The same of a run whose configuration is lost: whatever it had saved, nobody knows any more what that is of."""
    return replace(ending, sentence=for_window(problem), can_resume=False)


@dataclass(frozen=True)
class Remedy:
    """What may help a run that failed: a button, and how the configuration is changed before it goes on."""

    key: str
    text: str
    change: Callable[[TrainConfig], TrainConfig] | None = None


def remedies(ending: Ending, config: TrainConfig | None) -> list[Remedy]:
    """At most one: resume it, with a lower learning rate or smaller batches where that is what it needs."""
    if not ending.can_resume:
        return []
    if config is not None and ending.fault == "diverged":
        rate = config.recipe.learning_rate / 4
        return [Remedy("rate", f"Resume at rate {rate:.3g}", lambda config: with_rate(config, rate))]
    if config is not None and ending.fault == "memory" and config.recipe.batch_size > 2:
        size = config.recipe.batch_size // 2
        return [Remedy("batch", f"Resume with batches of {size}", lambda config: with_batch(config, size))]
    return [Remedy("resume", "Resume")]


def with_rate(config: TrainConfig, learning_rate: float) -> TrainConfig:
    return replace(config, recipe=replace(config.recipe, learning_rate=learning_rate))


def with_batch(config: TrainConfig, batch_size: int) -> TrainConfig:
    """Smaller batches, and the learning rate that goes with them (linear scaling)."""
    rate = config.recipe.learning_rate * batch_size / config.recipe.batch_size
    return replace(config, recipe=replace(config.recipe, batch_size=batch_size, learning_rate=rate))
