"""What is read back of a capture, from folders that are hardly captures."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
save_file = pytest.importorskip("safetensors.torch", reason="needs safetensors").save_file

from parity_capture.errors import CaptureError  # noqa: E402
from parity_capture.legal.captured import WEIGHTS, Captured, KeepCaptured  # noqa: E402
from parity_capture.upstream.environment import Upstream  # noqa: E402
from parity_capture.write.provenance import sha256  # noqa: E402


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in WEIGHTS:
        (folder / name).write_text(name)
    return folder


def capture(folder: Path, model: Path, **metadata: str) -> Path:
    hashes = {f"sha256 {name}": sha256(model / name) for name in WEIGHTS}
    said = {"capture_version": "0", "upstream_commit": "c" * 40, "streaming": "false", **hashes, **metadata}
    folder.mkdir()
    tensors = {
        "token": torch.arange(4, dtype=torch.int32)[None],
        "prompt_token": torch.zeros(1, 3, dtype=torch.int32),
        "prompt_feat": torch.zeros(1, 6, 80),
        "embedding": torch.zeros(1, 192),
        "python_flow_output": torch.zeros(1, 80, 8),
        "python_hift_source": torch.zeros(1, 1, 3840),
    }
    save_file(tensors, folder / "debug_artifacts.safetensors", said)
    return folder


def test_open_folder_without_capture_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"no debug_artifacts\.safetensors in it"):
        Captured.open(tmp_path)


def test_open_earlier_artifacts_is_said(tmp_path: Path) -> None:
    save_file({"token": torch.zeros(1)}, tmp_path / "debug_artifacts.safetensors")
    with pytest.raises(CaptureError, match="does not say what made it"):
        Captured.open(tmp_path)


def test_require_another_model_is_said_in_one_line(tmp_path: Path, model: Path) -> None:
    captured = Captured.open(capture(tmp_path / "capture", model))
    (model / "flow.pt").write_text("another")
    with pytest.raises(CaptureError, match=r"flow\.pt: sha256 .*, and the capture .* was made with") as e:
        captured.require(model, Upstream(tmp_path, "c" * 40, ()))
    assert "\n" not in str(e.value)


def test_require_another_upstream_is_said(tmp_path: Path, model: Path) -> None:
    captured = Captured.open(capture(tmp_path / "capture", model))
    captured.require(model, Upstream(tmp_path, "c" * 40, ()))
    with pytest.raises(CaptureError, match=r"commit ddddddd, and the capture .* was made with ccccccc"):
        captured.require(model, Upstream(tmp_path, "d" * 40, ()))


def test_chunks_of_an_utterance_at_once_are_one(tmp_path: Path, model: Path) -> None:
    captured = Captured.open(capture(tmp_path / "capture", model))
    (chunk,) = captured.chunks()
    assert (chunk.token_offset, chunk.speech_offset, chunk.streaming, chunk.finalize) == (0, 0, False, True)
    assert chunk.token.tolist() == [[0, 1, 2, 3]]
    assert {name: int(chunk.flow[f"{name}_len"]) for name in ("token", "prompt_token", "prompt_feat")} == {
        "token": 4,
        "prompt_token": 3,
        "prompt_feat": 6,
    }
    assert captured.drawn() is None


def test_chunks_of_a_streaming_run_have_their_own_tokens_and_offsets(tmp_path: Path, model: Path) -> None:
    folder = capture(tmp_path / "capture", model, streaming="true")
    tables = {name: torch.tensor([0, 2], dtype=torch.int32) for name in ("token_offset", "speech_offset")}
    tables |= {"token_hop_len": torch.tensor([25, 50], dtype=torch.int32)}
    tables |= {"streaming": torch.tensor([True, False]), "finalize": torch.tensor([False, True])}
    for i, length in enumerate((2, 4)):
        tables |= {f"token#{i}": torch.zeros(1, length, dtype=torch.int32), f"speech_feat#{i}": torch.zeros(1, 80, i)}
        tables |= {f"python_hift_source#{i}": torch.zeros(1, 1, i)}
    save_file(tables, folder / "chunks.safetensors")
    chunks = Captured.open(folder).chunks()
    assert [c.token.shape[1] for c in chunks] == [2, 4]
    assert [c.token_offset for c in chunks] == [0, 2]
    assert [(c.flow["streaming"], c.flow["finalize"]) for c in chunks] == [(True, False), (False, True)]
    assert [c.speech_feat.shape[2] for c in chunks] == [0, 1]


def test_keep_captured_keeps_calls_and_modules_with_several_outputs() -> None:
    keep = KeepCaptured(["hift.ups.0#1", "hift.m_source.0", "hift.m_source.1", "flow"])
    assert keep("hift.ups.0", 1)
    assert not keep("hift.ups.0", 0)
    assert keep("hift.m_source", 0)
    assert keep("flow", 0)
    assert not keep("hift.conv_pre", 0)
