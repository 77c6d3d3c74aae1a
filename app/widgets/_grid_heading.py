"""What stands above the tiles: what is shown, and how it is ranked and coloured. Part of feature_grid."""

from __future__ import annotations

from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton

from app.widgets._controls import Choices, ElidedLabel

COLOURS = ("magma", "viridis", "cividis", "grey")  # feature_maps.COLOURS, without importing numpy


class GridHeading(QHBoxLayout):
    """`choices` are the ranking, the scale and the colours; `words` stand before the first two where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.subtitle = ElidedLabel(role="title"), ElidedLabel(role="caption")
        rankings = {"mean": self.tr("mean"), "max": self.tr("maximum"), "variance": self.tr("variance")}
        scales = {"channel": self.tr("channel"), "stage": self.tr("stage")}
        ranking = Choices(list(rankings.items()), self.tr("Rank by"))
        scale = Choices(list(scales.items()), self.tr("Scale"))
        colours = Choices([(key, key) for key in COLOURS], self.tr("Colours"))
        ranking.setToolTip(self.tr("What puts a channel first"))
        scale.setToolTip(self.tr("Whether a colour means the same value in all channels of the stage"))
        scale.set_key("stage")
        self.choices = (ranking, scale, colours)
        self.export = QPushButton(self.tr("Export"))
        self.export.setProperty("size", "small")
        self.export.setToolTip(self.tr("Save these maps as one picture"))
        self.words = (QLabel(self.tr("Rank by")), QLabel(self.tr("Scale")))
        self.setContentsMargins(0, 0, 8, 0)
        self.setSpacing(8)
        self.addWidget(self.title)
        self.addWidget(self.subtitle)
        self.addStretch(1)
        for part in (self.words[0], ranking, self.words[1], scale, colours, self.export):
            self.addWidget(part)
        for word in self.words:
            word.setProperty("role", "caption")

    def show_for(self, width: int | None) -> None:
        """The controls in a heading of `width` px; None: none, there is nothing to show.

        A narrow one drops the words before the choices first; then the subtitle is cut.
        """
        controls = (*self.choices, self.export)
        for part in controls:
            part.setVisible(width is not None)
        parts = (self.title, self.subtitle, *self.words, *controls)
        needed = sum(part.sizeHint().width() + 8 for part in parts) + 24
        if width is not None:
            self.title.setMinimumWidth(min(self.title.sizeHint().width(), 160))
        for word in self.words:
            word.setVisible(width is not None and width >= needed)
