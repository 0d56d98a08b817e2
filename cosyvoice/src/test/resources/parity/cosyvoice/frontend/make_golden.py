"""Makes golden/: short sounds, and what upstream's frontend computes from each with the models in samples/.

    python make_golden.py SAMPLES_MODEL_DIR OUT

Needs upstream CosyVoice and its pinned packages (torch and torchaudio 2.3.1, openai-whisper 20231117, librosa 0.10.2).
"""
import os
import sys
from functools import partial

import librosa
import numpy as np
import soundfile
import torch
import torchaudio
import torchaudio.compliance.kaldi as kaldi
import whisper
from cosyvoice.cli.frontend import CosyVoiceFrontEnd
from cosyvoice.utils.file_utils import load_wav
from matcha.utils.audio import mel_spectrogram
from safetensors.torch import save_file

RNG = np.random.default_rng(3)
SOUNDS = [  # name, rate, channels, samples, container, subtype
    ("pcm8_16000_mono.wav", 16000, 1, 1000, "WAV", "PCM_U8"),
    ("pcm16_22050_stereo.wav", 22050, 2, 1500, "WAV", "PCM_16"),
    ("pcm24_44100_six.wav", 44100, 6, 1400, "WAVEX", "PCM_24"),
    ("pcm32_48000_mono.wav", 48000, 1, 2201, "WAVEX", "PCM_32"),
    ("float32_24000_three.wav", 24000, 3, 1200, "WAV", "FLOAT"),
    ("float64_192000_mono.wav", 192000, 1, 5900, "WAVEX", "DOUBLE"),
    ("flac8_32000_stereo.flac", 32000, 2, 1700, "FLAC", "PCM_S8"),
    ("flac16_22050_mono.flac", 22050, 1, 1500, "FLAC", "PCM_16"),
    ("flac24_96000_stereo.flac", 96000, 2, 3600, "FLAC", "PCM_24"),
]


def voice(samples, rate, channels):
    """A gliding tone with twenty overtones and some noise, another one in each channel."""
    t = np.arange(samples) / rate
    out = np.zeros((samples, channels))
    for c in range(channels):
        phase = 2 * np.pi * np.cumsum(120 + 40 * c + 30 * np.sin(9 * t)) / rate
        out[:, c] = sum(np.sin(h * phase + c) / h for h in range(1, 21)) + 0.05 * RNG.standard_normal(samples)
    return 0.6 * out / np.abs(out).max()


def exact_fbank(path):
    """The fbank in float64 from the file on, with upstream's float32 kernel, window and filters: shows its own rounding."""
    speech, rate = torchaudio.load(path, backend="soundfile")
    speech = speech.mean(dim=0, keepdim=True).double()
    if rate != 16000:
        resample = torchaudio.transforms.Resample(rate, 16000)
        resample.kernel = resample.kernel.double()
        speech = resample(speech)
    frames = speech[0].unfold(0, 400, 160)
    frames = frames - frames.mean(1, keepdim=True)
    before = torch.cat((frames[:, :1], frames[:, :-1]), 1)
    window = torch.hann_window(400, periodic=False).pow(0.85).double()
    power = torch.fft.rfft((frames - torch.tensor(0.97).double() * before) * window, n=512).abs()[:, :256] ** 2
    banks = kaldi.get_mel_banks(80, 512, 16000.0, 20.0, 0.0, 100.0, -500.0, 1.0)[0].double()
    return (power @ banks.T).clamp(min=torch.finfo(torch.float).eps).log().float()


def sparse(name, dense):
    at = torch.nonzero(dense.flatten()).flatten()
    return {f"{name}.at": at.int(), f"{name}.value": dense.flatten()[at]}


def main():
    model, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    mel = partial(mel_spectrogram, n_fft=1920, num_mels=80, sampling_rate=24000, hop_size=480, win_size=1920, fmin=0, fmax=None,
                  center=False)
    front = CosyVoiceFrontEnd(lambda: None, mel, f"{model}/campplus.onnx", f"{model}/speech_tokenizer_v3.onnx")
    for name, rate, channels, samples, container, subtype in SOUNDS:
        path = f"{out}/{name}"
        soundfile.write(path, voice(samples, rate, channels), rate, format=container, subtype=subtype)
        s16, s24 = load_wav(path, 16000), load_wav(path, 24000)
        tensors = dict(
            speech_16k=s16, speech_24k=s24, whisper_mel=whisper.log_mel_spectrogram(s16, n_mels=128),
            fbank=kaldi.fbank(s16, num_mel_bins=80, dither=0, sample_frequency=16000), exact_fbank=exact_fbank(path),
            speech_feat=front._extract_speech_feat(path)[0], speech_tokens=front._extract_speech_token(path)[0],
            speaker_embedding=front._extract_spk_embedding(path))
        save_file({k: v.contiguous().clone() for k, v in tensors.items()}, f"{path}.safetensors")
    speech = torch.from_numpy(voice(500, 8000, 1)[:, 0]).float()[None]
    filters = np.load(os.path.join(os.path.dirname(whisper.__file__), "assets", "mel_filters.npz"))["mel_128"]
    save_file({
        **sparse("whisper_mel_filters", torch.from_numpy(filters)),
        **sparse("feat_mel_basis", torch.from_numpy(librosa.filters.mel(sr=24000, n_fft=1920, n_mels=80, fmin=0, fmax=None))),
        **sparse("kaldi_mel_banks", kaldi.get_mel_banks(80, 512, 16000.0, 20.0, 0.0, 100.0, -500.0, 1.0)[0]),
        "hann_400": torch.hann_window(400), "povey_400": torch.hann_window(400, periodic=False).pow(0.85),
        "other_speech": speech, "other_feat": mel_spectrogram(speech, 64, 8, 8000, 16, 48, 100, 3000).transpose(1, 2).contiguous(),
    }, f"{out}/constants.safetensors")


if __name__ == "__main__":
    main()
