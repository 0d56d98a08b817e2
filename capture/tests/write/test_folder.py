"""What a stopped capture leaves behind, and what it does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from parity_capture.errors import CaptureError
from parity_capture.write.folder import LAST, CaptureFolder
from parity_capture.write.publication import UNFINISHED


def test_publish_moves_files_and_removes_outdated_ones(tmp_path: Path) -> None:
    (tmp_path / "old.safetensors").write_text("old")
    (tmp_path / "report.json").write_text("mine")
    with CaptureFolder(tmp_path) as folder:
        folder.file(LAST).write_text("new")
        folder.file("a").write_text("new")
        assert folder.publish(["old.safetensors"]) == ["a", LAST]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", LAST, "report.json"]


def test_exit_without_publish_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / LAST).write_text("earlier")
    with pytest.raises(KeyboardInterrupt), CaptureFolder(tmp_path) as folder:
        folder.file(LAST).write_text("half")
        raise KeyboardInterrupt
    assert [p.name for p in tmp_path.iterdir()] == [LAST]
    assert (tmp_path / LAST).read_text() == "earlier"


def test_publish_without_the_full_part_keeps_the_earlier_one(tmp_path: Path) -> None:
    (tmp_path / LAST).write_text("earlier")
    with CaptureFolder(tmp_path) as folder:
        folder.file("frontend_artifacts.safetensors").write_text("new")
        folder.publish([])
    assert (tmp_path / LAST).read_text() == "earlier"


def test_open_removes_what_dead_captures_left_and_nothing_else(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, alive = tmp_path / f"{UNFINISHED}{gone.pid}", tmp_path / f"{UNFINISHED}1"
    dead.mkdir()
    alive.mkdir()
    with CaptureFolder(tmp_path):
        assert not dead.exists()
        assert alive.exists()


def test_open_on_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaptureError, match=r"file: is a file; give --out a folder"):
        CaptureFolder(tmp_path / "file")
    with pytest.raises(CaptureError, match=r"below: is a file; give --out a folder"):
        CaptureFolder(tmp_path / "file" / "below")
