"""The files of a capture, as they are published."""

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")

from parity_capture.write.files import CHECKSUMS, CaptureFiles  # noqa: E402
from parity_capture.write.folder import CaptureFolder  # noqa: E402
from parity_capture.write.store import Spool, Spooled  # noqa: E402
from support import opened  # noqa: E402


def spooled(folder: Path, name: str, *keys: str) -> Spooled:
    spool: Spool[str] = Spool(folder / f"{name}.spool")
    for key in keys:
        spool.put(key, torch.ones(2))
    return Spooled(spool, {"b": "m.b", "a": "m.a"}, order=True)


def test_publish_writes_tensors_with_metadata_and_checksums_and_leaves_no_spool(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path) as folder:
        files = CaptureFiles(folder, {"mode": "vc"})
        files.put("debug_artifacts", {"x": torch.zeros(3)})
        files.metadata["n_timesteps"] = "10"
        assert files.publish() == [CHECKSUMS, "debug_artifacts.safetensors"]
    metadata, tensors = opened(tmp_path / "debug_artifacts.safetensors")
    assert (metadata, list(tensors)) == ({"mode": "vc", "n_timesteps": "10"}, ["x"])
    assert (tmp_path / CHECKSUMS).read_text().split()[1:] == ["debug_artifacts.safetensors", "x"]
    assert len(list(tmp_path.iterdir())) == 2


def test_put_spooled_orders_by_names_and_leaves_out_what_has_no_name(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path) as folder:
        files = CaptureFiles(folder, {})
        files.put_spooled({"taps_llm": spooled(files.scratch, "taps_llm", "a", "b", "unnamed")})
        files.publish()
    metadata, tensors = opened(tmp_path / "taps_llm.safetensors")
    assert json.loads(metadata["order"]) == ["m.b", "m.a"]
    assert tensors.keys() == {"m.a", "m.b"}


def test_put_spooled_without_tensors_makes_no_file(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path) as folder:
        files = CaptureFiles(folder, {})
        files.put_spooled({"truth_llm": spooled(files.scratch, "truth_llm")})
        assert not list(files.scratch.iterdir())
        assert files.publish() == [CHECKSUMS]


def test_publish_keeps_the_checksums_of_files_that_stay(tmp_path: Path) -> None:
    (tmp_path / CHECKSUMS).write_text("1 debug_artifacts.safetensors x\n2 frontend_artifacts.safetensors y\n")
    with CaptureFolder(tmp_path) as folder:
        files = CaptureFiles(folder, {})
        files.put("frontend_artifacts", {"y": torch.zeros(3)})
        files.publish()
    lines = (tmp_path / CHECKSUMS).read_text().splitlines()
    assert lines[0] == "1 debug_artifacts.safetensors x"
    assert [line.split()[1:] for line in lines[1:]] == [["frontend_artifacts.safetensors", "y"]]
