"""What a person is told before anything is loaded."""

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("soundfile", reason="needs soundfile: make an environment with tools/setup_python.sh")

from parity_capture.errors import CaptureError
from parity_capture.upstream.request import Mode, check_recording, resampled_frames
from support import SYSTEM, asked, recording


@pytest.mark.parametrize("mode", [Mode.ZERO_SHOT, Mode.CROSS_LINGUAL, Mode.INSTRUCT2])
def test_check_whole_request_passes(tmp_path: Path, mode: Mode) -> None:
    asked(tmp_path, mode).check()


@pytest.mark.parametrize(
    ("mode", "texts", "whole", "added"),
    [
        (Mode.ZERO_SHOT, {"prompt_text": "Hello."}, {"prompt_text": f"{SYSTEM}Hello."}, f"--prompt-text: {SYSTEM}"),
        (Mode.CROSS_LINGUAL, {"prompt_text": SYSTEM}, {"tts_text": f"{SYSTEM}Hi."}, f"--tts-text: {SYSTEM}"),
        (
            Mode.INSTRUCT2,
            {"instruct_text": "Slowly."},
            {"instruct_text": "You are a helpful assistant. Slowly.<|endofprompt|>"},
            "--instruct-text: You are a helpful assistant. ...<|endofprompt|>",
        ),
    ],
)
def test_completed_text_without_end_of_prompt_gets_it_and_says_so(
    tmp_path: Path, mode: Mode, texts: dict[str, str], whole: dict[str, str], added: str
) -> None:
    given = asked(tmp_path, mode, tts_text="Hi.", **texts)
    assert given.completed() == (replace(given, **whole), added)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", Mode)
def test_completed_request_that_upstream_speaks_stays(tmp_path: Path, mode: Mode) -> None:
    whole = asked(tmp_path, mode)
    assert whole.completed() == (whole, "")


def test_completed_end_of_prompt_in_the_text_is_enough_for_zero_shot(tmp_path: Path) -> None:
    given = asked(tmp_path, prompt_text="Hello.", tts_text=SYSTEM + "Hi.")
    assert given.completed() == (given, "")


def test_completed_conversion_has_no_text(tmp_path: Path) -> None:
    given = asked(tmp_path, Mode.VC, source_wav=recording(tmp_path), prompt_text="", tts_text="")
    assert given.completed() == (given, "")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_check_empty_text_says_there_is_nothing_to_say(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaptureError, match="--tts-text is empty"):
        asked(tmp_path, tts_text=text).check()


def test_check_vc_needs_a_source_and_no_other_mode_takes_one(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="give it with --source-wav"):
        asked(tmp_path, Mode.VC).check()
    with pytest.raises(CaptureError, match="--source-wav is for --mode vc, not zero-shot"):
        asked(tmp_path, source_wav=recording(tmp_path)).check()
    asked(tmp_path, Mode.VC, source_wav=recording(tmp_path), tts_text="").check()


def test_check_recording_missing_or_no_audio_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"--prompt-wav .*none\.wav: no such file"):
        check_recording(tmp_path / "none.wav", "--prompt-wav")
    (tmp_path / "text.wav").write_text("not audio")
    with pytest.raises(CaptureError, match=r"text\.wav: cannot be read as audio"):
        check_recording(tmp_path / "text.wav", "--prompt-wav")
    with pytest.raises(CaptureError, match="holds no sample"):
        check_recording(recording(tmp_path, frames=0), "--prompt-wav")


def test_check_recording_rate_is_inclusive_at_16_khz(tmp_path: Path) -> None:
    check_recording(recording(tmp_path, rate=16_000), "--prompt-wav")
    with pytest.raises(CaptureError, match=r"sampled at 15999 Hz, and upstream takes 16000 Hz or more"):
        check_recording(recording(tmp_path, rate=15_999), "--prompt-wav")


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100])
def test_check_recording_length_is_inclusive_at_30_s(tmp_path: Path, rate: int) -> None:
    check_recording(recording(tmp_path, rate, 30 * rate), "--source-wav")
    with pytest.raises(CaptureError, match=r"--source-wav .*: lasts 30.00 s, and upstream takes at most 30 s"):
        check_recording(recording(tmp_path, rate, 30 * rate + 1), "--source-wav")


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("frames", [1, 2, 1000, 44_101])
def test_resampled_frames_are_as_many_as_torchaudio_makes(rate: int, frames: int) -> None:
    torch = pytest.importorskip("torch", reason="needs torch: make an environment with tools/setup_python.sh")
    from torchaudio.transforms import Resample

    assert resampled_frames(frames, rate) == Resample(rate, 16_000)(torch.zeros(1, frames)).shape[1]
