"""A convolution and the batch norm after it as one convolution, for engines that only ever infer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resnet_core.blocks import Conv
from resnet_core.engines.base import Floats, Parameters
from resnet_core.errors import EngineError
from resnet_core.spec import ResNetSpec

BATCH_NORM_EPS = 1e-5
"""torch's default, which every network of this family was trained with."""


@dataclass(frozen=True)
class Folded:
    """All that inference needs of a convolution: `weight` (out, in / groups, k, k), `bias` (1, out, 1, 1), float32."""

    weight: Floats
    bias: Floats


def fold(conv: Conv, parameters: Parameters) -> Folded:
    """`conv` with its batch norm folded in, computed in float64 and rounded once.

    Batch norm in inference is `(x - mean) / sqrt(var + eps) * gamma + beta`, linear in `x`: each output channel's
    filter takes the factor, the rest becomes a bias.
    """
    weight = parameters[f"{conv.name}.weight"]
    if conv.norm is None:
        bias = parameters[f"{conv.name}.bias"]
        return Folded(np.array(weight, np.float32, order="C"), bias.reshape(1, -1, 1, 1).astype(np.float32))
    gamma, beta, mean, var = (
        parameters[f"{conv.norm}.{part}"].astype(np.float64)
        for part in ("weight", "bias", "running_mean", "running_var")
    )
    factor = gamma / np.sqrt(var + BATCH_NORM_EPS)
    folded = np.multiply(weight, factor[:, None, None, None], dtype=np.float64).astype(np.float32)
    return Folded(folded, (beta - mean * factor).reshape(1, -1, 1, 1).astype(np.float32))


def check_parameters(spec: ResNetSpec, parameters: Parameters) -> None:
    """Raises EngineError where `parameters` are not those of `spec`: what is missing, or which shape differs."""
    for name, shape in spec.parameter_shapes.items():
        if name not in parameters:
            raise EngineError(f"These weights are not {spec.network}'s: “{name}” is missing.")
        if tuple(parameters[name].shape) != shape:
            raise EngineError(
                f"These weights are not {spec.network}'s: “{name}” is {parameters[name].shape}, not {shape}."
            )
