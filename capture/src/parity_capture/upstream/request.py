"""What a person asked to be captured, checked as far as it can be before the model is loaded."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from parity_capture.errors import CaptureError
from parity_capture.tap.keep import Level
from parity_capture.upstream.system_prompt import END_OF_PROMPT, before, instructing

LONGEST_SECONDS = 30
LOWEST_RATE = 16_000


class Mode(Enum):
    """How upstream is asked to speak."""

    ZERO_SHOT = "zero-shot"
    CROSS_LINGUAL = "cross-lingual"
    INSTRUCT2 = "instruct2"
    VC = "vc"

    @property
    def speaks_text(self) -> bool:
        """Whether a language model makes the speech tokens; voice conversion takes them from a recording."""
        return self is not Mode.VC


@dataclass(frozen=True)
class Request:
    """One run of the capture command. `segment` is None where every segment is wanted, `fault` empty without one."""

    model_dir: Path
    prompt_wav: Path
    out: Path
    mode: Mode = Mode.ZERO_SHOT
    prompt_text: str = ""
    instruct_text: str = ""
    tts_text: str = ""
    source_wav: Path | None = None
    streaming: bool = False
    segment: int | None = 0
    seed: int = 0
    level: Level = Level.BOUNDARY
    truth: bool = True
    threads: int = 1
    frontend: bool = True
    full: bool = True
    progress: bool = False
    fault: str = ""

    def check(self) -> None:
        """Raise what is wrong with recordings and texts."""
        check_recording(self.prompt_wav, "--prompt-wav")
        if self.source_wav is not None:
            check_recording(self.source_wav, "--source-wav")
        if self.mode is Mode.VC and self.source_wav is None:
            raise CaptureError("--mode vc converts a recording; give it with --source-wav")
        if self.mode is not Mode.VC and self.source_wav is not None:
            raise CaptureError(f"--source-wav is for --mode vc, not {self.mode.value}; leave it out")
        if self.mode.speaks_text and not self.tts_text.strip():
            raise CaptureError("--tts-text is empty, there is nothing to say; give a text")

    def completed(self) -> tuple["Request", str]:
        """With the system prompt, without which upstream stops (llm/llm.py:479), and what was added to which option.

        The prompt is added where none of the texts that the language model reads has its end.
        """
        read = {Mode.ZERO_SHOT: self.prompt_text, Mode.INSTRUCT2: self.instruct_text}.get(self.mode, "")
        if not self.mode.speaks_text or END_OF_PROMPT in read + self.tts_text:
            return self, ""
        match self.mode:
            case Mode.ZERO_SHOT:
                whole = before(self.prompt_text)
                return replace(self, prompt_text=whole.text), f"--prompt-text: {whole.added}"
            case Mode.INSTRUCT2:
                whole = instructing(self.instruct_text)
                return replace(self, instruct_text=whole.text), f"--instruct-text: {whole.added}"
            case _:
                whole = before(self.tts_text)
                return replace(self, tts_text=whole.text), f"--tts-text: {whole.added}"

    def metadata(self, text_frontend: str) -> dict[str, str]:
        """What the capture says of what was asked for; `text_frontend` is the normaliser that upstream found."""
        said = {
            "mode": self.mode.value,
            "streaming": str(self.streaming).lower(),
            "taps": self.level.value,
            "truth": "all" if self.truth else "none",
        }
        if self.mode.speaks_text:
            said |= {"seed": str(self.seed), "tts_text": self.tts_text, "text_frontend": text_frontend}
        if self.mode is Mode.ZERO_SHOT:
            said["prompt_text"] = self.prompt_text
        if self.mode is Mode.INSTRUCT2:
            said["instruct_text"] = self.instruct_text
        if self.fault:
            said["fault"] = self.fault
        return said


def check_recording(path: Path, option: str) -> None:
    """Raise what upstream would not take: over 30 s (cli/frontend.py:97), under 16 kHz (utils/file_utils.py:47)."""
    import soundfile  # --help works without it, and its absence is told by name

    if not path.is_file():
        raise CaptureError(f"{option} {path}: no such file; give a recording of at most {LONGEST_SECONDS} s")
    try:
        info = soundfile.info(path)
    except soundfile.LibsndfileError as e:
        reason = str(e).splitlines()[0]
        raise CaptureError(f"{option} {path}: cannot be read as audio ({reason}); give a WAV or FLAC file") from e
    if info.samplerate < LOWEST_RATE:
        raise CaptureError(
            f"{option} {path}: sampled at {info.samplerate} Hz, and upstream takes {LOWEST_RATE} Hz or more; "
            "give a recording of a higher rate"
        )
    if info.frames == 0:
        raise CaptureError(f"{option} {path}: holds no sample; give a recording of some seconds")
    if resampled_frames(info.frames, info.samplerate) > LONGEST_SECONDS * LOWEST_RATE:
        raise CaptureError(
            f"{option} {path}: lasts {info.frames / info.samplerate:.2f} s, and upstream takes at most "
            f"{LONGEST_SECONDS} s; cut it"
        )


def resampled_frames(frames: int, rate: int) -> int:
    """Samples at 16 kHz, as torchaudio's resampler rounds them: up."""
    return -(-frames * LOWEST_RATE // rate)
