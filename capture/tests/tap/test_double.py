"""Modules and caches in float64."""

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
pytest.importorskip("transformers", reason="needs transformers: make an environment with tools/setup_python.sh")

from parity_capture.tap.double import StayDouble, cache_before  # noqa: E402


def test_cache_before_has_the_positions_of_before_in_float64() -> None:
    from transformers.cache_utils import DynamicCache

    cache = DynamicCache()
    for layer in range(2):
        cache.update(torch.randn(1, 2, 5, 4), torch.randn(1, 2, 5, 4), layer)
    before = cache_before(cache, [3, 2])
    assert [k.shape[-2] for k in before.key_cache] == [3, 2]
    assert before.key_cache[1].dtype == torch.float64
    assert before.value_cache[0].equal(cache.value_cache[0][..., :3, :].double())


def test_stay_double_leaves_integers_and_turns_named_float32() -> None:
    with StayDouble():
        assert torch.ones(2, dtype=torch.float64).float().dtype == torch.float64
        assert torch.arange(2).to(torch.float32).dtype == torch.float64
        assert torch.ones(2, dtype=torch.float64).softmax(0, dtype=torch.float32).dtype == torch.float64
        assert torch.arange(2).dtype == torch.int64
