"""tools/setup_python.sh, as far as it goes without installing 6 GB."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

SCRIPT = ROOT / "tools" / "setup_python.sh"
COMMANDS = ("python3.11", "python3.10", "python3.12", "python3")


def setup(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    # Nothing to install from: a test that goes too far fails instead of downloading.
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PYTHON": "", "COSYVOICE_DIR": ""}
    return subprocess.run(
        [str(SCRIPT), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **offline, **environment},
    )


def commands(folder: Path, script: str) -> str:
    """A PATH on which every Python is `script`, in front of what there is."""
    folder.mkdir()
    for name in COMMANDS:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_help_says_how_much_it_takes() -> None:
    run = setup("--help")
    assert run.returncode == 0
    assert "6 GB on disk" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--nonsense"], "--nonsense: no such option"), (["a", "b"], "2 arguments")]
)
def test_wrong_usage_is_refused(arguments: list[str], said: str) -> None:
    run = setup(*arguments)
    assert run.returncode == 3
    assert said in run.stderr


def test_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept")
    run = setup(tmp_path)
    assert run.returncode == 3
    assert f"{tmp_path} is there and is no virtual environment" in run.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_no_suitable_python_lists_what_was_looked_at(tmp_path: Path) -> None:
    run = setup(tmp_path / "venv", PATH=commands(tmp_path / "bin", "echo 3.13"), PYTHON="/no/such/python")
    assert run.returncode == 3
    assert "no Python 3.10 to 3.12 found" in run.stderr
    assert "/no/such/python: not found" in run.stderr
    assert all(f"{name}: Python 3.13" in run.stderr for name in COMMANDS)
    assert not (tmp_path / "venv").exists()


def test_python_without_venv_is_named_with_the_remedy(tmp_path: Path) -> None:
    script = 'case "$2" in *ensurepip*) exit 1 ;; *) echo 3.11 ;; esac'
    run = setup(tmp_path / "venv", PATH=commands(tmp_path / "bin", script))
    assert run.returncode == 3
    assert "Python 3.11 without venv (Debian and Ubuntu: apt install python3.11-venv)" in run.stderr


def test_no_network_ends_with_pips_lines_and_its_log(tmp_path: Path) -> None:
    run = setup(tmp_path / "venv", PYTHON=sys.executable)
    assert run.returncode == 3
    assert "No matching distribution found for setuptools" in run.stderr
    assert f"All it said is in {tmp_path}/venv/setup_python.log" in run.stderr
    again = setup(tmp_path / "venv")
    assert again.returncode == 3
    assert "==> Checking" in again.stdout
