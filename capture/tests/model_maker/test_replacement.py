from pathlib import Path

import pytest

from parity_capture.errors import CaptureError
from parity_capture.model_maker.replacement import MARK, refuse_what_was_not_made, replacement


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    write(tmp_path / "out/old", "")
    with replacement(tmp_path / "out", 0) as folder:
        write(folder / "new", "")
        assert (tmp_path / "out/old").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["new"]


def test_failure_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "out/old", "")
    with pytest.raises(KeyboardInterrupt), replacement(tmp_path / "out", 0) as folder:
        write(folder / "half", "")
        raise KeyboardInterrupt
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["old"]


def test_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    with replacement(tmp_path / "a/b", 0):
        pass
    assert (tmp_path / "a/b").is_dir()


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with (
        pytest.raises(CaptureError, match=r"out: needs 1073741824 MB, \d+ MB are free there"),
        replacement(tmp_path / "out", 1 << 50),
    ):
        pytest.fail("a folder was given")
    assert list(tmp_path.iterdir()) == []


def test_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    write(tmp_path / "file", "")
    with pytest.raises(CaptureError, match=r"file.*: cannot be written"), replacement(tmp_path / "file/out", 0):
        pytest.fail("a folder was given")


def test_made_model_may_be_replaced(tmp_path: Path) -> None:
    write(tmp_path / "cosyvoice3.yaml", f"{MARK} --size tiny --seed 7`\n")
    refuse_what_was_not_made(tmp_path)


def test_empty_or_new_folder_may_be_used(tmp_path: Path) -> None:
    refuse_what_was_not_made(tmp_path)
    refuse_what_was_not_made(tmp_path / "new")
