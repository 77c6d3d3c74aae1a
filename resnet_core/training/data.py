"""Batches of pictures for the network, varied by the batch: no Python per picture, no worker processes.

The set lies in memory as one array of bytes with a reflected border. A batch is one gather of windows from it, which
crops; mirrored, normalised and handed to torch without another copy. What is drawn at random depends on (seed, epoch,
batch) alone, so a resumed run sees the pictures it would have seen, and every process of a distributed one its share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from resnet_core.dataset import LabelledImages
from resnet_core.preprocess import Preprocess
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.config import Augmentation

_SHUFFLE = 0xFFFFFFFF  # in place of a batch's number: the order of an epoch
_FLIPS = 0xFFFFFFFE  # in place of an epoch: which pictures are mirrored in the first one


@dataclass(frozen=True)
class Batch:
    """`images` (N, 3, S, S) normalised float32. Where pictures are mixed, `share` of each is labelled `labels` and the
    rest `other_labels`."""

    images: Tensor
    labels: Tensor
    other_labels: Tensor | None = None
    share: float = 1.0


class Batches:
    """The training pictures, batch by batch. Process `rank` of `world` gets every `world`-th picture of a batch."""

    def __init__(
        self,
        pictures: LabelledImages,
        batch_size: int,
        augmentation: Augmentation,
        look: Look,
        *,
        seed: int,
        rank: int = 0,
        world: int = 1,
    ) -> None:
        self.size = min(batch_size, len(pictures))
        self.per_epoch = len(pictures) // self.size  # what is left over comes in another epoch: each is shuffled anew
        self._labels = pictures.labels
        self._augmentation = augmentation
        self._look = look
        self._seed = seed
        self._rank, self._world = rank, world
        self._order: tuple[int, NDArray[np.int64]] | None = None
        # Each picture is mirrored in every second epoch, half of them in the first one: by chance, half of them would
        # come as they came before ("alternating flip", Jordan 2024, arXiv:2404.00498).
        self._flipped = self._random(_FLIPS, 0).random_sample(len(pictures)) < 0.5
        self._windows = _windows(pictures.images, augmentation.crop_px)

    def batch(self, epoch: int, number: int) -> Batch:
        """Batch `number` (0 … `per_epoch` - 1) of an epoch, on the device of training."""
        random = self._random(epoch, number)
        chosen = self._shuffled(epoch)[number * self.size : (number + 1) * self.size]
        augmentation, offsets = self._augmentation, self._windows.shape[1]
        rows, columns = random.randint(0, offsets, (2, self.size))
        flips = self._flipped[chosen] ^ bool(epoch % 2) if augmentation.flip else np.zeros(self.size, bool)
        holes = random.random_sample((2, self.size))
        share = random.beta(augmentation.mixup, augmentation.mixup) if augmentation.mixup else 1.0
        ours = slice(self._rank, None, self._world)

        pixels = self._windows[chosen[ours], rows[ours], columns[ours]]  # (N, H, W * 3), a copy
        pixels = pixels.reshape(*pixels.shape[:2], -1, 3)
        mirrored = flips[ours]
        pixels[mirrored] = pixels[mirrored, :, ::-1]
        normalised = self._look.normalised(pixels)
        if augmentation.cutout_px:
            _cut_out(normalised, holes[:, ours], augmentation.cutout_px)
        images = self._look.tensor(normalised)
        labels = torch.from_numpy(self._labels[chosen[ours]]).to(images.device)
        if not augmentation.mixup:
            return Batch(images, labels)
        return Batch(share * images + (1 - share) * images.flip(0), labels, labels.flip(0), share)

    def _random(self, epoch: int, number: int) -> np.random.RandomState:
        return np.random.RandomState([self._seed & 0xFFFFFFFF, epoch, number])

    def _shuffled(self, epoch: int) -> NDArray[np.int64]:
        if self._order is None or self._order[0] != epoch:
            self._order = (epoch, self._random(epoch, _SHUFFLE).permutation(len(self._labels)))
        return self._order[1]


class Look:
    """From bytes to what the network reads: normalised by `preprocess`, and enlarged to its crop.

    The numbers are those of `Preprocess` on the same pixels, to the last bit or two of float32.
    """

    def __init__(self, preprocess: Preprocess, side_px: int, arithmetic: Arithmetic) -> None:
        self._arithmetic = arithmetic
        self.image_px = preprocess.crop
        mean, std = np.array(preprocess.mean, np.float64), np.array(preprocess.std, np.float64)
        # For a row of pixels at a time: numpy is slow at adding three numbers, a million times.
        self._scale = np.tile((1 / (255 * std)).astype(np.float32), side_px)
        self._shift = np.tile((-mean / std).astype(np.float32), side_px)

    def normalised(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 (N, H, W, 3) -> float32 of the same shape."""
        rows = pixels.reshape(*pixels.shape[:2], -1).astype(np.float32)
        rows *= self._scale
        rows += self._shift
        return rows.reshape(pixels.shape)

    def tensor(self, normalised: NDArray[np.float32]) -> Tensor:
        """float32 (N, H, W, 3) -> (N, 3, S, S) on the device, in the layout of training."""
        images = torch.from_numpy(normalised).permute(0, 3, 1, 2)  # as it lies in memory this is channels_last
        images = images.to(self._arithmetic.device, memory_format=self._arithmetic.memory_format)
        if images.shape[-1] != self.image_px:
            images = functional.interpolate(images, size=(self.image_px, self.image_px), mode="bilinear")
        return images

    def shrunk(self, images: Tensor, side_px: int) -> Tensor:
        """(N, 3, S, S) -> (N, 3, s, s), each new pixel an average of those that it covers; as they are when s = S."""
        if images.shape[-1] == side_px:
            return images
        return functional.interpolate(images, size=(side_px, side_px), mode="bilinear", antialias=True)

    def batches(self, pictures: LabelledImages, size: int) -> Iterator[Batch]:
        """All pictures in order, as they are."""
        for start in range(0, len(pictures), size):
            pixels = pictures.images[start : start + size].transpose(0, 2, 3, 1)
            images = self.tensor(self.normalised(np.ascontiguousarray(pixels)))
            yield Batch(images, torch.from_numpy(pictures.labels[start : start + size]).to(images.device))


def _windows(images: NDArray[np.uint8], border: int) -> NDArray[np.uint8]:
    """Every crop of every picture, (N, 2b+1, 2b+1, H, W * 3): a view of the bordered pictures."""
    count, _, height, width = images.shape
    border = min(border, height - 1, width - 1)
    padded = np.empty((count, height + 2 * border, width + 2 * border, 3), np.uint8)
    padded[:, border : border + height, border : border + width] = images.transpose(0, 2, 3, 1)
    for near in range(border):  # reflected: 3 2 1 | 0 1 2 3
        far = border + height - 1
        padded[:, border - 1 - near] = padded[:, border + 1 + near]
        padded[:, far + 1 + near] = padded[:, far - 1 - near]
    for near in range(border):
        far = border + width - 1
        padded[:, :, border - 1 - near] = padded[:, :, border + 1 + near]
        padded[:, :, far + 1 + near] = padded[:, :, far - 1 - near]
    picture, row, column, byte = padded.strides
    places = 2 * border + 1
    return np.lib.stride_tricks.as_strided(
        padded, (count, places, places, height, width * 3), (picture, row, column, row, byte), writeable=False
    )


def _cut_out(normalised: NDArray[np.float32], holes: NDArray[np.float64], side_px: int) -> None:
    """A square of each picture becomes the mean colour; near the border a part of it (DeVries & Taylor 2017)."""
    height, width = normalised.shape[1:3]
    for image, row, column in zip(normalised, holes[0] * height, holes[1] * width, strict=True):
        top, left = int(row) - side_px // 2, int(column) - side_px // 2
        image[max(top, 0) : max(top + side_px, 0), max(left, 0) : max(left + side_px, 0)] = 0
