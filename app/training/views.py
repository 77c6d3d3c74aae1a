"""What the training dialog shows of a run and its process: words, rows, the line at the bottom."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from app.i18n import mark, sentence
from app.i18n import tr as _tr
from app.training.ends import Ending
from app.training.record import Record
from app.widgets._training import Controls, RunRow, duration, number, percent
from resnet_core.training.runs import RunInfo

if TYPE_CHECKING:
    from app.dialogs.training_dialog import TrainingDialog

_MONTHS = mark(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))


def run_row(info: RunInfo) -> RunRow:
    config = info.config
    budget = config.budget if config is not None else None
    done = _tr("{0} epochs").format(number(info.epochs_done))
    if budget is not None and budget.epochs is not None and info.state != "finished":
        done = _tr("{0} of {1} epochs").format(number(info.epochs_done), number(budget.epochs))
    accuracy = ""
    if info.test_accuracy is not None:
        accuracy = _tr("{0} % of the test pictures right").format(f"{100 * info.test_accuracy:.2f}")
    elif info.best_accuracy is not None:
        accuracy = _tr("{0} on validation").format(percent(info.best_accuracy))
    return RunRow(
        info.name, info.state, config.start.network if config else "", info.dataset, done, accuracy, when(info.updated),
        sentence(info.problem) if info.state in ("failed", "damaged") else "",
        info.state in ("stopped", "interrupted", "failed", "new"),
    )  # fmt: skip


def when(seconds: float, now: float | None = None) -> str:
    """e.g. "today 21:14", "yesterday 08:00", "12 Nov 2026"."""
    if not seconds:
        return ""
    then, today = time.localtime(seconds), time.localtime(now)
    if then[:3] == today[:3]:
        return _tr("today {0}").format(time.strftime("%H:%M", then))
    before = time.localtime(time.mktime((*today[:2], today.tm_mday - 1, 12, 0, 0, 0, 0, -1)))
    if then[:3] == before[:3]:
        return _tr("yesterday {0}").format(time.strftime("%H:%M", then))
    return _tr("{day} {month} {year}").format(day=then.tm_mday, month=_tr(_MONTHS[then.tm_mon - 1]), year=then.tm_year)


def word(state: str, ending: Ending | None) -> tuple[str, str]:
    """What stands beside the progress, and its colour; "" while it trains."""
    words = {
        "pausing": (_tr("pausing …"), "second"),
        "paused": (_tr("paused"), "second"), "resuming": (_tr("resuming …"), "second"),
        "stopping": (_tr("stopping …"), "muted"),
    }  # fmt: skip
    if state in words:
        return words[state]
    if state in ("starting", "training") or ending is None:
        return "", "muted"
    return {
        "finished": (_tr("finished"), "good"), "stopped": (_tr("stopped"), "muted"), "failed": (_tr("failed"), "bad"),
    }[ending.how]  # fmt: skip


def starting(record: Record) -> str:
    """The headline until the first step."""
    return _tr("Going on after {0} epochs …").format(number(record.epochs)) if record.epochs else _tr("Starting …")


def skipped(record: Record) -> str:
    """The files of a folder that could not be read, for a tooltip."""
    files = record.start.get("skipped") or []
    return "\n".join([_tr("Skipped:"), *map(str, files[:12])]) if files else ""


def controls(
    state: str, record: Record, ending: Ending | None, now: float, *, others: str = "", can_use: bool = False,
    loading: bool = False,
) -> Controls:  # fmt: skip
    """The bottom line. `state` of the process, "" where the run shown is not its; `others`: a run it trains now.

    `loading`: it imports PyTorch, and will hear of what is wanted when it has.
    """
    if not record.run:
        return Controls()
    if not state:
        message = ending.sentence if ending is not None else ""
        if others:
            return Controls("resume", False, False, can_use, _tr("{0} is being trained meanwhile.").format(others))
        failed = ending is not None and ending.how == "failed"
        if failed:  # all of it stands above, with what helps
            message = message.split(". ")[0].rstrip(".") + "."
        can_go = ending is not None and ending.can_resume
        return Controls("resume", can_go, False, can_use, message, failed)
    saved = "" if record.saved_at is None else _tr("Saved {0} ago.").format(duration(max(1.0, now - record.saved_at)))
    messages = {
        "starting": _tr("Starting: loading PyTorch and the pictures takes some seconds."),
        "training": f"{saved} " + _tr("You can close this window: training goes on."),
        "pausing": _tr("Pausing after this step …"),
        "paused": _tr("Paused and saved. Nothing is computed until you resume."),
        "resuming": _tr("Going on …"),
        "stopping": _tr("Stopping: its state is being saved …"),
    }
    if loading:
        messages["pausing"] = _tr("PyTorch is still being loaded: it pauses before the first step …")
        messages["stopping"] = _tr("PyTorch is still being loaded: it ends before the first step …")
    go = "resume" if state in ("paused", "pausing") else "pause"
    can_go = state in ("training", "starting", "paused", "pausing")
    return Controls(
        "resume" if go == "resume" else "pause", can_go, state != "stopping", False, messages.get(state, "").strip()
    )


def show(dialog: TrainingDialog, record: Record, state: str, ending: Ending | None) -> None:
    """A run in the dialog, whose process is in `state` ("": it has none) or has come to its `ending`."""
    said, token = word(state, ending)
    progress = record.progress(starting(record) if state == "starting" else "")
    dialog.show_run(record.run, said or (f"{100 * (progress.share or 0):.0f} %" if record.run else ""))
    if record.run:
        dialog.progress.show_progress(progress, said, token)
        dialog.show_curves(record.curves())
        dialog.stages.show_stages(record.stages)
        dialog.facts.show_facts(_tr("This run"), record.facts(), skipped(record))
