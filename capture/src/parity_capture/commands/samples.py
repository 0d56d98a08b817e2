"""The sample: a tiny model, and what `parity capture` writes of it and of the recording that is there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from parity_capture.errors import CaptureError
from parity_capture.model_maker.replacement import refuse_what_was_not_made, replacement

RECORDING = "prompt.wav"
SIZE, SEED = "tiny", 13
# With this seed the model soon draws its stop token, after nuclei that top_p cuts and others that top_k cuts.
# One thread: how many there are decides the last bits, and every machine has one.
CAPTURE = ["--mode", "zero-shot", "--seed", "869", "--taps", "boundary", "--threads", "1"]
ROOM = 64 << 20
VOICED_ABOVE, CLAMP = 10.0, 0.99


def make_samples(out: Path, make_model: Callable[[Path], object], capture: Callable[[list[str]], object]) -> None:
    """Make `model/` and `capture/` in `out` anew, both or neither."""
    recording = out / RECORDING
    if not recording.is_file():
        raise CaptureError(f"{recording}: no such file; the sample is made of this recording, put it there")
    refuse_what_was_not_made(out / "model")
    with replacement(out / "model", ROOM) as model, replacement(out / "capture", ROOM) as captured:
        made = model / "made"
        make_model(made)
        places = ["--model-dir", str(made), "--prompt-wav", str(recording), "--out", str(captured)]
        capture([*places, *CAPTURE])
        for path in made.iterdir():
            path.rename(model / path.name)
        made.rmdir()


@dataclass(frozen=True)
class Figures:
    """What a sample should be: short, voiced and unvoiced, neither silent nor loud, small."""

    tokens: int
    voiced: float
    clamped: float
    rms: float
    mel_deviation: float
    bytes_on_disk: int

    @classmethod
    def of(cls, out: Path) -> "Figures":
        """Read them from the files."""
        debug = load_file(out / "capture" / "debug_artifacts.safetensors")
        f0 = load_file(out / "capture" / "taps_hift.safetensors")["hift.f0_predictor"]
        audio = debug["python_audio_output"]
        return cls(
            tokens=debug["speech_tokens"].size,
            voiced=float(np.mean(f0 > VOICED_ABOVE)),
            clamped=float(np.mean(np.abs(audio) >= np.float32(CLAMP))),
            rms=float(np.sqrt(np.mean(np.square(audio, dtype=np.float64)))),
            mel_deviation=float(np.std(debug["python_flow_output"], dtype=np.float64)),
            bytes_on_disk=sum(path.stat().st_size for path in out.rglob("*") if path.is_file()),
        )

    def __str__(self) -> str:
        """In a line."""
        return (
            f"{self.tokens} speech tokens, {self.voiced:.0%} of the frames voiced, {self.clamped:.2%} of the samples "
            f"at the clamp, rms {self.rms:.3f}, mel deviation {self.mel_deviation:.2f}, "
            f"{self.bytes_on_disk / 1e6:.1f} MB"
        )
