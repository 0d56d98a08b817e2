"""Several captures of lists of options: what is refused before anything is loaded."""

import json
from pathlib import Path

import pytest

from parity_capture.commands import batch
from parity_capture.errors import CaptureError


@pytest.mark.parametrize("written", ["[]", "{}", "[[1]]", '["--seed"]', "[[], 3]"])
def test_file_that_is_no_list_of_lists_is_refused(tmp_path: Path, written: str) -> None:
    file = tmp_path / "asked.json"
    file.write_text(written)
    with pytest.raises(CaptureError, match="expected a list of lists of options"):
        batch.main([str(file)])


def test_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "asked.json"
    file.write_text("--seed 3")
    with pytest.raises(CaptureError, match="is not JSON"):
        batch.main([str(file)])


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="No such file"):
        batch.main([str(tmp_path / "none.json")])


def test_wrong_option_of_any_capture_is_refused_before_upstream_is_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "asked.json"
    file.write_text(json.dumps([["--prompt-wav", "a.wav", "--out", "a", "--sed", "3"]]))
    with pytest.raises(CaptureError, match="--sed: no such option; did you mean --seed"):
        batch.main([str(file)])
