"""What a value on the command line may be: converters that make argparse say a sentence for one that is refused."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

_DEVICES = re.compile(r"auto|cpu|mps|gpu(\.\d+)?|(cuda|xpu)(:\d+)?")  # the ids of engines.devices, and kinds


def typed(rule: str) -> Callable[[Callable[[str], object]], Callable[[str], object]]:
    """Makes argparse say `rule` for a value that the converter refuses."""

    def decorate(convert: Callable[[str], object]) -> Callable[[str], object]:
        def checked(text: str) -> object:
            try:
                return convert(text)
            except ValueError:
                raise argparse.ArgumentTypeError(f"“{text}” is not {rule}") from None

        return checked

    return decorate


@typed("a whole number from 1 on")
def count(text: str) -> int:
    return positive(text, 100_000)


@typed("an input size in px, 224 or 288x320 (height x width), at most 8192")
def input_size(text: str) -> tuple[int, int]:
    height, _, width = text.lower().replace("×", "x").partition("x")
    return positive(height, 8192), positive(width or height if "x" not in text.lower() else width, 8192)


@typed("a window's size in px, such as 1440x900 (width x height)")
def window_size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().replace("×", "x").partition("x")
    return positive(width, 16_384), positive(height, 16_384)


@typed("a device: auto, cpu, gpu, gpu.1, cuda, cuda:1, mps or xpu")
def device(text: str) -> str:
    if _DEVICES.fullmatch(text) is None:
        raise ValueError
    return text


@typed("a format: png, npy or png,npy")
def formats(text: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(text.split(",")))
    if not set(formats) <= {"png", "npy"}:
        raise ValueError
    return formats


@typed("a list of outputs, such as layer1,layer4.1.residual")
def names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if "" in names:
        raise ValueError
    return names


def positive(text: str, most: int) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None or not 1 <= int(text) <= most:
        raise ValueError
    return int(text)


@typed("a number above 0 and below a thousand million")
def amount(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e9:
        raise ValueError
    return number


@typed("a number from 0 to a thousand million")
def at_least_0(text: str) -> float:
    number = float(text)
    if not 0 <= number < 1e9:
        raise ValueError
    return number


@typed("a whole number from 0 on")
def whole(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None:
        raise ValueError
    return int(text)


@typed("a whole number from 1 on")
def many(text: str) -> int:
    return positive(text, 10**9)


def place(what: str) -> Callable[[str], object]:
    """Row and column: "9,14"; `what` says of what, for whoever writes something else."""

    @typed(what)
    def place(text: str) -> tuple[int, int]:
        found = re.fullmatch(r"([0-9]{1,5}), ?([0-9]{1,5})", text)
        if found is None:
            raise ValueError
        return int(found[1]), int(found[2])

    return place


@typed("a list of depths, such as 20,56")
def depths(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(positive(part, 1000) for part in text.split(",")))
