"""The training process: `python -m resnet_core.training RUN_FOLDER HOME`, or the worker "trainer".

Its events go to stdout, one JSON object a line; it takes the orders "pause", "resume" and "stop" (see `control`). It
goes on when nobody listens any more: closing the window ends no training. `torchrun --nproc-per-node N -m
resnet_core.training RUN_FOLDER HOME` trains with several processes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from resnet_core.errors import LensError
from resnet_core.training.control import Control
from resnet_core.training.environment import share_the_processor
from resnet_core.training.events import Event


class Stdout:
    """A listener that prints events for as long as somebody reads them."""

    def __init__(self) -> None:
        self._open = sys.stdout is not None

    def __call__(self, event: Event) -> None:
        if not self._open:
            return
        try:
            sys.stdout.write(json.dumps(event) + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            self._open = False


def main(args: Sequence[str]) -> int:
    """Exit code 0: done or stopped; 1: failed, with an "error" event; 2: wrong usage."""
    if len(args) != 2:
        sys.stderr.write("Usage: python -m resnet_core.training RUN_FOLDER HOME\n")
        return 2
    folder, home = map(Path, args)
    if not folder.is_dir():
        sys.stderr.write(f"There is no run in {folder}.\n")
        return 2
    share_the_processor()
    from resnet_core.training import job
    from resnet_core.training.distributed import Group, LostPeerError
    from resnet_core.weights.store import WeightsStore

    control = Control(folder)
    control.listen_to_signals()
    control.listen_to_stdin()
    group = Group.join()
    try:
        job.train(folder, WeightsStore(home), control, Stdout(), group)
    except LensError as error:
        if group.leads or not isinstance(error, LostPeerError):  # one that follows says what it died of, not of whom
            sys.stderr.write(f"{error}\n")
        return 1
    finally:
        group.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
