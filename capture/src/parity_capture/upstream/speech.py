"""Speech tokens to waveform: upstream's own model.tts() with its chunk schedule, watched, and once more in float64."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from parity_capture.tap.double import to_double
from parity_capture.tap.functions import euler_tapped, method_tapped
from parity_capture.tap.keep import KeepSpeech, Level
from parity_capture.tap.listener import Listener, modules
from parity_capture.tap.progress import Progress
from parity_capture.tap.replaced import method_replaced
from parity_capture.tap.taps import Taps
from parity_capture.upstream.chunk import Chunk
from parity_capture.upstream.utterance import Utterance

ESTIMATOR = "flow.decoder.estimator"


@dataclass(frozen=True)
class Speech:
    """All chunks of an utterance; `token` is what the silent filter left of the language model's tokens."""

    chunks: list[Chunk]
    flow_taps: Taps
    hift_taps: Taps
    exact: list[dict[str, torch.Tensor]]


class Speaker:
    """Runs model.tts() on given speech tokens and watches."""

    def __init__(self, model: Any, level: Level, truth: bool, folder: Path, shown: bool) -> None:
        """`model` is upstream's CosyVoice3Model."""
        self.model, self.level, self.truth, self.folder, self.shown = model, level, truth, folder, shown
        self.keep = KeepSpeech(level)
        self.chunks: list[Chunk] = []

    def speak(self, utterance: Utterance, tokens: list[int] | None, streaming: bool) -> Speech:
        """Speak `tokens`, or the source's where there are none, as upstream does."""
        flow, hift = self.model.flow, self.model.hift
        inside = sum(1 for path, _, _ in modules(flow, "flow") if path.startswith(ESTIMATOR))
        outside = sum(1 for _ in modules(flow, "flow")) - inside
        vocoder = sum(1 for _ in modules(hift, "hift"))
        with Progress("Flow", 0, self.shown) as progress, ExitStack() as undo:
            flow_taps = Taps(flow, "flow", self.keep, self.folder, progress, self.truth, inputs=True)
            undo.callback(flow_taps.detach)
            hift_taps = Taps(hift, "hift", self.keep, self.folder, progress, self.truth, inputs=True)
            undo.callback(hift_taps.detach)

            def begins(steps: int) -> None:
                self.keep.euler_steps = self.chunks[-1].n_timesteps = steps
                progress.expect(outside + (inside + 1) * steps + vocoder)

            undo.enter_context(euler_tapped(flow_taps, flow.decoder, self.truth, begins))
            undo.enter_context(stft_tapped(hift_taps, hift, hift_taps.wide))
            self._watch(undo, progress, tokens)
            list(self.model.tts(**utterance.inputs, stream=streaming))
            flow_taps.detach()
            hift_taps.detach()
            undo.close()
            exact: list[dict[str, torch.Tensor]] = []
            if self.truth:
                progress.expect(sum(outside + (inside + 1) * c.n_timesteps + vocoder for c in self.chunks))
                progress.stage("Flow in float64")
                mels = flow_taps.run_wide(self._solve_exactly)
                progress.stage("HiFT in float64")
                sounds = hift_taps.run_wide(lambda wide, listener: self._decode_exactly(wide, listener, mels))
                exact = [{**mel, **sound} for mel, sound in zip(mels, sounds, strict=True)]
        return Speech(self.chunks, flow_taps, hift_taps, exact)

    def _watch(self, undo: ExitStack, progress: Progress, tokens: list[int] | None) -> None:
        model = self.model
        # Every utterance starts as the first one does: upstream lets the hop grow on for the next request.
        model.token_hop_len = type(model)(model.llm, model.flow, model.hift).token_hop_len
        if tokens is not None:
            undo.enter_context(method_replaced(model.llm, "inference", lambda _: lambda **__: iter(tokens)))
        undo.enter_context(method_replaced(model, "token2wav", self._token2wav))
        undo.enter_context(method_replaced(model.flow, "inference", self._flow(progress)))
        undo.enter_context(method_replaced(model.hift, "inference", self._hift(progress)))
        undo.enter_context(_masks_seen(lambda mask: setattr(self.chunks[-1], "attn_mask", mask)))

    def _token2wav(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def token2wav(**kwargs: Any) -> Any:
            cache = self.model.hift_cache_dict[kwargs["uuid"]]
            self.chunks.append(
                Chunk(
                    token_offset=kwargs["token_offset"],
                    token_hop_len=self.model.token_hop_len,
                    streaming=kwargs.get("stream", False),
                    finalize=kwargs["finalize"],
                    speech_offset=cache["speech_offset"] if cache else 0,
                )
            )
            self.keep.final = kwargs["finalize"]
            return original(**kwargs)

        return token2wav

    def _flow(self, progress: Progress) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def make(original: Callable[..., Any]) -> Callable[..., Any]:
            def inference(**kwargs: Any) -> Any:
                progress.stage(self._called("Flow"))
                self.chunks[-1].flow = kwargs
                result = original(**kwargs)
                self.chunks[-1].mel = result[0].clone()
                return result

            return inference

        return make

    def _hift(self, progress: Progress) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def make(original: Callable[..., Any]) -> Callable[..., Any]:
            def inference(speech_feat: torch.Tensor, finalize: bool) -> Any:
                progress.stage(self._called("HiFT"))
                audio, source = original(speech_feat=speech_feat, finalize=finalize)
                chunk = self.chunks[-1]
                chunk.speech_feat, chunk.audio, chunk.source = speech_feat.clone(), audio.clone(), source.clone()
                return audio, source

            return inference

        return make

    def _called(self, part: str) -> str:
        return f"{part}, chunk {len(self.chunks)}" if self.chunks[-1].streaming or len(self.chunks) > 1 else part

    def _solve_exactly(self, wide: nn.Module, listener: Listener) -> list[dict[str, torch.Tensor]]:
        with euler_tapped(listener, wide.decoder, isolated=False):
            return [{"python_flow_output": wide.inference(**to_double(chunk.flow))[0]} for chunk in self.chunks]

    def _decode_exactly(
        self, wide: nn.Module, listener: Listener, mels: list[dict[str, torch.Tensor]]
    ) -> list[dict[str, torch.Tensor]]:
        exact = []
        with stft_tapped(listener, wide, None):
            for chunk in self.chunks:
                audio, source = wide.inference(speech_feat=chunk.speech_feat.double(), finalize=chunk.finalize)
                exact.append({"python_audio_output": audio, "python_hift_source": source})
        listener.detach()
        for chunk, of, whole in zip(self.chunks, exact, self._speak_exactly(wide, mels), strict=True):
            of["python_audio_output.end_to_end"] = whole
            mel, source = chunk.speech_feat.double(), chunk.source.double()
            of["python_audio_output.from_source"] = decode(wide, mel, source, chunk.finalize)
        return exact

    def _speak_exactly(self, hift: nn.Module, mels: list[dict[str, torch.Tensor]]) -> list[torch.Tensor]:
        """What is heard of the exact mels: what rounding in Flow does to the waveform by way of F0 is in it, too."""
        ratio = self.model.flow.token_mel_ratio
        heard: list[torch.Tensor] = []
        mel = torch.zeros(0)
        for chunk, exact in zip(self.chunks, mels, strict=True):
            new = chunk.new_mel(exact["python_flow_output"], ratio)
            mel = new if not heard else torch.cat([mel, new], dim=2)
            heard.append(hift.inference(speech_feat=mel, finalize=chunk.finalize)[0])
        return heard


def decode(hift: nn.Module, mel: torch.Tensor, source: torch.Tensor, finalize: bool) -> torch.Tensor:
    """HiFT's decoder alone, as generator.py's inference calls it."""
    if not finalize:
        mel = mel[:, :, : -hift.f0_predictor.condnet[0].causal_padding]
    audio: torch.Tensor = hift.decode(x=mel, s=source, finalize=finalize)
    return audio


@contextmanager
def stft_tapped(listener: Listener, hift: nn.Module, twin: nn.Module | None) -> Iterator[None]:
    """Tap the vocoder's STFT and its inverse. `twin` is `hift` in float64."""
    with (
        method_tapped(listener, hift, "_stft", "hift._stft", twin),
        method_tapped(listener, hift, "_istft", "hift._istft", twin),
    ):
        yield


@contextmanager
def _masks_seen(see: Callable[[torch.Tensor], None]) -> Iterator[None]:
    """Show the attention mask of each estimator call as bool [T, T], row = query (flow/DiT/dit.py:163-169)."""
    from cosyvoice.flow.DiT import dit

    original = dit.add_optional_chunk_mask

    def add(xs: torch.Tensor, *args: Any) -> torch.Tensor:
        mask: torch.Tensor = original(xs, *args)
        see(mask[0].bool().expand(xs.shape[1], -1).clone())
        return mask

    dit.add_optional_chunk_mask = add
    try:
        yield
    finally:
        dit.add_optional_chunk_mask = original
