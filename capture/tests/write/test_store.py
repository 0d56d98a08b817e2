"""The safetensors files, read back with safetensors' own reader."""

import hashlib
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
from safetensors.torch import load_file  # noqa: E402

from parity_capture.write.store import Spool, write_safetensors  # noqa: E402

TENSORS = {
    "half": torch.arange(3, dtype=torch.float16),
    "wide": torch.tensor([[1.5, float("nan")], [float("-inf"), -0.0]], dtype=torch.float64),
    "flag": torch.tensor([True, False, True]),
    "empty": torch.zeros(1, 0, dtype=torch.int32),
    "scalar": torch.tensor(7, dtype=torch.int64),
    "strided": torch.arange(12, dtype=torch.float32).reshape(3, 4).t(),
    "brain": torch.arange(5).to(torch.bfloat16),
}


def written(folder: Path, name: str = "a.safetensors", metadata: dict[str, str] | None = None) -> Path:
    with Spool[str](folder / f"{name}.spool") as spool:
        for key, tensor in TENSORS.items():
            spool.put(key, tensor)
        write_safetensors(folder / name, spool, {key: key for key in TENSORS}, metadata or {})
    return folder / name


def test_write_every_dtype_reads_back_equal(tmp_path: Path) -> None:
    back = load_file(written(tmp_path))
    assert back.keys() == TENSORS.keys()
    for name, tensor in TENSORS.items():
        assert back[name].dtype == tensor.dtype
        assert back[name].shape == tensor.shape
        assert (
            back[name]
            .contiguous()
            .reshape(-1)
            .view(torch.uint8)
            .equal(tensor.contiguous().reshape(-1).view(torch.uint8))
        )


def test_write_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one = written(tmp_path, "one", {"b": "2", "a": "1"}).read_bytes()
    two = written(tmp_path, "two", {"a": "1", "b": "2"}).read_bytes()
    assert one == two


def test_write_some_names_leaves_the_others_out(tmp_path: Path) -> None:
    with Spool[str](tmp_path / "spool") as spool:
        spool.put("a", torch.ones(2))
        spool.put("b", torch.zeros(3))
        digests = write_safetensors(tmp_path / "f", spool, {"b": "renamed"}, {})
    assert load_file(tmp_path / "f").keys() == {"renamed"}
    assert digests == {"renamed": hashlib.sha256(bytes(12)).hexdigest()}


def test_write_data_begins_at_a_multiple_of_64(tmp_path: Path) -> None:
    data = written(tmp_path).read_bytes()
    assert (8 + int.from_bytes(data[:8], "little")) % 64 == 0


def test_get_returns_what_was_put(tmp_path: Path) -> None:
    with Spool[str](tmp_path / "spool") as spool:
        for key, tensor in TENSORS.items():
            spool.put(key, tensor)
        assert spool.get("strided").equal(TENSORS["strided"])
        assert spool.get("empty").shape == (1, 0)


def test_put_same_key_again_is_refused(tmp_path: Path) -> None:
    with Spool[str](tmp_path / "spool") as spool:
        spool.put("a", torch.ones(1))
        with pytest.raises(ValueError, match="a was put twice"):
            spool.put("a", torch.ones(1))


def test_close_removes_the_spool(tmp_path: Path) -> None:
    with Spool[str](tmp_path / "spool") as spool:
        spool.put("a", torch.ones(1))
    assert not list(tmp_path.iterdir())
