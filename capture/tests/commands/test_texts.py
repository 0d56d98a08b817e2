from pathlib import Path

import pytest

from support import ROOT, needs_upstream, run

MODEL = ROOT / "samples" / "model"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--random", "-1"], "--random"),
        (["--cosyvoice-dir", "/nowhere"], "/nowhere: no such folder"),
    ],
)
def test_wrong_arguments_are_refused(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = run("texts", "--out", tmp_path / "texts.json", *arguments)
    assert done.returncode == 3
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@needs_upstream
def test_out_in_no_folder_is_refused(tmp_path: Path) -> None:
    done = run("texts", "--model-dir", MODEL, "--out", tmp_path / "no" / "texts.json", "--random", "1")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
