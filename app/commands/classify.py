"""`resnet-lens classify PATH…`: what pictures show, for eyes, for programs, for a spreadsheet."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app import console, files
from app.commands import common
from resnet_core.errors import ImageError, LensError

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis


@dataclass(frozen=True)
class Answer:
    """What became of one picture; `path` as it was given."""

    path: str
    analysis: Analysis | None
    error: LensError | None


class _Writer(Protocol):
    def write(self, answer: Answer) -> None: ...
    def finish(self) -> None: ...


def run(options: argparse.Namespace) -> int:
    info = common.usable_weights(options.weights)
    writer: _Writer
    if options.json:
        writer = _Json(info.id, options.top)
    elif options.csv is not None:
        common.check_csv(options.csv)
        writer = _Csv(info.id, min(options.top, info.spec.num_classes), options.csv)
    else:
        writer = _Text(options.top)
    failed = False
    said: set[str] = set()
    for answer in answers(options):
        failed = failed or answer.error is not None
        notice = answer.analysis.notice if answer.analysis is not None else None
        if notice is not None and notice not in said:
            said.add(notice)
            console.say(notice)
        writer.write(answer)
    writer.finish()
    return 1 if failed else 0


def answers(options: argparse.Namespace) -> Iterator[Answer]:
    """One for each picture, in the order given. A folder without pictures is an error of its own."""
    from resnet_core.folder import classify_many

    plan: list[Answer | str] = []
    for text in options.paths:
        try:
            plan += common.expand(text, options.recursive)
        except ImageError as error:
            plan.append(Answer(text, None, error))
    with console.interruptible() as called_off, common.classifier() as classifier:
        results = classify_many(
            classifier,
            [Path(entry) for entry in plan if isinstance(entry, str)],
            options.weights,
            device=options.device,
            precision=options.precision,
            top_k=options.top,
            cancel=called_off,
        )
        for entry in plan:
            if isinstance(entry, Answer):
                yield entry
            else:
                result = next(results)
                yield Answer(entry, result.analysis, result.error)


class _Json:
    """Design §9: one object a line."""

    def __init__(self, weights_id: str, top_k: int) -> None:
        self._weights_id, self._top_k = weights_id, top_k

    def write(self, answer: Answer) -> None:
        console.json_line(self._object(answer))

    def _object(self, answer: Answer) -> dict[str, Any]:
        if answer.analysis is None:
            kind = answer.error.kind if answer.error is not None else LensError.kind
            return {"path": answer.path, "error": {"kind": kind, "message": str(answer.error)}}
        return {
            "path": answer.path,
            "weights": self._weights_id,
            "device": answer.analysis.device,
            "precision": common.precision(answer.analysis),
            "elapsed_ms": common.elapsed_ms(answer.analysis),
            "predictions": common.predictions(answer.analysis.top(self._top_k)),
        }

    def finish(self) -> None:
        """Every line was complete."""


class _Text:
    """For eyes: the path, and its predictions below. Errors go to stderr."""

    def __init__(self, top_k: int) -> None:
        self._top_k = top_k

    def write(self, answer: Answer) -> None:
        if answer.analysis is None:
            console.say(str(answer.error))
            return
        rows = [
            (str(rank), prediction.label, console.percent(prediction.probability))
            for rank, prediction in enumerate(answer.analysis.top(self._top_k), start=1)
        ]
        console.line("\n".join([console.plain(answer.path), *(f"  {row}" for row in console.table(rows, "><>"))]))

    def finish(self) -> None:
        """Nothing is held back."""


class _Csv:
    """One picture a row. Text that a spreadsheet would run as a formula gets an apostrophe before it."""

    def __init__(self, weights_id: str, top_k: int, target: Path) -> None:
        self._weights_id, self._top_k, self._target = weights_id, top_k, target
        self._text = io.StringIO()
        self._rows = csv.writer(self._text)
        heading = ["path", "error", "weights", "device", "precision", "elapsed_ms"]
        for rank in range(1, top_k + 1):
            heading += [f"label{rank}", f"index{rank}", f"probability{rank}"]
        self._rows.writerow(heading)
        self._count = 0

    def write(self, answer: Answer) -> None:
        self._count += 1
        analysis = answer.analysis
        if analysis is None:
            self._rows.writerow([files.inert(answer.path), files.inert(str(answer.error))])
            return
        row: list[object] = [
            files.inert(answer.path),
            "",
            files.inert(self._weights_id),
            analysis.device,
            common.precision(analysis),
            common.elapsed_ms(analysis),
        ]
        for prediction in analysis.top(self._top_k):
            row += [files.inert(prediction.label), prediction.index, f"{prediction.probability:.6g}"]
        self._rows.writerow(row)

    def finish(self) -> None:
        files.write(self._target, self._text.getvalue().encode("utf-8", "surrogateescape"))
        console.say(f"{self._count} {'row' if self._count == 1 else 'rows'} written to {self._target}.")
