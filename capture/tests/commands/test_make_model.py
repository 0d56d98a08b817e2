from pathlib import Path

import pytest

from parity_capture import cli


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("out/cosyvoice3.yaml", "holds a model that make-model did not make"),
        ("out/letter.txt", "is not empty and holds no model"),
        ("out", "is a file"),
    ],
)
def test_what_is_not_ours_is_never_replaced(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / name, "kept")
    assert cli.main(["make-model", str(tmp_path / "out")]) == 3
    assert said in capsys.readouterr().err
    assert (tmp_path / name).read_text() == "kept"


def test_seed_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["make-model", str(tmp_path / "out"), "--seed", "-1"]) == 3
    assert "--seed: invalid natural value: '-1'" in capsys.readouterr().err
