"""The pictures opened in a window, in order, and the one being looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count

from PyQt5.QtCore import QObject, pyqtSignal

from app.items import Item, Source, expand, version_of
from app.tasks import Task, TaskRunner


class Album(QObject):
    """`items` by key, in the order of the filmstrip; `current` is one of the keys, or None."""

    items_changed = pyqtSignal()  # images came or went
    item_changed = pyqtSignal(object)  # one Item
    current_changed = pyqtSignal()  # another image is being looked at, or none
    opened = pyqtSignal()  # what was asked to be opened is in `items`
    notice = pyqtSignal(str, str)  # a sentence for the status line, details

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: dict[str, Item] = {}
        self.current: str | None = None
        self._tasks = tasks
        self._keys = count(1)

    def open(self, sources: Iterable[Source], *, recursive: bool = True) -> None:
        """Open files, folders and pictures from the clipboard; the first new one becomes the current one.

        A file that is open already is looked at again, and read again if it was changed meanwhile.
        """
        sources = list(sources)

        def work(task: Task) -> list[Source]:
            return [found for source in sources for found in expand(source, recursive, task.cancel)]

        self._start_opening(work)

    def open_made(self, make: Callable[[], Source]) -> None:
        """Open what is no file, such as the clipboard's picture; it is made off the GUI thread."""
        self._start_opening(lambda task: [make()])

    def _start_opening(self, work: Callable[[Task], list[Source]]) -> None:
        self._tasks.start(f"open {next(self._keys)}", work, self._opened, self.notice.emit)

    def _opened(self, sources: list[Source]) -> None:
        if not sources:
            self.notice.emit("There is no picture in what was opened.", "")
            return
        known = {item.source: item.key for item in self.items.values()}
        fresh = []
        for source in dict.fromkeys(sources):
            version = version_of(source)
            key = known.get(source)
            if key is None or self.items[key].version != version:
                key = key or str(next(self._keys))
                self.items[key] = Item(key, source, source.name, version)
                fresh.append(key)
        self.items_changed.emit()
        self.select(fresh[0] if fresh else known[sources[0]])
        self.opened.emit()

    def fetch(self, address: str) -> None:
        """Open a picture from the internet. Only called after the user said yes to this very address."""

        def work(task: Task) -> list[Source]:
            from app.fetch import fetch_picture  # here: Python's http and ssl would hold up every start of the program

            return [fetch_picture(address, task.cancel)]

        self._tasks.start("fetch", work, self._opened, self.notice.emit)

    def select(self, key: str | None) -> None:
        """Look at another opened image, or at none."""
        self.current = key
        self.current_changed.emit()

    def step(self, by: int) -> None:
        """The image `by` places further in the filmstrip, if there is one."""
        keys = list(self.items)
        if self.current in self.items:
            place = keys.index(self.current) + by
            if 0 <= place < len(keys):
                self.select(keys[place])

    def remove(self, key: str) -> None:
        """Close an image; the file stays where it is. Its neighbour becomes the current one."""
        if key not in self.items:
            return
        keys = list(self.items)
        place = keys.index(key)
        del self.items[key]
        self.items_changed.emit()
        if key == self.current:
            rest = keys[:place] + keys[place + 1 :]
            self.select(rest[min(place, len(rest) - 1)] if rest else None)

    def clear(self) -> None:
        self.items.clear()
        self.items_changed.emit()
        self.select(None)

    def snapshot(self) -> tuple[dict[str, Item], str | None]:
        """What is opened and looked at, for `restore`."""
        return dict(self.items), self.current

    def restore(self, snapshot: tuple[dict[str, Item], str | None]) -> None:
        """Have opened again what was; what was opened since stays, behind it."""
        items, current = snapshot
        self.items = {**items, **self.items}
        self.items_changed.emit()
        self.select(current)

    def update(self, key: str, **changes: object) -> None:
        """Change what is known of an image, if it is still open."""
        if key in self.items:
            self.items[key] = replace(self.items[key], **changes)  # type: ignore[arg-type]
            self.item_changed.emit(self.items[key])
