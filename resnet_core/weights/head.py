"""The last layer alone, read out of a weights file: what the evidence for a class is made of.

A ResNet-50's file has 102 MB, its head 8 MB: an instrument that needs the head reads that part and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_core.errors import WeightsError
from resnet_core.weights import safetensors_file
from resnet_core.weights.recognise import recognise
from resnet_core.weights.tensors import RefusedError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Head:
    """logits = weight @ (mean of every channel of the last stage) + bias. Arrays are read-only."""

    weight: NDArray[np.float32]  # (classes, C)
    bias: NDArray[np.float32]  # (classes,)


def read_head(path: Path) -> Head:
    """The head of the network in a safetensors file, whatever it is called there. Raises WeightsError."""
    import numpy as np

    try:
        header = safetensors_file.read_header(path)
        names = recognise({name: info.shape for name, info in header.tensors.items()}).names
        wanted = names["fc.weight"], names["fc.bias"]
        arrays = safetensors_file.read_few(path, header, wanted)
    except RefusedError as error:
        raise WeightsError(f"{path.name} is not a ResNet: {error}.") from None
    except OSError as error:
        raise WeightsError(f"{path.name} can't be read: {error.strerror or error}.") from None
    weight, bias = (arrays[name] for name in wanted)
    if not (np.isfinite(weight).all() and np.isfinite(bias).all()):
        raise WeightsError(f"{path.name} is not a ResNet: its last layer holds values that are not finite.")
    weight.flags.writeable = bias.flags.writeable = False
    return Head(weight, bias)
