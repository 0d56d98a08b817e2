from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime", reason="needs onnxruntime: run tools/setup_python.sh")
pytest.importorskip("onnx", reason="needs onnx: run tools/setup_python.sh")

from parity_capture.model_maker.noise import Noise  # noqa: E402
from parity_capture.model_maker.onnx_nets import write_speaker_net, write_token_net  # noqa: E402


def session(path: Path) -> Any:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("frames", [4, 5, 6, 7, 208])
def test_token_net_gives_25_tokens_a_second(frames: int, tmp_path: Path) -> None:
    write_token_net(tmp_path / "net.onnx", Noise(1), 24)
    feats = Noise(2).normal("feats", [1, 128, frames])
    (tokens,) = session(tmp_path / "net.onnx").run(None, {"feats": feats, "feats_length": np.array([frames], np.int32)})
    assert tokens.dtype == np.int32
    assert tokens.shape == (1, (frames + 3) // 4)
    assert 0 <= tokens.min() <= tokens.max() <= 6560


def test_tokens_differ_from_frame_to_frame(tmp_path: Path) -> None:
    write_token_net(tmp_path / "net.onnx", Noise(1), 24)
    inputs = {"feats": Noise(2).normal("feats", [1, 128, 400]), "feats_length": np.array([400], np.int32)}
    (tokens,) = session(tmp_path / "net.onnx").run(None, inputs)
    assert len(set(tokens[0].tolist())) > 50


@pytest.mark.parametrize("frames", [3, 206])
def test_speaker_net_gives_an_embedding_of_any_length(frames: int, tmp_path: Path) -> None:
    write_speaker_net(tmp_path / "net.onnx", Noise(1), 16)
    (embedding,) = session(tmp_path / "net.onnx").run(None, {"input": Noise(2).normal("fbank", [1, frames, 80])})
    assert embedding.shape == (1, 192)
    assert 0.1 < embedding.std() < 10


def test_files_say_nothing_of_the_machine(tmp_path: Path) -> None:
    write_token_net(tmp_path / "net.onnx", Noise(1), 24)
    (tmp_path / "b").mkdir()
    write_token_net(tmp_path / "b/net.onnx", Noise(1), 24)
    data = (tmp_path / "net.onnx").read_bytes()
    assert data == (tmp_path / "b/net.onnx").read_bytes()
    assert str(tmp_path).encode() not in data
