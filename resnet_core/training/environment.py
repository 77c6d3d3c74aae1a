"""What has to be settled before torch is loaded."""

from __future__ import annotations

import os

SPINS = 10_000


def share_the_processor() -> None:
    """Makes torch's threads (GNU OpenMP's, on Linux) sleep soon when they wait for each other, not spin for 10 ms.

    With two cores of which one is busy with something else, such as the window, ResNet-20 was seen at 42 to 57
    images/s, and at 142 to 356 with this; alone on the machine both are the same.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", str(SPINS))
