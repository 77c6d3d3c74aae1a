"""ResNet Lens without the screen: networks, weights, pictures, engines and what can be seen in them.

    from pathlib import Path
    import resnet_core

    store = resnet_core.WeightsStore(Path.home() / ".resnet-lens")
    with resnet_core.Classifier(store, cache_dir=None) as classifier:
        analysis = classifier.analyse("cat.jpg", "resnet18.cifar10")

Every name below is loaded when it is first used: `import resnet_core` imports neither torch nor openvino nor numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from resnet_core import version

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier, Prediction, Timings
    from resnet_core.blocks import ReceptiveField
    from resnet_core.engines.base import Activations, Engine, Intervention, Request
    from resnet_core.engines.devices import Device, list_devices
    from resnet_core.engines.load_engine import open_engine
    from resnet_core.errors import (
        Cancelled,
        DatasetError,
        DownloadError,
        EngineError,
        ImageError,
        LensError,
        WeightsError,
    )
    from resnet_core.folder import classify_many
    from resnet_core.images import Picture, find_images, load_image
    from resnet_core.labels import cifar10_labels, imagenet_labels
    from resnet_core.networks import DEPTHS, NETWORKS, Description, describe, named
    from resnet_core.preprocess import IMAGENET_V1, IMAGENET_V2, Preprocess
    from resnet_core.resnet import build
    from resnet_core.spec import ResNetSpec
    from resnet_core.weights.catalog import PUBLISHED, WeightsInfo
    from resnet_core.weights.store import Weights, WeightsStore

__version__ = version.VERSION

_HOMES = {
    "analysis": ("Analysis", "Classifier", "Prediction", "Timings"),
    "blocks": ("ReceptiveField",),
    "engines.base": ("Activations", "Engine", "Intervention", "Request"),
    "engines.devices": ("Device", "list_devices"),
    "engines.load_engine": ("open_engine",),
    "errors": (
        "Cancelled",
        "DatasetError",
        "DownloadError",
        "EngineError",
        "ImageError",
        "LensError",
        "WeightsError",
    ),
    "folder": ("classify_many",),
    "images": ("Picture", "find_images", "load_image"),
    "labels": ("cifar10_labels", "imagenet_labels"),
    "networks": ("DEPTHS", "NETWORKS", "Description", "describe", "named"),
    "preprocess": ("IMAGENET_V1", "IMAGENET_V2", "Preprocess"),
    "resnet": ("build",),
    "spec": ("ResNetSpec",),
    "weights.catalog": ("PUBLISHED", "WeightsInfo"),
    "weights.store": ("Weights", "WeightsStore"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DEPTHS",
    "IMAGENET_V1",
    "IMAGENET_V2",
    "NETWORKS",
    "PUBLISHED",
    "Activations",
    "Analysis",
    "Cancelled",
    "Classifier",
    "DatasetError",
    "Description",
    "Device",
    "DownloadError",
    "Engine",
    "EngineError",
    "ImageError",
    "Intervention",
    "LensError",
    "Picture",
    "Prediction",
    "Preprocess",
    "ReceptiveField",
    "Request",
    "ResNetSpec",
    "Timings",
    "Weights",
    "WeightsError",
    "WeightsInfo",
    "WeightsStore",
    "__version__",
    "build",
    "cifar10_labels",
    "classify_many",
    "describe",
    "find_images",
    "imagenet_labels",
    "list_devices",
    "load_image",
    "named",
    "open_engine",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
