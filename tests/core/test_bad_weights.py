"""Every weights file of ../shared/badinputs, imported: loads, or is refused in a sentence, within time and memory.

All are imported one after another by one process of its own (this file, run as a script), whose largest child can
then be measured; the tests read its report.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
MAX_SECONDS = 5.0
MAX_BYTES = 300e6

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as POSIX systems do"),
]


@dataclass(frozen=True)
class Case:
    path: str
    expect: str  # load, refuse or either
    classes: int | None


@dataclass(frozen=True)
class Outcome:
    classes: int | None
    error: str | None
    seconds: float
    kept: list[str]  # what lies in the weights folder after a refusal


def cases() -> list[Case]:
    manifest = SHARED / "badinputs" / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    rows = [line.split("\t") for line in manifest.read_text(encoding="utf-8").splitlines()]
    return [Case(row[0], row[1], int(row[2]) if row[2] else None) for row in rows if row[0].startswith("weights/")]


def import_all(home: Path) -> None:
    """Imports every case into `home` and prints a report: outcomes by path, and the memory this process took."""
    import resource

    from resnet_core.errors import WeightsError
    from resnet_core.weights import checkpoint
    from resnet_core.weights.store import WeightsStore

    store = WeightsStore(home)
    outcomes, peak_bytes = {}, 0
    unit = 1 if sys.platform == "darwin" else 1024
    for case in sorted(
        cases(), key=lambda case: case.expect != "refuse"
    ):  # those that load may take more: they come last
        start = time.monotonic()
        classes, error, path = None, None, SHARED / "badinputs" / case.path
        try:
            if case.expect == "load":
                classes = checkpoint.read(path).spec.num_classes
            else:
                info = store.import_file(path)
                classes = info.spec.num_classes
                store.remove(info.id)
        except WeightsError as refusal:
            error = str(refusal)
        seconds = time.monotonic() - start
        kept = [path.name for path in store.folder.iterdir() if path.name != ".lock"] if store.folder.exists() else []
        if case.expect == "refuse":
            peak_bytes = unit * sum(
                resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            )
        outcomes[case.path] = asdict(Outcome(classes, error, seconds, kept))
    sys.stdout.write(json.dumps({"outcomes": outcomes, "peak_bytes": peak_bytes}))


@dataclass(frozen=True)
class Report:
    outcomes: dict[str, Outcome]
    peak_bytes: float
    folder: Path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not on this machine")
    folder = tmp_path_factory.mktemp("bad weights")
    run = subprocess.run(
        # By way of a shell, because a process is counted the memory of the one that started it, here pytest.
        ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, __file__, str(folder / "home")],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "TMPDIR": str(folder)},
        capture_output=True,
        check=False,
        timeout=110,
    )
    assert run.returncode == 0, run.stderr.decode()
    told = json.loads(run.stdout)
    return Report({path: Outcome(**values) for path, values in told["outcomes"].items()}, told["peak_bytes"], folder)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.path.removeprefix("weights/"))
def test_a_file_loads_or_is_refused(case: Case, report: Report) -> None:
    outcome = report.outcomes[case.path]
    assert outcome.seconds < MAX_SECONDS
    assert outcome.kept == []
    if case.expect == "load":
        assert outcome.error is None
    if case.expect == "refuse":
        assert outcome.classes is None
    if outcome.error is None:
        assert outcome.classes == case.classes
    else:
        assert " is not a ResNet: " in outcome.error
        assert outcome.error.isprintable()
        assert outcome.error.endswith(".")
        assert len(outcome.error) < 300


def test_reading_them_takes_little_memory_and_runs_no_code(report: Report) -> None:
    assert report.peak_bytes < MAX_BYTES
    assert not list(report.folder.rglob("*PWNED*"))
    assert not list(ROOT.glob("PWNED*"))
    assert not list(report.folder.glob("resnet-lens-*")), "a temporary folder stayed behind"


def test_refusals_are_told_in_every_language(report: Report) -> None:
    from told import left_in_english

    said = {outcome.error: Path(path).name for path, outcome in report.outcomes.items() if outcome.error}
    assert {error: left for error, name in said.items() if (left := left_in_english(error, name))} == {}


if __name__ == "__main__":
    import_all(Path(sys.argv[1]))
