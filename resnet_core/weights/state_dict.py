"""Finds the state dict in what a checkpoint holds, whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from resnet_core.weights.pickle_names import TensorView, Unreadable
from resnet_core.weights.tensors import RefusedError, TensorInfo, quoted

WRAPPERS = (
    "state_dict", "model_state_dict", "model", "net", "network", "module", "weights", "params", "state", "encoder",
    "student", "net_state_dict", "model_ema", "ema", "ema_state_dict", "state_dict_ema",
)  # fmt: skip
"""The keys under which people put a state dict, in the order they are tried: a trained model before its average."""

MAX_WRAPPERS = 4

Tensors = Mapping[str, TensorView | Unreadable]


def find_state_dict(content: object) -> tuple[Tensors, str]:
    """The named tensors in a checkpoint and the keys they were found under ("" at the top, "state_dict.model" …).

    Everything else (optimizer, epoch, arguments) is left where it is. Raises RefusedError.
    """
    if isinstance(content, TensorView):
        raise RefusedError("it holds a single tensor, not a network's named parameters")
    if not isinstance(content, dict):
        raise RefusedError(f"it holds {_kind(content)}, not a network's named parameters")
    if not content:
        raise RefusedError("it is an empty dictionary")
    path: list[str] = []
    for _ in range(MAX_WRAPPERS + 1):
        tensors = {
            name: value
            for name, value in content.items()
            if isinstance(name, str) and isinstance(value, (TensorView, Unreadable))
        }
        key = _wrapper(content)
        if key is None or any(name.endswith("conv1.weight") for name in tensors):
            break
        path.append(key)
        content = cast("dict[object, object]", content[key])
    if not tensors:
        raise RefusedError("it holds no named tensors")
    return tensors, ".".join(path)


def tensor_info(name: str, tensor: TensorView | Unreadable) -> TensorInfo:
    """Type and shape of a tensor. Raises RefusedError for one without numbers of its own."""
    if isinstance(tensor, Unreadable):
        raise RefusedError(tensor.reason(quoted(name)))
    if any(side < 0 for side in tensor.shape):
        raise RefusedError(f"{quoted(name)} has an impossible shape")
    return TensorInfo(tensor.storage.dtype, tensor.shape)


def _wrapper(content: dict[object, object]) -> str | None:
    """The key to look under: a customary one, else the only one that leads to tensors."""
    for key in WRAPPERS:
        if isinstance(content.get(key), dict) and content[key]:
            return key
    inner = [
        key
        for key, value in content.items()
        if isinstance(key, str) and isinstance(value, dict) and _has_tensors(value)
    ]
    return inner[0] if len(inner) == 1 else None


def _has_tensors(value: dict[object, object]) -> bool:
    return any(isinstance(item, TensorView) for item in value.values())


def _kind(content: object) -> str:
    kinds = {str: "a text", list: "a list", tuple: "a tuple", int: "a number", float: "a number", type(None): "nothing"}
    return kinds.get(type(content), "something else")
