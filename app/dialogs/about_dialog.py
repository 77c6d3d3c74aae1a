"""What this program is: versions, licence, whose work it stands on."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtGui import QPixmap
from PyQt5.QtWidgets import QApplication, QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import geometry, reports
from app.i18n import mark, tr
from app.plain_text import paragraph

_WIDTH_PX = 480
LICENCE = mark(
    "ResNet Lens is free software under the GNU General Public License, version 3 or later. "
    "It comes without any warranty."
)
CREDITS = mark(
    "Residual networks: Kaiming He, Xiangyu Zhang, Shaoqing Ren and Jian Sun, “Deep Residual Learning for Image "
    "Recognition”, 2015. Published weights: torchvision. CIFAR-10: Alex Krizhevsky. "
    "Built with PyQt5, OpenVINO, NumPy, Pillow, safetensors and PyTorch."
)


class AboutDialog(QDialog):
    """`icon` is the program's own, if there is one to show."""

    def __init__(self, parent: QWidget | None = None, *, icon: QPixmap | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About ResNet Lens"))
        installed = reports.versions()
        self._versions = "\n".join(
            [f"{name} {version or self.tr('not installed')}" for name, version in installed.items()]
            + [reports.operating_system()]
        )
        heading = paragraph(f"ResNet Lens {installed['ResNet Lens']}", role="display")
        versions = paragraph(self._versions, role="muted")
        versions.setWordWrap(False)
        head = QGridLayout()
        head.setHorizontalSpacing(16)
        head.setColumnStretch(1, 1)
        if icon is not None and not icon.isNull():
            picture = QLabel()
            picture.setPixmap(icon)
            head.addWidget(picture, 0, 0, 2, 1)
        head.addWidget(heading, 0, 1)
        head.addWidget(paragraph(self.tr("A microscope for residual networks.")), 1, 1)

        self._copy, close = QPushButton(self.tr("&Copy versions")), QPushButton(self.tr("C&lose"))
        self._copy.setObjectName("copyVersionsButton")
        self._copy.clicked.connect(self._copy_versions)
        close.setDefault(True)
        close.clicked.connect(self.reject)
        close.setFocus()
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(close)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(head)
        for part in (versions, paragraph(tr(LICENCE)), paragraph(tr(CREDITS))):
            layout.addWidget(part)
        layout.addLayout(buttons)
        for child in self.findChildren(QWidget):
            child.ensurePolished()  # wrapped text has no height before it has its font
        self.setFixedSize(_WIDTH_PX, layout.totalHeightForWidth(_WIDTH_PX))
        geometry.remember(self)

    @pyqtSlot()
    def _copy_versions(self) -> None:
        QApplication.clipboard().setText(self._versions)
        self._copy.setText(self.tr("&Copied"))
