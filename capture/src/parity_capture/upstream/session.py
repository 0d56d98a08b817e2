"""One capture from beginning to end: load upstream, frontend, language model, speech, files."""

import contextlib
import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO

import scipy.io.wavfile
import torch

from parity_capture import interrupts
from parity_capture.errors import CaptureError
from parity_capture.faulty.put_in import put_in
from parity_capture.tap.keep import Level
from parity_capture.tap.sampling import Sampling
from parity_capture.tap.taps import Untrue
from parity_capture.upstream import frontend, llm, utterance
from parity_capture.upstream.environment import Upstream
from parity_capture.upstream.outputs import buffers, chunk_tensors, chunk_truths, output_tensors, output_truths
from parity_capture.upstream.quiet import quiet
from parity_capture.upstream.request import Request
from parity_capture.upstream.speech import Speaker, Speech
from parity_capture.visible import visible
from parity_capture.write.files import CaptureFiles
from parity_capture.write.folder import CaptureFolder
from parity_capture.write.provenance import of_machine, of_model, of_recordings


class Session:
    """Upstream with one model loaded; captures what requests for that model ask for."""

    def __init__(self, request: Request, upstream: Upstream, log: TextIO) -> None:
        """Load the model as upstream does, with the request's threads and fault. `log` gets a line a step."""
        self._log = log
        self.request = request
        torch.set_num_threads(request.threads)
        self._say(f"==> Loading {request.model_dir}")
        with ThreadPoolExecutor(1) as beside, quiet():
            hashes = beside.submit(of_model, request.model_dir)
            from cosyvoice.cli.cosyvoice import CosyVoice3

            self.tts: Any = CosyVoice3(str(request.model_dir))
            if request.fault:
                put_in(request.fault, self.tts)
        interrupts.check()
        self._made_by = {**upstream.metadata(), **of_machine(request.threads), **hashes.result()}

    def run(self, request: Request) -> list[Path]:
        """Capture every segment that was asked for; returns the folders."""
        self.request, front = request, self.tts.frontend
        made_by = {
            **self._made_by,
            **request.metadata(front.text_frontend),
            **of_recordings(request.prompt_wav, request.source_wav),
        }
        texts = utterance.normalize(front, request) if request.mode.speaks_text else None
        indices = utterance.chosen(texts, request) if texts else [0]
        folders = []
        for index in indices:
            out = request.out if request.segment is not None else request.out / f"segment_{index}"
            said = texts.metadata(index) if texts else {"segment_index": "0"}
            with _disk_full_is_said(out), CaptureFolder(out) as folder, quiet():
                files = CaptureFiles(folder, {**made_by, **said})
                if request.frontend:
                    self._say("==> Generating Python frontend artifacts")
                    self._frontend(files)
                if request.full:
                    self._say("==> Generating Python full artifacts (LLM -> Flow -> HiFT)")
                    if texts and len(texts.segments) > 1:
                        self._say(f"    segment {index} of {len(texts.segments)}: {texts.segments[index]}")
                    self._full(files, utterance.prepare(front, request, texts, index, self.tts.sample_rate))
                files.publish()
            folders.append(out)
        return folders

    def _say(self, line: str) -> None:
        print(visible(line), file=self._log, flush=True)

    def _frontend(self, files: CaptureFiles) -> None:
        tensors = frontend.artifacts(self.tts.frontend, self.request.prompt_wav)
        if self.request.source_wav is not None:
            tensors |= frontend.source_artifacts(self.tts.frontend, self.request.source_wav)
        files.put("frontend_artifacts", tensors)

    def _full(self, files: CaptureFiles, said: utterance.Utterance) -> None:
        request, model = self.request, self.tts.model
        tokens: list[int] | None = None
        sampling: Sampling | None = None
        untrue: list[Untrue] = []
        if request.mode.speaks_text:
            tokens, sampling = llm.draw(model.llm, said, request.seed)
            self._say(f"    {len(tokens)} speech tokens")
            files.put("sampling", sampling.tensors())
            if request.level is not Level.NONE:
                taps = llm.tap(model.llm, said, sampling, request.level, request.truth, files.scratch, request.progress)
                untrue += taps.untrue
                files.put_spooled(taps.files())
        speech = Speaker(model, request.level, request.truth, files.scratch, request.progress).speak(
            said, tokens, request.streaming
        )
        untrue += speech.flow_taps.untrue + speech.hift_taps.untrue
        self._speech(files, said, tokens, sampling, speech)
        for tap in untrue:
            self._say(f"    no truth: {tap.name}: {tap.reason}")

    def _speech(
        self,
        files: CaptureFiles,
        said: utterance.Utterance,
        tokens: list[int] | None,
        sampling: Sampling | None,
        speech: Speech,
    ) -> None:
        hift, last = self.tts.model.hift, speech.chunks[-1]
        files.metadata |= {
            "n_timesteps": str(last.n_timesteps),
            "voiced_threshold": str(hift.m_source.l_sin_gen.voiced_threshold),
            "f0_precision": str(hift.f0_predictor.classifier.weight.dtype).removeprefix("torch."),
        }
        if self.request.streaming:
            files.metadata["chunks"] = str(len(speech.chunks))
            files.put("chunks", chunk_tensors(speech))
            files.put("truth_chunks", chunk_truths(speech))
        tensors = {**said.tensors(), **output_tensors(speech), **buffers(self.tts.model, last.source.shape[2])}
        if tokens is not None and sampling is not None:
            tensors["speech_tokens"] = torch.tensor([tokens], dtype=torch.int32)
            tensors["llm_logp"] = torch.stack(sampling.logp)
        files.put("truth_outputs", output_truths(speech, self.tts.model.flow.token_mel_ratio))
        files.put("debug_artifacts", tensors)
        scipy.io.wavfile.write(
            files.path("debug_artifacts.wav"), self.tts.sample_rate, tensors["python_audio_output"][0].numpy()
        )
        if self.request.level is not Level.NONE:
            files.put_spooled(speech.flow_taps.files())
            files.put_spooled(speech.hift_taps.files())
        else:
            speech.flow_taps.close()
            speech.hift_taps.close()


@contextlib.contextmanager
def _disk_full_is_said(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise CaptureError(
                f"{out}: the disk is full; nothing was written. Make room, give --out another disk, or capture less "
                "(--taps boundary or none)"
            ) from e
        raise
