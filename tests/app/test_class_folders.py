"""Pictures into folders by class: nothing is overwritten, and everything can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.class_folders import Mode, Step, carry_out, folder_name, plan, undo


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def pictures(tmp_path: Path) -> list[tuple[Path, str]]:
    found = []
    for folder, name, label in (("a", "1.png", "cat"), ("b", "1.png", "cat"), ("a", "2.png", "tiger, or: cat")):
        path = tmp_path / "in" / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{folder}/{name}".encode())
        found.append((path, label))
    return found


def test_names_that_meet_get_a_number(pictures: list[tuple[Path, str]], tmp_path: Path) -> None:
    targets = [str(step.target.relative_to(tmp_path / "out")) for step in plan(pictures, tmp_path / "out")]
    assert targets == ["cat/1.png", "cat/1 (2).png", "tiger, or_ cat/2.png"]


def test_what_is_in_its_place_stays(tmp_path: Path) -> None:
    place = tmp_path / "cat" / "1.png"
    place.parent.mkdir()
    place.write_bytes(b"x")
    assert plan([(place, "cat")], tmp_path) == ()


@pytest.mark.parametrize("mode", ["copy", "move"])
def test_done_and_undone(pictures: list[tuple[Path, str]], tmp_path: Path, mode: Mode) -> None:
    before = tree(tmp_path)
    done = carry_out(plan(pictures, tmp_path / "out"), mode)
    assert done.problems == ()
    assert sorted(tree(tmp_path / "out").values()) == sorted(before.values())
    assert len(tree(tmp_path)) == (6 if mode == "copy" else 3)
    assert undo(done) == ()
    assert tree(tmp_path) == before
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten_and_the_rest_is_done(pictures: list[tuple[Path, str]], tmp_path: Path) -> None:
    steps = plan(pictures, tmp_path / "out")
    (tmp_path / "out" / "cat").mkdir(parents=True)
    (tmp_path / "out" / "cat" / "1.png").write_bytes(b"somebody was quicker")
    pictures[2][0].unlink()
    done = carry_out(steps, "move")
    assert [step.target.name for step in done.steps] == ["1 (2).png"]
    assert len(done.problems) == 2
    assert (tmp_path / "out" / "cat" / "1.png").read_bytes() == b"somebody was quicker"
    assert undo(done) == ()
    assert pictures[1][0].exists()


def test_a_changed_copy_is_kept(pictures: list[tuple[Path, str]], tmp_path: Path) -> None:
    done = carry_out(plan(pictures[:1], tmp_path / "out"), "copy")
    done.steps[0].target.write_bytes(b"painted over since")
    assert "was changed since" in undo(done)[0]
    assert done.steps[0].target.exists()


def test_called_off_between_two_files(pictures: list[tuple[Path, str]], tmp_path: Path) -> None:
    told: list[int] = []
    done = carry_out(
        plan(pictures, tmp_path / "out"), "copy", cancel=lambda: len(told) == 1, progress=lambda n, _: told.append(n)
    )
    assert len(done.steps) == 1


def test_a_folder_that_can_not_be_made_is_a_sentence(pictures: list[tuple[Path, str]], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    done = carry_out([Step(pictures[0][0], blocked / "cat" / "1.png")], "copy")
    assert done.steps == ()
    assert done.problems[0].startswith("1.png could not be put into")


@pytest.mark.parametrize(
    ("label", "name"),
    [("cat", "cat"), ("a/b\\c", "a_b_c"), ("..", "_"), ("", "_"), ("x" * 300, "x" * 100), ("é.", "é")],
)
def test_folder_names(label: str, name: str) -> None:
    assert folder_name(label) == name
