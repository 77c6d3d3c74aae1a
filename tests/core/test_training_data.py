"""Batches: the right pixels, drawn by (seed, epoch, batch) alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from small_training import PREPROCESS, SIDE_PX, pictures

from resnet_core.dataset import LabelledImages
from resnet_core.preprocess import Preprocess
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.config import Augmentation
from resnet_core.training.data import Batches, Look, _windows

PLAIN = Augmentation(crop_px=0, flip=False)
LOOK = Look(PREPROCESS, SIDE_PX, Arithmetic(torch.device("cpu")))


def batches(
    augmentation: Augmentation = PLAIN, size: int = 8, seed: int = 0, data: LabelledImages | None = None, **rank: int
) -> Batches:
    return Batches(data or pictures(40), size, augmentation, LOOK, seed=seed, **rank)


def test_windows_are_the_crops_of_the_reflected_picture() -> None:
    images = np.random.default_rng(0).integers(0, 256, (3, 3, 9, 7), dtype=np.uint8)
    windows = _windows(images, 3)
    assert windows.shape == (3, 7, 7, 9, 21)
    padded = np.pad(images, ((0, 0), (0, 0), (3, 3), (3, 3)), mode="reflect")
    for row, column in ((0, 0), (3, 3), (6, 2), (1, 6)):
        expected = padded[:, :, row : row + 9, column : column + 7].transpose(0, 2, 3, 1)
        assert np.array_equal(windows[:, row, column].reshape(3, 9, 7, 3), expected)


def test_without_augmentation_an_epoch_is_every_picture_once_as_the_program_sees_it() -> None:
    data = pictures(40)
    seen = batches(data=data)
    assert (seen.per_epoch, seen.size) == (5, 8)
    order = np.random.RandomState([0, 2, 0xFFFFFFFF]).permutation(40)
    for number in range(5):
        batch = seen.batch(2, number)
        for place, index in enumerate(order[8 * number : 8 * number + 8]):
            expected = PREPROCESS.normalise(np.ascontiguousarray(data.images[index].transpose(1, 2, 0)))[0]
            np.testing.assert_allclose(batch.images[place].numpy(), expected, atol=1e-5)
            assert batch.labels[place] == data.labels[index]


@pytest.mark.parametrize("augmentation", [Augmentation(2), Augmentation(2, cutout_px=4), Augmentation(2, mixup=0.4)])
def test_a_batch_follows_from_seed_epoch_and_number(augmentation: Augmentation) -> None:
    first, second = batches(augmentation, seed=5), batches(augmentation, seed=5)
    second.batch(0, 0)  # what was drawn before plays no part
    here, there = first.batch(3, 2), second.batch(3, 2)
    assert torch.equal(here.images, there.images)
    assert torch.equal(here.labels, there.labels)
    assert here.share == there.share
    for other in (first.batch(3, 3), first.batch(4, 2), batches(augmentation, seed=6).batch(3, 2)):
        assert not torch.equal(here.images, other.images)


def test_pictures_are_mirrored_cropped_and_cut_out() -> None:
    data = pictures(400)
    plain = {image.tobytes() for image in LOOK.normalised(data.images.transpose(0, 2, 3, 1).copy())}

    def seen(augmentation: Augmentation) -> np.ndarray:
        return batches(augmentation, 400, data=data).batch(0, 0).images.permute(0, 2, 3, 1).numpy()

    mirrored = seen(replace(PLAIN, flip=True))
    as_it_was = np.array([image.tobytes() in plain for image in mirrored])
    assert 150 < as_it_was.sum() < 250
    assert all(image[:, ::-1].tobytes() in plain for image in mirrored[~as_it_was])
    made = batches(replace(PLAIN, flip=True), 400, data=data)
    turns = [
        {image.tobytes() for image in made.batch(epoch, 0).images.permute(0, 2, 3, 1).numpy()} for epoch in (0, 1, 2)
    ]
    assert turns[0] == turns[2]
    assert not turns[0] & turns[1]  # each picture in turns
    cropped = seen(Augmentation(crop_px=2, flip=False))
    assert 0 < sum(image.tobytes() in plain for image in cropped) < 60  # one in 25 is where it was
    holes = (seen(replace(PLAIN, cutout_px=4)) == 0).all(axis=3).sum(axis=(1, 2))
    assert 4 <= holes.min() < holes.max() == 16


def test_mixup_blends_two_pictures_and_remembers_both_labels() -> None:
    plain, mixed = batches().batch(0, 0), batches(replace(PLAIN, mixup=0.5)).batch(0, 0)
    assert mixed.other_labels is not None
    assert 0 <= mixed.share <= 1
    expected = mixed.share * plain.images + (1 - mixed.share) * plain.images.flip(0)
    assert torch.allclose(mixed.images, expected, atol=1e-6)
    assert torch.equal(mixed.other_labels, plain.labels.flip(0))


def test_processes_share_a_batch_without_overlap() -> None:
    whole = batches(Augmentation(2)).batch(1, 1)
    parts = [batches(Augmentation(2), rank=rank, world=2).batch(1, 1) for rank in (0, 1)]
    assert torch.equal(torch.stack([part.images for part in parts], 1).flatten(0, 1), whole.images)
    assert torch.equal(torch.stack([part.labels for part in parts], 1).flatten(), whole.labels)


def test_layout_and_enlarging() -> None:
    arithmetic = Arithmetic(torch.device("cpu"), layout="channels_last")
    look = Look(Preprocess(24, 24), SIDE_PX, arithmetic)
    batch = Batches(pictures(8), 4, PLAIN, look, seed=0).batch(0, 0)
    assert batch.images.shape == (4, 3, 24, 24)
    assert batch.images.is_contiguous(memory_format=torch.channels_last)
    assert batches().batch(0, 0).images.is_contiguous()
    assert [len(batch.labels) for batch in LOOK.batches(pictures(10), 4)] == [4, 4, 2]


def test_a_shrunk_picture_keeps_its_mean() -> None:
    images = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    small = LOOK.shrunk(images, 16)
    assert small.shape == (2, 3, 16, 16)
    assert float(small.mean()) == pytest.approx(float(images.mean()), abs=0.002)
    assert small.std() < 0.8 * images.std()  # averages, not every second pixel
    assert LOOK.shrunk(images, 32) is images


def test_a_set_smaller_than_a_batch_is_one_batch() -> None:
    few = batches(size=64)
    assert (few.size, few.per_epoch) == (40, 1)
