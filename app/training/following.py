"""What a run's `events.jsonl` says, read on as it grows. No Qt, no torch: a thread does it for the window."""

from __future__ import annotations

from pathlib import Path

from resnet_core.training.events import FILE, Event, parse_event

_BATCH = b'{"event": "batch"'  # how the lines that are by far the most begin
_PIECE_BYTES = 1 << 20
MOST_OLD_BATCHES = 2000


class EventTail:
    """The events of a run, as they come: `read()` gives those that are new since it was last called."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._offset = 0
        self._unread = b""

    @property
    def size(self) -> int:
        """Bytes that there are, read or not; 0 where there is no file yet."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def read(self) -> list[Event]:
        """Whole lines only; what is damaged is left out. A file that is gone, or is not there yet, gives none."""
        return [event for line in self._lines() if (event := parse_event(line)) is not None]

    def read_past(self) -> list[Event]:
        """The same for what may be the days of a long run: of its batches only about every n-th, and the last ones."""
        lines = self._lines()
        batches = sum(line.startswith(_BATCH) for line in lines)
        keep_every = max(1, batches // MOST_OLD_BATCHES)
        kept, seen = [], 0
        for line in lines:
            if line.startswith(_BATCH):
                seen += 1
                # One that tells of the stages comes seldom: the last of them is what is shown.
                if seen % keep_every and batches - seen > 200:
                    continue
            if (event := parse_event(line)) is not None:
                kept.append(event)
        return kept

    def _lines(self) -> list[bytes]:
        lines: list[bytes] = []
        try:
            with self._path.open("rb") as file:
                if self.size < self._offset:  # another file by this name
                    self._offset, self._unread = 0, b""
                file.seek(self._offset)
                while piece := file.read(_PIECE_BYTES):
                    self._offset += len(piece)
                    *whole, self._unread = (self._unread + piece).split(b"\n")
                    lines += whole
        except OSError:
            pass
        return lines
