"""Taps of functions: the Euler solver of a decoder that is only a solver."""

from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
from torch import nn  # noqa: E402

from parity_capture.tap.functions import SOLVER_X, euler_tapped, method_tapped  # noqa: E402

RATE = 0.7


class Heard:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any, Any]] = []

    def record(self, path: str, output: Any, exact: Any = None) -> None:
        self.said.append((path, output.clone(), exact() if exact else None))

    def detach(self) -> None:
        pass


class Estimator(nn.Module):
    def forward(self, x: Any, mask: Any, mu: Any, t: Any) -> Any:
        return torch.sin(3 * x + t[:, None, None])


class Decoder(nn.Module):
    inference_cfg_rate = RATE

    def __init__(self) -> None:
        super().__init__()
        self.estimator = Estimator()

    def solve_euler(self, x: Any, t_span: Any) -> Any:
        t, dt = t_span[0][None], t_span[1] - t_span[0]
        x_in = torch.zeros(2, *x.shape[1:], dtype=x.dtype)
        for step in range(1, len(t_span)):
            x_in[:] = x
            v = self.estimator(x_in, None, None, t.repeat(2))
            x = x + dt * ((1.0 + RATE) * v[:1] - RATE * v[1:])
            t = t + dt
            if step < len(t_span) - 1:
                dt = t_span[step + 1] - t
        return x


def solved(isolated: bool) -> tuple[Heard, Any, list[int]]:
    torch.manual_seed(0)
    heard, decoder = Heard(), Decoder()
    begun: list[int] = []
    t_span = 1 - torch.cos(torch.linspace(0, 1, 5) * 0.5 * torch.pi)
    with euler_tapped(heard, decoder, isolated, begun.append):
        result = decoder.solve_euler(torch.randn(1, 80, 7), t_span=t_span)
    return heard, result, begun


def test_euler_tapped_hears_x_after_each_step_and_the_number_of_steps() -> None:
    heard, result, begun = solved(isolated=False)
    assert [path for path, _, _ in heard.said] == [SOLVER_X] * 4
    assert heard.said[-1][1].equal(result)
    assert begun == [4]
    assert "solve_euler" not in vars(Decoder())


def test_euler_truth_is_within_float32_rounding_and_not_zero() -> None:
    heard, _, _ = solved(isolated=True)
    for _, x, exact in heard.said:
        difference = (exact - x.double()).abs().max()
        assert 0 < difference < 4 * 2**-24 * x.abs().max()


def test_method_tapped_hears_the_output_and_its_twin_in_float64() -> None:
    class Vocoder(nn.Module):
        def stft(self, x: Any) -> Any:
            return x / 3

    heard, vocoder = Heard(), Vocoder()
    with method_tapped(heard, vocoder, "stft", "v.stft", Vocoder()):
        vocoder.stft(torch.ones(2))
    path, output, exact = heard.said[0]
    assert (path, output.dtype, exact.dtype) == ("v.stft", torch.float32, torch.float64)
    assert "stft" not in vars(vocoder)
