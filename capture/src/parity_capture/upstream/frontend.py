"""What upstream's frontend reads from a recording (cli/frontend.py:95-123)."""

from pathlib import Path
from typing import Any

import torch


def artifacts(front: Any, wav: Path) -> dict[str, torch.Tensor]:
    """Audio at both rates, features, speech tokens and speaker of the prompt."""
    from cosyvoice.utils.file_utils import load_wav
    from torchaudio.compliance import kaldi

    path = str(wav)
    speech_16k = load_wav(path, 16000)
    return {
        **_tokens(front, path),
        "speaker_embedding": front._extract_spk_embedding(path),
        "speech_feat": front._extract_speech_feat(path)[0],
        "speech_24k": load_wav(path, 24000),
        "fbank": kaldi.fbank(speech_16k, num_mel_bins=80, dither=0, sample_frequency=16000),
    }


def source_artifacts(front: Any, wav: Path) -> dict[str, torch.Tensor]:
    """Of the recording that is converted: only what leads to its speech tokens."""
    return {f"source_{name}": tensor for name, tensor in _tokens(front, str(wav)).items()}


def _tokens(front: Any, path: str) -> dict[str, torch.Tensor]:
    import whisper
    from cosyvoice.utils.file_utils import load_wav

    speech_16k = load_wav(path, 16000)
    return {
        "speech_tokens": front._extract_speech_token(path)[0],
        "whisper_mel": whisper.log_mel_spectrogram(speech_16k, n_mels=128),
        "speech_16k": speech_16k,
    }
