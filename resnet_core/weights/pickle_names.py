"""What the names in a torch checkpoint's pickle stand for: a closed table of our own records.

A name that is not in it ends the reading, so nothing a file asks for is ever imported or called. Names: torch's
`_utils.py` and `serialization.py`, numpy's and the standard library's reducers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from resnet_core.weights.tensors import RefusedError, quoted


@dataclass(frozen=True, slots=True)
class Storage:
    """A run of numbers in the file: `length` elements of it, from element `offset` on."""

    dtype: str
    key: str
    length: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class TensorView:
    """A tensor as the pickle describes it: unchecked numbers that say which elements of a storage it is made of."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A tensor of a kind that holds no plain numbers. It matters only where it stands in for a parameter."""

    reason: Callable[[str], str]  # given its name in quotation marks


class Opaque:
    """Something harmless beside the weights (a date, a numpy scalar, an argparse.Namespace) that nobody looks into."""


@dataclass(frozen=True, slots=True)
class Global:
    """What a name in the pickle stands for. `build` makes our record of what calling it would have given."""

    name: str
    build: Callable[..., object] | None = None
    dtype: str | None = None  # of a storage class: the type of its elements


def _tensor(storage: object, offset: object, shape: object, strides: object, *_rest: object) -> TensorView:
    if not isinstance(storage, Storage) or not isinstance(offset, int):
        raise RefusedError("its description of a tensor makes no sense")
    return TensorView(storage, offset, _numbers(shape), _numbers(strides))


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, tuple) or not all(type(number) is int for number in value):
        raise RefusedError("its description of a tensor makes no sense")
    return value


def _pairs(items: Iterable[Iterable[object]] = ()) -> dict[object, object]:
    return {dict_key(key): value for key, value in items}


def _typed(build: object, _kind: object, args: object, _state: object) -> object:
    """`torch._tensor._rebuild_from_type_v2`: a tensor with attributes of its own, or of a subclass."""
    if not isinstance(build, Global) or build.build is None or not isinstance(args, tuple):
        raise RefusedError("its description of a tensor makes no sense")
    return build.build(*args)


def _without_data(*_args: object) -> Unreadable:
    return Unreadable(lambda name: f"{name} is a meta tensor: a shape without data")


def _quantised(*_args: object) -> Unreadable:
    return Unreadable(lambda name: f"{name} is quantised")


def _sparse(*_args: object) -> Unreadable:
    return Unreadable(lambda name: f"{name} is a sparse tensor")


_BUILDERS: dict[str, Callable[..., object]] = {
    "collections.OrderedDict": _pairs,
    "collections.defaultdict": lambda *_factory: {},
    "builtins.dict": _pairs,
    "torch.Size": lambda sides=(): sides,
    "torch._utils._rebuild_tensor_v2": _tensor,
    "torch._utils._rebuild_tensor": _tensor,
    "torch._utils._rebuild_parameter": lambda tensor, *_rest: tensor,
    "torch._utils._rebuild_parameter_with_state": lambda tensor, *_rest: tensor,
    "torch._tensor._rebuild_from_type_v2": _typed,
    "torch._utils._rebuild_meta_tensor_no_storage": _without_data,
    "torch._utils._rebuild_qtensor": _quantised,
    "torch._utils._rebuild_sparse_tensor": _sparse,
}

_STORAGES = {
    "Float": "F32", "Double": "F64", "Half": "F16", "BFloat16": "BF16", "Long": "I64", "Int": "I32", "Short": "I16",
    "Char": "I8", "Byte": "U8", "Bool": "BOOL", "ComplexFloat": "C64", "ComplexDouble": "C128",
    "QInt8": "I8", "QUInt8": "U8", "QInt32": "I32",
}  # fmt: skip

_OPAQUE = """
    torch.device torch.Tensor torch.nn.parameter.Parameter torch._C._nn.Parameter torch.Generator torch.memory_format
    torch.float32 torch.float64 torch.float16 torch.bfloat16 torch.int64 torch.int32 torch.int16 torch.int8 torch.uint8
    torch.bool torch.complex64 torch.float torch.double torch.half torch.long
    numpy.dtype numpy.ndarray numpy.core.multiarray.scalar numpy._core.multiarray.scalar
    numpy.core.multiarray._reconstruct numpy._core.multiarray._reconstruct _codecs.encode
    argparse.Namespace builtins.set builtins.frozenset builtins.complex builtins.slice builtins.range builtins.bytearray
    builtins.int builtins.float builtins.bool builtins.str builtins.list builtins.tuple builtins.object
    collections.Counter collections.deque copyreg._reconstructor types.SimpleNamespace
    datetime.datetime datetime.date datetime.time datetime.timedelta datetime.timezone
    pathlib.Path pathlib.PosixPath pathlib.WindowsPath pathlib.PurePosixPath pathlib.PureWindowsPath
    pathlib._local.PosixPath pathlib._local.WindowsPath
""".split()  # noqa: SIM905

GLOBALS: Final[dict[str, Global]] = {
    **{name: Global(name, build) for name, build in _BUILDERS.items()},
    **{name: Global(name, lambda *_args: Opaque()) for name in _OPAQUE},
    **{f"torch.{kind}Storage": Global(f"torch.{kind}Storage", dtype=dtype) for kind, dtype in _STORAGES.items()},
}


def look_up(module: str, name: str) -> Global:
    """What a name in a pickle stands for. Raises RefusedError for one that is not in the table."""
    module = {"__builtin__": "builtins", "copy_reg": "copyreg"}.get(module, module)  # as Python 2 called them
    full = f"{module}.{name}"
    known = GLOBALS.get(full)
    if known is not None:
        return known
    if name[:1].isupper():
        raise RefusedError(
            f"it holds a Python object of the class {quoted(full)}, and only weights are read, never objects "
            "(save model.state_dict() instead)"
        )
    raise RefusedError(f"it holds code ({quoted(full)}), and code in a file is never run")


_SCALARS = (str, int, float, bytes, type(None), Opaque, Global)


def dict_key(value: object) -> object:
    """A dict key, if it is of a kind that is cheap to hash: nested tuples can take for ever."""
    flat = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(part, _SCALARS) for part in flat):
        raise RefusedError("its pickle is malformed")
    return value
