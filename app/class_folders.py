"""Pictures copied or moved into a folder for each class: planned first, carried out then, and undone if wanted."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app import os_errors
from resnet_core.errors import LensError

Mode = Literal["copy", "move"]
_NO_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # what some system allows in no file name


@dataclass(frozen=True)
class Step:
    source: Path
    target: Path


@dataclass(frozen=True)
class Done:
    """What was carried out, to be undone; `problems` are sentences on what was not."""

    mode: Mode
    steps: tuple[Step, ...]
    folders: tuple[Path, ...]  # those that were made for it
    problems: tuple[str, ...]


def plan(pictures: Iterable[tuple[Path, str]], destination: Path) -> tuple[Step, ...]:
    """Where each picture (path, class) goes: `destination/class/name`, with a number where that name is taken."""
    taken: set[Path] = set()
    steps = []
    for source, label in pictures:
        folder = destination / folder_name(label)
        target, number = folder / source.name, 2
        while target in taken or (target.exists() and target != source):
            target = folder / f"{source.stem} ({number}){source.suffix}"
            number += 1
        taken.add(target)
        if target != source:  # it is where it belongs
            steps.append(Step(source, target))
    return tuple(steps)


def folder_name(label: str) -> str:
    """A class's name as a folder on any system."""
    name = _NO_NAME.sub("_", label).strip(" .")
    return name[:100] or "_"


def carry_out(
    steps: Sequence[Step],
    mode: Mode,
    *,
    cancel: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Done:
    """Copies or moves, one file after the other. What can't be done is told, the rest is done; nothing is overwritten.

    Called off, it stops between two files: what was done is in the result and can be undone.
    """
    done: list[Step] = []
    folders: list[Path] = []
    problems: list[str] = []
    for number, step in enumerate(steps):
        if cancel():
            break
        progress(number, len(steps))
        try:
            folders += _make_folder(step.target.parent)
            if step.target.exists():
                raise LensError(f"{step.target} is there already: {step.source.name} stays where it is.")
            if mode == "copy":
                shutil.copy2(step.source, step.target)
            else:
                shutil.move(step.source, step.target)
        except LensError as error:
            problems.append(str(error))
        except (OSError, shutil.Error) as error:
            reason = os_errors.reason(error) if isinstance(error, OSError) else str(error)
            problems.append(f"{step.source.name} could not be put into {step.target.parent}: {reason}.")
        else:
            done.append(step)
    return Done(mode, tuple(done), tuple(folders), tuple(problems))


def undo(done: Done) -> tuple[str, ...]:
    """Takes copies away again or moves files back, and removes folders that were made and are empty.

    Gives sentences on what could not be undone. A copy that was changed since is left alone.
    """
    problems = []
    for step in reversed(done.steps):
        try:
            if done.mode == "move":
                if step.source.exists():
                    raise LensError(f"{step.source} is there already: {step.target} stays where it is.")
                step.source.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(step.target, step.source)
            elif not _same(step):
                raise LensError(f"{step.target} was changed since and is kept.")
            else:
                step.target.unlink()
        except LensError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{step.target} could not be taken back: {os_errors.reason(error)}.")
    for folder in reversed(done.folders):
        with contextlib.suppress(OSError):  # it holds something else by now
            folder.rmdir()
    return tuple(problems)


def _same(step: Step) -> bool:
    copy, original = step.target.stat(), step.source.stat()
    return (copy.st_size, copy.st_mtime_ns // 2_000_000_000) == (
        original.st_size,
        original.st_mtime_ns // 2_000_000_000,
    )


def _make_folder(folder: Path) -> list[Path]:
    """Makes a folder and those above it; gives the ones that were not there, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]
