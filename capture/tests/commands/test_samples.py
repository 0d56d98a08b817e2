"""Making the sample, with a model and a capture that are quicker than the real ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("safetensors", reason="needs safetensors: run tools/setup_python.sh")

from parity_capture.commands.samples import make_samples
from parity_capture.errors import CaptureError
from parity_capture.model_maker.replacement import MARK


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "prompt.wav").write_text("recording")
    for name in ("model/cosyvoice3.yaml", "capture/taps_of_an_older_one"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(MARK)
    return tmp_path


def made_model(folder: Path) -> None:
    folder.mkdir()
    (folder / "cosyvoice3.yaml").write_text(f"{MARK} anew")


def captured(seen: list[list[str]]) -> Callable[[list[str]], None]:
    def capture(arguments: list[str]) -> None:
        seen.append(arguments)
        folder = Path(arguments[arguments.index("--out") + 1])
        model = Path(arguments[arguments.index("--model-dir") + 1])
        (folder / "of").write_text((model / "cosyvoice3.yaml").read_text())

    return capture


def files(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_model_and_capture_are_replaced_and_the_recording_stays(out: Path) -> None:
    seen: list[list[str]] = []
    make_samples(out, made_model, captured(seen))
    anew = f"{MARK} anew"
    assert files(out) == {"prompt.wav": "recording", "model/cosyvoice3.yaml": anew, "capture/of": anew}
    assert seen[0][-4:-2] == ["--taps", "boundary"]
    assert seen[0][-2:] == ["--threads", "1"]


def test_capture_that_fails_leaves_model_and_capture_as_they_were(out: Path) -> None:
    def fail(arguments: list[str]) -> None:
        raise CaptureError("disk full")

    before = files(out)
    with pytest.raises(CaptureError, match="disk full"):
        make_samples(out, made_model, fail)
    assert files(out) == before
    assert sorted(p.name for p in out.iterdir()) == ["capture", "model", "prompt.wav"]


def test_no_recording_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"prompt\.wav: no such file"):
        make_samples(tmp_path, made_model, captured([]))


def test_model_of_somebody_else_is_left_alone(out: Path) -> None:
    (out / "model/cosyvoice3.yaml").write_text("llm: theirs")
    before = files(out)
    with pytest.raises(CaptureError, match="holds a model that make-model did not make"):
        make_samples(out, made_model, captured([]))
    assert files(out) == before
