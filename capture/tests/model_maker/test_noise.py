import numpy as np
import pytest

from parity_capture.model_maker import noise
from parity_capture.model_maker.noise import Noise

NORMAL = ["0xbece7aba", "0x3ea2f9a4", "0xbedb47c4", "0xbe9e5574"]
UNIFORM = ["0x3f0ec4d7", "0x3f46cf39", "0x3f4cb49d", "0x3f272480"]


def test_same_seed_and_name_same_numbers_for_ever() -> None:
    bits = Noise(7).normal("flow.weight", [4]).view(np.uint32)
    assert [hex(b) for b in bits] == NORMAL
    bits = Noise(7).uniform("flow.weight", [4], 0.5, 1.5).view(np.uint32)
    assert [hex(b) for b in bits] == UNIFORM


def test_other_seed_or_name_other_numbers() -> None:
    first = Noise(7).normal("a", [100])
    assert not np.any(first == Noise(8).normal("a", [100]))
    assert not np.any(first == Noise(7).normal("b", [100]))


def test_blocks_do_not_change_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Noise(1).normal("a", [10, 10])
    monkeypatch.setattr(noise, "BLOCK", 7)
    assert np.array_equal(whole, Noise(1).normal("a", [10, 10]))


def test_normal_has_mean_and_deviation_and_no_outliers() -> None:
    numbers = Noise(3).normal("a", [200_000], mean=2.0, deviation=0.5)
    assert numbers.dtype == np.float32
    assert abs(numbers.mean(dtype=np.float64) - 2.0) < 0.005
    assert abs(numbers.std(dtype=np.float64) - 0.5) < 0.005
    assert np.abs(numbers - 2.0).max() <= 0.5 * 3.5


def test_uniform_fills_its_range() -> None:
    numbers = Noise(3).uniform("a", [100_000], 0.5, 1.5)
    assert 0.5 <= numbers.min() < 0.51
    assert 1.49 < numbers.max() <= 1.5
    assert abs(numbers.mean(dtype=np.float64) - 1.0) < 0.01


def test_empty_shape_of_a_scalar_is_one_number() -> None:
    assert Noise(3).normal("a", []).shape == ()
    assert Noise(3).normal("a", [0, 4]).shape == (0, 4)
