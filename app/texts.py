"""Sentences that say what ran where, for the status line. No Qt widgets here, so the command line may use them too."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from resnet_core.networks import describe

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Intervention
    from resnet_core.weights.catalog import WeightsInfo


def run_text(analysis: Analysis) -> str:
    """e.g. "11 ms · OpenVINO CPU · exact (f32)"."""
    elapsed_ms = analysis.timings.inference_ms
    shown = f"{elapsed_ms:.0f}" if elapsed_ms >= 10 else f"{elapsed_ms:.1f}"
    precision = f"exact ({analysis.precision})" if analysis.precision == "f32" else f"fast ({analysis.precision})"
    return f"{shown} ms · {analysis.engine} {analysis.device.upper()} · {precision}"


@lru_cache(maxsize=64)
def network_text(info: WeightsInfo) -> str:
    """e.g. "resnet18.cifar10 · 94.5 % on CIFAR-10 · 11.2 M parameters · 0.56 GMAC"."""
    parts = [info.id]
    if info.accuracy is not None:
        parts.append(f"{info.accuracy * 100:.1f} % on {info.dataset}")
    side = info.preprocess.crop
    cost = describe(info.spec, side, side)
    parts += [f"{cost.parameters / 1e6:.1f} M parameters", f"{cost.macs / 1e9:.2f} GMAC"]
    return " · ".join(parts)


def change_text(change: Intervention | None) -> str:
    """e.g. "layer3.0 bypassed, layer3.1 × 0.50, layer4: 2 channels changed"; "" for the network as trained."""
    if change is None:
        return ""
    gates = [
        f"{block} bypassed" if gate == 0 else f"{block} × {gate:.2f}"
        for block, gate in change.gates.items()
        if gate != 1
    ]
    masks = []
    for stage, mask in change.masks.items():
        changed = [index for index, factor in enumerate(mask) if factor != 1]
        kept = len(mask) - len(changed)
        if len(changed) == 1:
            masks.append(f"{stage}: channel {changed[0]} removed")
        elif changed and kept == 1:
            masks.append(f"{stage}: channel {next(i for i, factor in enumerate(mask) if factor == 1)} alone")
        elif changed:
            masks.append(f"{stage}: {len(changed)} channels changed")
    if len(gates) > 3:
        gates = [f"{len(gates)} blocks changed"]
    return ", ".join([*gates, *masks])
