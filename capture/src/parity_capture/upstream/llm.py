"""The language model: drawn once with the seed, run again with the same tokens under hooks, once more in float64."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn

from parity_capture.errors import NothingSaidError
from parity_capture.tap.keep import KeepLlm, Level
from parity_capture.tap.listener import modules
from parity_capture.tap.progress import Progress
from parity_capture.tap.sampling import Sampling, forced, recorded
from parity_capture.tap.taps import Taps
from parity_capture.upstream.utterance import Utterance

PART = "llm"


def draw(llm: nn.Module, utterance: Utterance, seed: int) -> tuple[list[int], Sampling]:
    """The speech tokens that upstream yields after `torch.manual_seed(seed)`, and how it came to them."""
    sampling = Sampling()
    torch.manual_seed(seed)
    with recorded(llm, sampling):
        tokens = list(_run(llm, utterance))
    if not tokens:
        raise NothingSaidError(
            f"--seed {seed}: the language model stopped before its first speech token, nothing follows from that; "
            "give another seed or text"
        )
    return tokens, sampling


def tap(
    llm: nn.Module, utterance: Utterance, sampling: Sampling, level: Level, truth: bool, folder: Path, shown: bool
) -> Taps:
    """The taps of the run that drew `sampling`."""
    steps = len(sampling.token)
    once = sum(1 for _ in modules(llm, PART))
    with Progress("LLM", once * steps, shown) as progress:
        taps = Taps(llm, PART, KeepLlm(level, steps), folder, progress, truth, inputs=True)
        logp: list[torch.Tensor] = []
        run_forced(llm, utterance, sampling.token, logp)
        taps.detach()
        if not all(map(torch.equal, logp, sampling.logp)):
            raise RuntimeError("two runs of the language model on the same tokens differ; torch is not repeatable here")
        if truth:
            progress.expect(once * steps)
            progress.stage("LLM in float64")
            taps.run_wide(lambda wide, _: run_forced(wide, utterance, sampling.token))
    return taps


def run_forced(llm: nn.Module, utterance: Utterance, tokens: list[int], logp: list[torch.Tensor] | None = None) -> None:
    """Run with `tokens` chosen at each step whatever it computes; `logp` gets what it computed."""
    with forced(llm, tokens, logp):
        list(_run(llm, utterance))


def _run(llm: nn.Module, utterance: Utterance) -> Any:
    inference: Callable[..., Any] = llm.inference
    return inference(**utterance.llm_inputs(), uuid=PART)
