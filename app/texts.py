"""Sentences that say what ran where, for the status line. No Qt widgets here, so the command line may use them too."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from resnet_core.networks import describe

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.weights.catalog import WeightsInfo


def run_text(analysis: Analysis) -> str:
    """e.g. "11 ms · OpenVINO CPU · exact (f32)"."""
    elapsed_ms = analysis.timings.inference_ms
    shown = f"{elapsed_ms:.0f}" if elapsed_ms >= 10 else f"{elapsed_ms:.1f}"
    word = "exact" if analysis.precision == "f32" else "fast"
    return f"{shown} ms · {analysis.engine} {analysis.device.upper()} · {word} ({analysis.precision})"


@lru_cache(maxsize=64)
def network_text(info: WeightsInfo) -> str:
    """e.g. "resnet18.cifar10 · 88.2 % on CIFAR-10 · 11.2 M parameters · 0.56 GMAC"."""
    parts = [info.id]
    if info.accuracy is not None:
        parts.append(f"{info.accuracy * 100:.1f} % on {info.dataset}")
    side = info.preprocess.crop
    cost = describe(info.spec, side, side)
    parts += [f"{cost.parameters / 1e6:.1f} M parameters", f"{cost.macs / 1e9:.2f} GMAC"]
    return " · ".join(parts)
