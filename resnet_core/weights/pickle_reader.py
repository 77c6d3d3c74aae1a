"""Reads the pickle in a torch checkpoint as data. Nothing in it is ever run.

A pickle is a program for a small stack machine that can import and call anything. This is that machine without its
imports: a name in a pickle is looked up in the closed table of `pickle_names` and nowhere else. Written out rather
than derived from `pickle.Unpickler` because that one, told so by the file, makes a memo of any size.

Opcodes: CPython's `pickletools`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO, Final

from resnet_core.weights.pickle_names import Global, Opaque, Storage, TensorView, Unreadable, dict_key, look_up
from resnet_core.weights.tensors import RefusedError

MAX_TEXT_BYTES = 16 << 20
MAX_LINE_BYTES = 1024


_MARK: Final = object()


class PickleReader:
    """Reads one pickle after another from `file`. `storages` collects every storage they mention, by key."""

    def __init__(self, file: BinaryIO) -> None:
        self.storages: dict[str, Storage] = {}
        self._file = file
        self._stack: list[object] = []
        self._memo: dict[int, object] = {}

    def read(self) -> object:
        """The next object: dicts, lists, tuples, scalars and this module's records. Raises RefusedError, OSError."""
        self._stack, self._memo = [], {}
        try:
            while (opcode := self._take(1)) != b".":
                self._step(opcode)
            return self._stack.pop()
        except (IndexError, KeyError, TypeError, ValueError, struct.error, AttributeError, RecursionError):
            raise RefusedError("its pickle is malformed") from None

    def _take(self, count: int) -> bytes:
        if count > MAX_TEXT_BYTES:
            raise RefusedError("its pickle is malformed")
        data = self._file.read(count)
        if len(data) != count:
            raise RefusedError("it is cut off")
        return data

    def _line(self) -> str:
        line = self._file.readline(MAX_LINE_BYTES)
        if not line.endswith(b"\n"):
            raise RefusedError("its pickle is malformed")
        return line[:-1].decode("utf-8")

    def _unpack(self, code: str) -> int:
        (value,) = struct.unpack(code, self._take(struct.calcsize(code)))
        return int(value)

    def _since_mark(self) -> list[object]:
        """What lies above the topmost mark; both are taken off the stack."""
        at = len(self._stack) - 1
        while self._stack[at] is not _MARK:
            at -= 1
            if at < 0:
                raise RefusedError("its pickle is malformed")
        items = self._stack[at + 1 :]
        del self._stack[at:]
        return items

    def _step(self, opcode: bytes) -> None:
        stack = self._stack
        if opcode in _PUSH:
            stack.append(_PUSH[opcode](self))
        elif opcode in (b"q", b"r"):  # BINPUT, LONG_BINPUT
            self._memo[self._unpack("<B" if opcode == b"q" else "<I")] = stack[-1]
        elif opcode == b"\x94":  # MEMOIZE
            self._memo[len(self._memo)] = stack[-1]
        elif opcode == b"R" or opcode == b"\x81":  # REDUCE, NEWOBJ
            args, function = stack.pop(), stack.pop()
            stack.append(self._call(function, args))
        elif opcode == b"b":  # BUILD: the state of an object, of which none that we make has any
            stack.pop()
            if not isinstance(stack[-1], (dict, Opaque, TensorView, Unreadable)):
                raise RefusedError("its pickle is malformed")
        elif opcode == b"s":  # SETITEM
            value, key = stack.pop(), stack.pop()
            self._set_items([key, value])
        elif opcode == b"u":  # SETITEMS
            self._set_items(self._since_mark())
        elif opcode in (b"a", b"e", b"\x90"):  # APPEND, APPENDS, ADDITEMS
            items = [stack.pop()] if opcode == b"a" else self._since_mark()
            if isinstance(stack[-1], list):
                stack[-1].extend(items)
            elif not isinstance(stack[-1], Opaque):
                raise RefusedError("its pickle is malformed")
        elif opcode == b"0":  # POP
            stack.pop()
        elif opcode in (b"\x80", b"\x95"):  # PROTO, FRAME: the length of a frame is of no use here
            self._take(1 if opcode == b"\x80" else 8)
        else:
            raise RefusedError("its pickle is malformed")

    def _set_items(self, items: list[object]) -> None:
        table = self._stack[-1]
        if isinstance(table, dict):
            for key, value in zip(items[::2], items[1::2], strict=True):
                table[dict_key(key)] = value
        elif not isinstance(table, Opaque):
            raise RefusedError("its pickle is malformed")

    def _call(self, function: object, args: object) -> object:
        if not isinstance(function, Global) or function.build is None or not isinstance(args, tuple):
            raise RefusedError("its pickle is malformed")
        return function.build(*args)

    def _name_from_stack(self) -> Global:
        name, module = self._stack.pop(), self._stack.pop()
        if not isinstance(name, str) or not isinstance(module, str):
            raise RefusedError("its pickle is malformed")
        return look_up(module, name)

    def _tuple(self, count: int) -> tuple[object, ...]:
        if len(self._stack) < count:
            raise RefusedError("its pickle is malformed")
        items = tuple(self._stack[-count:])
        del self._stack[-count:]
        return items

    def _opaque_set(self) -> Opaque:
        self._since_mark()
        return Opaque()

    def _storage(self) -> Storage:
        """The persistent id of a storage: ("storage", class, key, device, length[, view]); a view is the legacy
        format's (key, offset, length)."""
        match self._stack.pop():
            case ("storage", Global(dtype=str(dtype)), str(key), _, int(length)) if length >= 0:
                root = Storage(dtype, key, length)
            case ("storage", Global(dtype=str(dtype)), str(key), _, int(length), view) if length >= 0:
                root = Storage(dtype, key, length)
                match view:
                    case (_, int(offset), int(count)) if 0 <= offset <= offset + count <= length:
                        return self._known(root, Storage(dtype, key, count, offset))
                    case None:
                        pass
                    case _:
                        raise RefusedError("its description of a tensor makes no sense")
            case _:
                raise RefusedError("its description of a tensor makes no sense")
        return self._known(root, root)

    def _known(self, root: Storage, part: Storage) -> Storage:
        if self.storages.setdefault(root.key, root) != root:
            raise RefusedError("its description of a tensor makes no sense")
        return part


_PUSH: Final[dict[bytes, Callable[[PickleReader], object]]] = {
    b"(": lambda _: _MARK,
    b"N": lambda _: None,
    b"\x88": lambda _: True,
    b"\x89": lambda _: False,
    b"}": lambda _: {},
    b"]": lambda _: [],
    b")": lambda _: (),
    b"\x8f": lambda _: Opaque(),  # EMPTY_SET
    b"\x91": PickleReader._opaque_set,  # FROZENSET
    b"K": lambda self: self._unpack("<B"),
    b"M": lambda self: self._unpack("<H"),
    b"J": lambda self: self._unpack("<i"),
    b"\x8a": lambda self: int.from_bytes(self._take(self._unpack("<B")), "little", signed=True),
    b"G": lambda self: struct.unpack(">d", self._take(8))[0],
    b"X": lambda self: self._take(self._unpack("<I")).decode("utf-8", "surrogatepass"),
    b"\x8c": lambda self: self._take(self._unpack("<B")).decode("utf-8", "surrogatepass"),
    b"\x8d": lambda self: self._take(self._unpack("<Q")).decode("utf-8", "surrogatepass"),
    b"B": lambda self: self._take(self._unpack("<I")),
    b"C": lambda self: self._take(self._unpack("<B")),
    b"\x8e": lambda self: self._take(self._unpack("<Q")),
    b"U": lambda self: self._take(self._unpack("<B")).decode("latin-1"),  # SHORT_BINSTRING, BINSTRING: Python 2's
    b"T": lambda self: self._take(self._unpack("<I")).decode("latin-1"),
    b"h": lambda self: self._memo[self._unpack("<B")],
    b"j": lambda self: self._memo[self._unpack("<I")],
    b"t": lambda self: tuple(self._since_mark()),
    b"\x85": lambda self: self._tuple(1),
    b"\x86": lambda self: self._tuple(2),
    b"\x87": lambda self: self._tuple(3),
    b"c": lambda self: look_up(self._line(), self._line()),
    b"\x93": PickleReader._name_from_stack,
    b"Q": PickleReader._storage,
}
"""The opcodes that put something on the stack, and what."""
