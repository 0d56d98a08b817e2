"""Faults of the frontend: upstream's own functions, replaced for the rest of the process."""

import functools
import math
from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812

from parity_capture.faulty.patch import overridden


def resampling(front: Any) -> None:
    """frontend-resampling."""
    from cosyvoice.cli import frontend
    from cosyvoice.utils import file_utils

    def load_wav(wav: str, target_sr: int, min_sr: int = 16000) -> torch.Tensor:
        import torchaudio

        speech, rate = torchaudio.load(wav, backend="soundfile")
        speech = speech.mean(dim=0, keepdim=True)
        if rate == target_sr:
            raise ValueError(f"{wav}: is sampled at {rate} Hz, nothing is resampled; give a recording of another rate")
        size = -(-speech.shape[1] * target_sr // rate)
        return F.interpolate(speech[None], size, mode="linear")[0]

    frontend.load_wav = file_utils.load_wav = load_wav


def whisper_ln(front: Any) -> None:
    """frontend-whisper-ln; what whisper returns is (log10 + 4) / 4."""
    import whisper

    original = whisper.log_mel_spectrogram

    def log_mel_spectrogram(audio: torch.Tensor, n_mels: int) -> torch.Tensor:
        log10 = original(audio, n_mels=n_mels) * 4 - 4
        mel: torch.Tensor = (log10 * math.log(10) + 4) / 4
        return mel

    whisper.log_mel_spectrogram = log_mel_spectrogram


def fbank_window(front: Any) -> None:
    """frontend-fbank-window."""
    from torchaudio.compliance import kaldi

    kaldi.fbank = functools.partial(kaldi.fbank, window_type="hamming")


def fbank_mean(front: Any) -> None:
    """frontend-fbank-mean."""
    from cosyvoice.utils.file_utils import load_wav
    from torchaudio.compliance import kaldi

    def _extract_spk_embedding(self: Any, prompt_wav: str) -> torch.Tensor:
        feat = kaldi.fbank(load_wav(prompt_wav, 16000), num_mel_bins=80, dither=0, sample_frequency=16000)
        session = self.campplus_session
        return torch.from_numpy(session.run(None, {session.get_inputs()[0].name: feat[None].numpy()})[0])

    overridden(front, _extract_spk_embedding=_extract_spk_embedding)


def mel_fmax(front: Any) -> None:
    """frontend-mel-fmax."""
    front.feat_extractor = functools.partial(front.feat_extractor, fmax=8000)


FAULTS: dict[str, Callable[[Any], None]] = {
    "frontend-resampling": resampling,
    "frontend-whisper-ln": whisper_ln,
    "frontend-fbank-window": fbank_window,
    "frontend-fbank-mean": fbank_mean,
    "frontend-mel-fmax": mel_fmax,
}
