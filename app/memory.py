"""What a window remembers of its user: folders, what was opened and used last. Kept with the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import QObject, QStandardPaths
from PyQt5.QtWidgets import QAction, QMenu

from app import paths
from app.recent import RecentMenu
from app.settings import MOST_RECENT, Settings, latest_first


class Memory(QObject):
    """`settings` are those in force; whoever changes one replaces them here."""

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = settings

    def last_folder(self) -> str:
        """Where the open dialog starts."""
        return self.settings.last_folder or QStandardPaths.writableLocation(QStandardPaths.PicturesLocation)

    def export_folder(self) -> str:
        return self.settings.export_folder or self.last_folder()

    def datasets(self) -> Path:
        """Where CIFAR-10 is looked for and put."""
        return Path(self.settings.data_folder) if self.settings.data_folder else paths.datasets_dir()

    def opened_from(self, folder: Path) -> None:
        self.settings = replace(self.settings, last_folder=str(folder))

    def exported_to(self, folder: Path) -> None:
        self.settings = replace(self.settings, export_folder=str(folder))

    def opened(self, paths: Sequence[Path]) -> None:
        recent = self.settings.recent_files
        for path in reversed(paths[:MOST_RECENT]):
            recent = latest_first(str(path.absolute()), recent)
        self.settings = replace(self.settings, recent_files=recent)

    def used(self, weights_id: str) -> None:
        recent = latest_first(weights_id, self.settings.recent_weights)
        self.settings = replace(self.settings, recent_weights=recent)

    def list_classes(self, top_k: int) -> None:
        self.settings = replace(self.settings, top_k=top_k)

    def files_menu(self, menu: QMenu, before: QAction, chosen: Callable[[str], None]) -> None:
        """Puts a submenu of what was opened last into `menu`."""

        def entries() -> list[tuple[str, str]]:
            return [(path, Path(path).name or path) for path in self.settings.recent_files]

        RecentMenu(self.tr("Open &recent"), entries, menu, before).chosen.connect(chosen)

    def weights_menu(self, menu: QMenu, before: QAction, chosen: Callable[[str], None]) -> None:
        """Puts a submenu of the weights used last into `menu`."""

        def entries() -> list[tuple[str, str]]:
            return [(weights_id, weights_id) for weights_id in self.settings.recent_weights]

        RecentMenu(self.tr("&Recent"), entries, menu, before).chosen.connect(chosen)
