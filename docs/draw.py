"""Draws every picture of the documents, and writes what their commands print, with the program as it is.

`python3 dev.py docs` does all; with names, only those pictures. In a document, a block that begins with
"$ resnet-lens …" gets what that command prints.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
PICTURES = ROOT / "docs" / "pictures"


@dataclass(frozen=True)
class Scene:
    """`gates` are blocks whose F(x) is scaled."""

    name: str
    instrument: str = "maps"
    output: str = "layer1"
    sample: str = "airplane.jpg"
    others: tuple[str, ...] = ()
    gates: tuple[tuple[str, float], ...] = ()
    theme: str = "light"
    size: tuple[int, int] = (1280, 800)


SCENES = (
    Scene("window-dark", theme="dark", size=(1440, 900)),
    Scene("window-light", size=(1440, 900)),
    Scene("maps", output="layer3.0"),
    Scene("xray", "xray", "layer3.0", theme="dark"),
    Scene("depth", "depth", "layer3.0", gates=(("layer3.0", 0.0),)),
    Scene("evidence", "evidence", "layer4", theme="dark"),
    Scene("channels", "channels", "layer3"),
    Scene("occlusion", "occlusion", "layer4", theme="dark"),
    Scene("shape", "shape", "layer3", "frog.jpg"),
    Scene("compare", "compare", "layer2", gates=(("layer2.1", 0.0),)),
    Scene("patches", "patches", "layer2", others=("bird.jpg", "frog.jpg", "ship.jpg", "truck.jpg", "automobile.jpg")),
)


def draw(scene: Scene) -> None:
    """One picture, in the QApplication there is."""
    from app import theme
    from app.application import the_application
    from app.program import Program
    from app.screenshot import wait_until
    from app.settings import Settings
    from resnet_core.engines.base import Intervention

    theme.apply(the_application(), "dark" if scene.theme == "dark" else "light")
    program = Program(Settings(theme="dark" if scene.theme == "dark" else "light"))
    window, session = program.window, program.session
    window.resize(*scene.size)
    program.show([SAMPLES / name for name in (scene.sample, *scene.others)])

    def at_rest() -> bool:
        return program.started and program.tasks.idle and window.settled

    wait_until(lambda: at_rest() and session.analysis is not None)
    session.look_at(scene.output)
    if scene.gates:
        session.intervene(Intervention(gates=dict(scene.gates)))
        wait_until(lambda: session.analysis is not session.plain)
    window.workbench.show(scene.instrument)
    wait_until(at_rest)
    window.grab().save(str(PICTURES / f"{scene.name}.png"))
    program.close()


_BLOCK = re.compile(r"```\n\$ (resnet-lens [^\n]*)\n.*?```", re.DOTALL)


def commands(document: str) -> list[str]:
    """The commands in the blocks of a document."""
    return _BLOCK.findall(document)


def fill(document: str) -> str:
    """The document with what its commands print now."""

    def block(found: re.Match[str]) -> str:
        words = shlex.split(found[1])[1:]
        done = subprocess.run(
            [sys.executable, "-m", "app", *words], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return f"```\n$ {found[1]}\n{done.stdout.rstrip()}\n```"

    return _BLOCK.sub(block, document)


def main(wanted: list[str]) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_SCALE_FACTOR_ROUNDING_POLICY", "Round")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ["RESNET_LENS_HOME"] = home
        from app.application import make_application

        application = make_application(sys.argv[:1], "light")
        PICTURES.mkdir(exist_ok=True)
        for scene in SCENES:
            if not wanted or scene.name in wanted:
                draw(scene)
                sys.stdout.write(f"{PICTURES / scene.name}.png\n")
        application.processEvents()
        if not wanted:
            tour = ROOT / "docs" / "tour.md"
            tour.write_text(fill(tour.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
