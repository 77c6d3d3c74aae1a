"""The 914 pictures of ../shared/badinputs: sound ones are seen as they are meant, the others are refused in a sentence.

All are opened by one child process, which measures time and peak memory of each.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from told import left_in_english

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parents[2]
BAD_INPUTS = ROOT.parent / "shared" / "badinputs"
MANIFEST = BAD_INPUTS / "MANIFEST.tsv"

# Their colours were noted without their colour profile (gamma 1.8, Display P3), which we apply.
COLOUR_MANAGED = {
    "ok/12m__cmm-exception-corbis-rgb.jpg": 36,
    "ok/exif__landscape_6.jpg": 16,
    "ok/exif__landscape_7.jpg": 16,
    "ok/exif__landscape_8.jpg": 16,
    "ok/libavif__paris_exif_xmp_icc_gainmap_bigendian.jpg": 10,
}


def rows() -> list[dict[str, str]]:
    if not MANIFEST.is_file():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in table if not row["path"].startswith("weights/")]


ROWS = rows()


def cases(expect: str) -> pytest.MarkDecorator:
    chosen = [row for row in ROWS if row["expect"] == expect]
    return pytest.mark.parametrize("row", chosen, ids=[row["path"].partition("/")[2][:80] for row in chosen])


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    """What became of every picture, by its path in the manifest."""
    if not ROWS:
        pytest.skip("needs ../shared, which is not on this machine")
    child = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("picture_cases.py"))],
        input="".join(json.dumps(str(BAD_INPUTS / row["path"])) + "\n" for row in ROWS),
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"},
        check=False,
    )
    lines = child.stdout.splitlines()
    survived = ROWS[min(len(lines), len(ROWS) - 1)]["path"]
    assert child.returncode == 0, f"crashed on {survived}: {child.stderr[-500:]}"
    assert "Warning" not in child.stderr
    return {row["path"]: json.loads(line) for row, line in zip(ROWS, lines, strict=True)}


def refused_in_a_sentence(row: dict[str, str], outcome: dict[str, Any]) -> bool:
    said = outcome["refused"]
    return Path(row["path"]).name in said and said.endswith(".") and "\n" not in said and "Error" not in said


@cases("ok")
def test_a_sound_picture_is_seen_as_it_is_meant(row: dict[str, str], outcomes: dict[str, dict[str, Any]]) -> None:
    outcome = outcomes[row["path"]]
    assert "refused" not in outcome, outcome.get("refused")
    assert outcome["size"] == row["size"]
    if row["sig"]:
        meant = np.frombuffer(bytes.fromhex(row["sig"]), np.uint8).reshape(4, 3)
        np.testing.assert_allclose(outcome["quarters"], meant, atol=COLOUR_MANAGED.get(row["path"], 4))


@cases("bad")
def test_a_bad_one_is_refused_in_a_sentence(row: dict[str, str], outcomes: dict[str, dict[str, Any]]) -> None:
    outcome = outcomes[row["path"]]
    assert "refused" in outcome, f"became a picture of {outcome.get('size')}"
    assert refused_in_a_sentence(row, outcome), outcome["refused"]
    assert outcome["seconds"] < 2
    assert outcome["peak_mb"] < 200


@cases("either")
def test_a_damaged_one_is_a_picture_or_refused(row: dict[str, str], outcomes: dict[str, dict[str, Any]]) -> None:
    outcome = outcomes[row["path"]]
    if "refused" in outcome:
        assert refused_in_a_sentence(row, outcome), outcome["refused"]
    elif row["size"]:
        assert outcome["size"] == row["size"]
    assert outcome["seconds"] < 3
    assert outcome["peak_mb"] < 600


def test_no_picture_starts_a_program(outcomes: dict[str, dict[str, Any]]) -> None:
    assert {path: outcome["started"] for path, outcome in outcomes.items() if outcome["started"]} == {}


@pytest.mark.parametrize(
    ("path", "grey"), [("ok/gen__png_I16_ramp.png", (126, 129)), ("ok/gen__tiff_I16_12bit_ramp.tif", (120, 135))]
)
def test_sixteen_bits_are_scaled(path: str, grey: tuple[int, int], outcomes: dict[str, dict[str, Any]]) -> None:
    assert grey[0] < np.mean(outcomes[path]["quarters"]) < grey[1]


def test_refusals_are_told_in_every_language(outcomes: dict[str, dict[str, Any]]) -> None:
    untold = {}
    for path, outcome in outcomes.items():
        if said := outcome.get("refused"):
            left = left_in_english(said, Path(path).name)
            if left:
                untold[said] = left
    assert untold == {}
