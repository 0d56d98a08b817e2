"""The draws of the sampler, from a model that is only a sampler."""

from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
from torch import nn  # noqa: E402

from parity_capture.tap.sampling import Sampling, forced, recorded  # noqa: E402


class Llm(nn.Module):
    """Draws once, and once more when the first draw was even, as repetition-aware sampling may."""

    def sampling_ids(self, scores: Any, decoded: Any) -> int:
        first = int(scores.softmax(0).multinomial(1, replacement=True))
        scores[first] = -float("inf")
        return first if first % 2 else int(scores.softmax(0).multinomial(1, replacement=True))


def draw(llm: nn.Module, n: int) -> list[int]:
    torch.manual_seed(3)
    generator = torch.Generator().manual_seed(4)
    return [llm.sampling_ids(torch.randn(50, generator=generator), []) for _ in range(n)]


def test_recorded_draws_are_those_of_the_unwatched_run() -> None:
    llm, sampling = Llm(), Sampling()
    with recorded(llm, sampling):
        watched = draw(llm, 40)
    assert watched == draw(llm, 40)
    assert sampling.token == watched
    assert len(sampling.step) > 40


def test_recorded_choice_is_argmax_of_prob_over_draw() -> None:
    llm, sampling = Llm(), Sampling()
    with recorded(llm, sampling):
        draw(llm, 40)
    for prob, q, index in zip(sampling.prob, sampling.draw, sampling.index, strict=True):
        assert int((prob / q).argmax()) == index


def test_recorded_scores_are_those_before_the_sampler_changed_them() -> None:
    llm, sampling = Llm(), Sampling()
    with recorded(llm, sampling):
        draw(llm, 5)
    assert all(torch.isfinite(scores).all() for scores in sampling.logp)


def test_tensors_say_where_each_call_begins() -> None:
    llm, sampling = Llm(), Sampling()
    with recorded(llm, sampling):
        draw(llm, 10)
    tensors = sampling.tensors()
    assert int(tensors["size"].sum()) == tensors["prob"].numel() == tensors["draw"].numel()
    assert tensors["step"].numel() == tensors["size"].numel() == tensors["index"].numel()
    assert tensors["token"].tolist() == sampling.token


def test_forced_yields_the_given_tokens_and_is_undone() -> None:
    llm = Llm()
    free = draw(llm, 3)
    with forced(llm, [7, 8, 9]):
        assert draw(llm, 3) == [7, 8, 9]
    assert draw(llm, 3) == free
