"""A change made to the network, when another picture or another network is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_core.errors import EngineError
from resnet_core.evidence.ablation import renewed

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Intervention
    from resnet_core.spec import ResNetSpec


def carried_over(
    change: Intervention, spec: ResNetSpec, before: Analysis | None, now: Analysis | None
) -> Intervention | None:
    """`change`, made for `before`, as it is for `now`; None for a network that has no such block or channel.

    The very same where nothing in it depends on the picture.
    """
    try:
        change.check(spec)
    except EngineError:
        return None
    if before is None or now is None or not change.offsets:
        return change
    return renewed(change, before.activations, now.activations)
