"""References to what is looked at: there and back, and what nobody should have written."""

from __future__ import annotations

import contextlib
import random
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt5.QtCore import QMimeData, QUrl

from app import links, opening, single_instance
from app.instruments.table import KEYS
from app.scene import Change, Chosen, Scene
from resnet_core.engines.base import Intervention
from resnet_core.errors import LensError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the paths are those of POSIX systems")

GOOD = (
    "resnet-lens://open?image=%2Fhome%2Fme%2Fcat.png&sha256=0123456789abcdef&weights=resnet18.cifar10"
    "&instrument=xray&output=layer3.0&channel=68&class=3&gates=layer3.0:0,layer3.1:0.5&mask=layer4:1x68,0,1x443"
    "&offset=layer4:0x68,0.25,0x443"
)

names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..")
)
paths = st.lists(names, min_size=1, max_size=4).map(lambda parts: Path("/pictures", *parts))
singles = st.floats(-1e5, 1e5, width=32).filter(lambda value: value == 0 or abs(value) > 1e-30)
blocks = st.builds("layer{}.{}".format, st.integers(1, 4), st.integers(0, 35))
stages = st.sampled_from(["conv1", "layer1", "layer2", "layer3", "layer4"])
arrays = st.dictionaries(stages, st.lists(singles, min_size=1, max_size=40).map(tuple), max_size=3).map(
    lambda found: tuple(sorted(found.items()))
)
gates = st.dictionaries(blocks, st.floats(-9, 9).filter(lambda gate: gate == 0 or abs(gate) > 1e-9), max_size=4).map(
    lambda found: tuple(sorted(found.items()))
)
changes = st.builds(Change, gates, arrays, arrays)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    picture = draw(st.none() | paths)
    return Scene(
        picture,
        draw(names) if picture is None else picture.name,
        draw(st.sampled_from(["resnet18.cifar10", "resnet152.imagenet1k_v2", "resnet34.my run-3"])),
        "" if picture is None else draw(st.sampled_from(["", "0123456789abcdef"])),
        draw(st.sampled_from(KEYS)),
        draw(stages | blocks | blocks.map("{}.residual".format) | blocks.map("{}.shortcut".format)),
        draw(st.none() | st.integers(0, 4095)),
        draw(st.none() | st.integers(0, 999)),
        draw(changes),
        Chosen(
            draw(st.none() | st.integers(0, 999)),
            draw(st.none() | st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(1, 224))),
        ),
    )


@settings(max_examples=150, deadline=None)
@given(scenes())
def test_a_link_says_all_of_it(scene: Scene) -> None:
    text = links.link(scene)
    assert text.isascii()
    assert links.is_link(text)
    assert links.parse(text) == scene
    assert links.parse(str(Path(text))) == scene  # whoever takes it for a path takes a slash off


def test_it_reads_as_it_is_meant() -> None:
    scene = links.parse(GOOD)
    assert scene.picture == Path("/home/me/cat.png")
    assert (scene.weights, scene.instrument, scene.output) == ("resnet18.cifar10", "xray", "layer3.0")
    assert (scene.channel, scene.target, scene.digest) == (68, 3, "0123456789abcdef")
    change = scene.change.intervention()
    assert change is not None
    assert change.gates == {"layer3.0": 0.0, "layer3.1": 0.5}
    assert change.masks["layer4"].dtype == np.float32
    assert np.flatnonzero(change.masks["layer4"] == 0).tolist() == [68]
    assert change.offsets["layer4"][68] == 0.25
    assert links.link(scene) == GOOD


def test_an_intervention_comes_back_to_the_bit() -> None:
    rng = np.random.default_rng(3)
    before = Intervention(
        {"layer2.1": 0.1}, {"layer1": np.ones(64, np.float32)}, {"layer3": rng.normal(0, 3, 256).astype(np.float32)}
    )
    text = links.link(Scene(Path("/a.png"), "a.png", "resnet18.cifar10", change=Change.of(before)))
    after = links.parse(text).change.intervention()
    assert after is not None
    assert after.gates == before.gates
    for part in ("masks", "offsets"):
        for stage, array in getattr(before, part).items():
            assert np.array_equal(getattr(after, part)[stage], array)


def test_nothing_changed_is_no_intervention() -> None:
    assert Change().intervention() is None
    assert Change.of(None) == Change()
    assert links.parse("resnet-lens://open?name=x&weights=a.b&gates=layer1.0:1").change.intervention() is None


HOSTILE = [
    "", "resnet-lens", "resnet-lens:", "resnet-lens://", "resnet-lens://open", "resnet-lens://open?", "http://a/b?c=d",
    "resnet-lens://run?image=%2Fa.png&weights=a.b", "resnet-lens://open?weights=a.b", "resnet-lens://open?image=%2Fa",
    "resnet-lens://open?image=%2Fa.png&name=b&weights=a.b",
    *(f"resnet-lens://open?weights=a.b&image={image}" for image in (
        "", "a.png", "..%2Fa.png", "%00", "%2Fa%00.png", "%2F%2Fserver%2Fshare%2Fa.png", "%5C%5Cserver%5Cshare%5Ca.png",
        "%2F%5Cserver%2Fa.png", "%5C%2Fserver%2Fa.png", "http:%2F%2Fa%2Fb.png", "file:%2F%2F%2Fa.png", "%2Fdev%2Fstdin",
        "%2Fproc%2Fself%2Fmem", "%2Fhome%2F..%2Fproc%2Fself%2Fmem", "%2Fdev", "%2F" + "a" * 5000, "C:a.png",
    )),
    *(f"resnet-lens://open?image=%2Fa.png&weights={weights}" for weights in (
        "", "..%2Fetc", "a%2Fb", "%00", "a%0Ab", "x" * 300,
    )),
    *(f"resnet-lens://open?image=%2Fa.png&weights=a.b&{rest}" for rest in (
        "sha256=xyz", "sha256=0123456789ABCDEF", "instrument=", "instrument=shell", "output=fc", "output=logits",
        "output=layer5", "output=layer1.0.0", "output=layer1.9999", "channel=-1", "channel=1e3", "channel=", "class=x",
        "channel=%D9%A1", "channel=99999999", "gates=", "gates=layer1.0", "gates=layer1.0:", "gates=layer1.0:nan",
        "gates=layer1.0:inf", "gates=layer1.0:1e9", "gates=layer1.0:0,layer1.0:1", "gates=fc:0", "mask=layer4:",
        "mask=layer4:1x99999999", "mask=layer4:1x65536,1", "mask=layer4:1x", "mask=layer4:x5", "mask=layer4:0x-1",
        "mask=layer4:1&mask=layer4:1", "mask=layer9:1", "mask=:1", "offset=layer4:1e400", "offset=layer4:0x1F",
        "weights=c.d", "run=rm", "a", "&&", "channel=1&channel=2", "%FF=1", "__class__=1",
    )),
    "resnet-lens://open?image=%2Fa.png&weights=a.b" + "&mask=layer4:1" * 60,
    "resnet-lens://open?image=%2Fa.png&weights=a.b&mask=layer4:" + "1," * 150_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_links_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(LensError, match=r"^This link can’t be opened: .*\.$") as refused:
        links.parse(text)
    assert len(str(refused.value)) < 400
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("place", ["//server/share/a.png", "/dev/shm/a.png"])
def test_no_link_is_made_that_would_be_refused(place: str) -> None:
    with pytest.raises(LensError, match=rf"^No link can lead to this picture: “{place}” is .*\.$"):
        links.link(Scene(Path(place), "a.png", "resnet18.cifar10"))


def test_mutated_links_never_raise_anything_else() -> None:
    rng = random.Random(11)
    alphabet = "%&=?/\\:;,.x0159aZ-+\0\n \"'<>é漢\ud800"
    good = 0
    for _ in range(400):
        text = list(GOOD)
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(text))
            match rng.randrange(4):
                case 0:
                    del text[place : place + rng.randint(1, 12)]
                case 1:
                    text.insert(place, rng.choice(alphabet))
                case 2:
                    text[place] = rng.choice(alphabet)
                case _:
                    text[place:place] = text[place : place + rng.randint(1, 20)]
        try:
            scene = links.parse("".join(text))
        except LensError:
            continue
        good += 1
        assert links.parse(links.link(scene)) == scene
        assert scene.picture is None or scene.picture.is_absolute()
    assert good < 300  # most of it is none any more


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_link_or_a_sentence(text: str) -> None:
    for candidate in (text, f"resnet-lens://open?{text}", f"{GOOD}&{text}"):
        with contextlib.suppress(LensError):
            links.parse(candidate)


def test_a_drop_or_a_paste_of_one_is_taken() -> None:
    pasted = QMimeData()
    pasted.setText(f"  {GOOD}\n")
    assert opening.takes(pasted)
    assert opening.link(pasted) == GOOD
    dropped = QMimeData()
    dropped.setUrls([QUrl(GOOD)])
    found = opening.link(dropped)
    assert found is not None
    assert links.parse(found) == links.parse(GOOD)
    other = QMimeData()
    other.setText("see resnet-lens://open?image=x")
    assert opening.link(other) is None
    assert not opening.takes(other)


def test_what_the_desktop_hands_over() -> None:
    assert links.from_outside("a b.png") == Path("a b.png")
    assert links.from_outside("file:///home/me/a%20b%25.png") == Path("/home/me/a b%.png")
    assert links.from_outside("file://localhost/home/me/a.png") == Path("/home/me/a.png")
    assert links.from_outside("file://server/share/a.png") == Path("file://server/share/a.png")
    assert links.parse(str(links.from_outside(GOOD))) == links.parse(GOOD)


def test_a_second_start_hands_a_link_over_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    link = GOOD.encode()
    assert single_instance._understood(b'{"open": ["' + link + b'", "/a.png"]}') == [GOOD, "/a.png"]
    assert single_instance._understood(b'{"open": ["a.png"]}') is None
    sent: list[bytes] = []

    class Socket:
        def write(self, data: bytes) -> None:
            sent.append(data)

        def flush(self) -> None: ...
        def abort(self) -> None: ...
        def waitForReadyRead(self, _ms: int) -> bool:
            return True

        def read(self, _most: int) -> bytes:
            return b"taken\n"

    monkeypatch.setattr(single_instance, "_connected", lambda _name: Socket())
    assert single_instance.hand_over([Path(GOOD), "b.png"], "name")
    wanted = single_instance._understood(sent[0].rstrip())
    assert wanted is not None
    assert links.parse(wanted[0]) == links.parse(GOOD)
    assert wanted[1] == str(Path("b.png").absolute())
