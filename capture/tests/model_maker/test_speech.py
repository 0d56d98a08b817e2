from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: run tools/setup_python.sh")
from torch import nn  # noqa: E402

from parity_capture.model_maker.noise import Noise  # noqa: E402
from parity_capture.model_maker.speech import DEVIATION, SILENT_TOKENS, temper_llm  # noqa: E402

WIDTH, LAYERS = 64, 2
STOPS = (2.0, 3.0)


def tempered() -> nn.Module:
    """A language model's two tables, filled as the maker fills them."""
    llm, noise = nn.Module(), Noise(3)
    llm.llm_decoder = nn.Linear(WIDTH, 6761, bias=False)
    llm.speech_embedding = nn.Embedding(6761, WIDTH)
    with torch.no_grad():
        for name in ("llm_decoder", "speech_embedding"):
            weight = noise.normal(name, [6761, WIDTH], deviation=WIDTH**-0.5)
            llm.get_parameter(f"{name}.weight").copy_(torch.from_numpy(weight))
    temper_llm(llm, noise, LAYERS, STOPS)
    return llm


def normed(x: Any) -> Any:
    """As the language model's last norm leaves what comes out of it."""
    return x / x.square().mean(-1, keepdim=True).sqrt()


def test_temper_llm_spreads_the_logits_and_sets_the_stops_apart() -> None:
    decoder = tempered().get_parameter("llm_decoder.weight")
    deviations = (decoder @ normed(torch.from_numpy(Noise(4).normal("hidden", [500, WIDTH]))).T).std(1)
    plain = [i for i in range(6561) if i not in SILENT_TOKENS]
    assert deviations[plain].mean().item() == pytest.approx(DEVIATION, rel=0.05)
    assert deviations[6561].item() == pytest.approx(2 * DEVIATION, rel=0.4)
    assert deviations[6562].item() == pytest.approx(3 * DEVIATION, rel=0.4)
    assert deviations[6563:].mean().item() == pytest.approx(0.5 * DEVIATION, rel=0.1)


def test_temper_llm_makes_silence_likely_behind_silence_and_rare_elsewhere() -> None:
    llm = tempered()
    decoder, embedding = llm.get_parameter("llm_decoder.weight"), llm.get_parameter("speech_embedding.weight")
    layers = torch.from_numpy(Noise(4).normal("layers", [200, WIDTH], deviation=LAYERS**0.5))

    def silent(before: Any) -> float:
        probabilities = (normed(embedding[before] + layers) @ decoder.T).softmax(-1)
        return float(probabilities[:, list(SILENT_TOKENS)].sum(1).mean())

    assert silent(torch.tensor(SILENT_TOKENS).repeat(20)[:200]) > 0.3
    assert silent(torch.arange(3000, 3200)) < 0.05


def test_temper_llm_again_gives_the_same_bits() -> None:
    first, again = tempered().state_dict(), tempered().state_dict()
    assert all(torch.equal(first[name], again[name]) for name in first)
