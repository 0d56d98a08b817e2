"""Upstream once more on the inputs of a capture, in a legal variant: what another port of it would have to show."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import torch

from parity_capture.legal.captured import Captured, KeepCaptured
from parity_capture.legal.functions import SETS, Replaced
from parity_capture.legal.variants import THREADS, Variant
from parity_capture.tap.functions import euler_tapped
from parity_capture.tap.progress import Progress
from parity_capture.tap.taps import Taps
from parity_capture.upstream import llm
from parity_capture.upstream.chunk import Chunk
from parity_capture.upstream.speech import decode, stft_tapped
from parity_capture.write.files import CaptureFiles
from parity_capture.write.folder import CaptureFolder

OUTPUTS = "outputs"
MEL, SOURCE, AUDIO = "python_flow_output", "python_hift_source", "python_audio_output"
FROM_SOURCE = f"{AUDIO}.from_source"


@contextmanager
def in_variant(variant: Variant) -> Iterator[None]:
    """Torch computes as `variant` says; its environment must be that of the process already."""
    threads = torch.get_num_threads()
    torch.set_num_threads(THREADS)
    try:
        with (
            torch.backends.mkldnn.flags(enabled=variant.onednn),
            torch.inference_mode(),
            Replaced(SETS[variant.replaced]),
        ):
            yield
    finally:
        torch.set_num_threads(threads)


class Rerun:
    """The stages of one capture, each from Python's own inputs; taps and outputs have the capture's names."""

    def __init__(self, model: Any, captured: Captured, shown: bool) -> None:
        """`model` is upstream's CosyVoice3Model."""
        self.model, self.captured, self.shown = model, captured, shown

    def write(self, out: Path, variant: Variant) -> None:
        """Run in `variant`; `out` gets taps_llm, taps_flow, taps_hift and outputs, as far as the capture has them."""
        metadata = {**self.captured.metadata, "threads": str(THREADS), "truth": "none"}
        metadata |= {"variant": variant.name, "variant_says": variant.says}
        metadata["cpu_capability"] = torch.backends.cpu.get_cpu_capability()
        with CaptureFolder(out) as folder:
            files = CaptureFiles(folder, metadata)
            outputs: dict[str, torch.Tensor] = {}
            with in_variant(variant), Progress("LLM", 0, self.shown) as progress:
                drawn = self.captured.drawn()
                if drawn is not None:
                    outputs |= self._llm(files, drawn, progress)
                outputs |= self._speech(files, progress)
            files.put(OUTPUTS, outputs)
            files.publish()

    def _taps(self, files: CaptureFiles, part: str, progress: Progress) -> Taps:
        progress.stage(part)
        keep = KeepCaptured(self.captured.names(f"taps_{part}"))
        return Taps(getattr(self.model, part), part, keep, files.scratch, progress, truth=False)

    def _llm(self, files: CaptureFiles, drawn: list[int], progress: Progress) -> dict[str, torch.Tensor]:
        logp: list[torch.Tensor] = []
        taps = self._taps(files, llm.PART, progress)
        llm.run_forced(self.model.llm, self.captured.utterance(), drawn, logp)
        files.put_spooled(taps.files())
        return {"llm_logp": torch.stack(logp)}

    def _speech(self, files: CaptureFiles, progress: Progress) -> dict[str, torch.Tensor]:
        flow, hift, chunks = self.model.flow, self.model.hift, self.captured.chunks()
        made: dict[str, list[torch.Tensor]] = {name: [] for name in (MEL, SOURCE, AUDIO, FROM_SOURCE)}
        with ExitStack() as undo:
            taps = self._taps(files, "flow", progress)
            undo.callback(taps.detach)
            undo.enter_context(euler_tapped(taps, flow.decoder, isolated=False))
            made[MEL] = [flow.inference(**chunk.flow)[0] for chunk in chunks]
        files.put_spooled(taps.files())
        with ExitStack() as undo:
            taps = self._taps(files, "hift", progress)
            undo.callback(taps.detach)
            undo.enter_context(stft_tapped(taps, hift, None))
            for chunk in chunks:
                audio, source = hift.inference(speech_feat=chunk.speech_feat, finalize=chunk.finalize)
                made[AUDIO].append(audio)
                made[SOURCE].append(source)
        files.put_spooled(taps.files())
        progress.stage("hift from Python's source")
        made[FROM_SOURCE] = [decode(hift, c.speech_feat, c.source, c.finalize) for c in chunks]
        return self._joined(chunks, made)

    def _joined(self, chunks: list[Chunk], made: dict[str, list[torch.Tensor]]) -> dict[str, torch.Tensor]:
        """The outputs as in a capture: of the whole utterance, and of each chunk of a streaming run."""
        ratio = self.model.flow.token_mel_ratio
        outputs = {
            MEL: torch.cat([c.new_mel(mel, ratio) for c, mel in zip(chunks, made[MEL], strict=True)], dim=2),
            SOURCE: made[SOURCE][-1],
        }
        for name in (AUDIO, FROM_SOURCE):
            outputs[name] = torch.cat([c.new_audio(a) for c, a in zip(chunks, made[name], strict=True)], dim=1)
        if self.captured.metadata["streaming"] == "true":
            outputs |= {f"{name}#{i}": tensor for name, all_ in made.items() for i, tensor in enumerate(all_)}
        return outputs
