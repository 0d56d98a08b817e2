"""How options become a request."""

import argparse
from pathlib import Path

import pytest

pytest.importorskip("soundfile", reason="needs soundfile: make an environment with tools/setup_python.sh")

from parity_capture.commands import capture, options
from parity_capture.errors import CaptureError
from support import recording


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--seed", "0", "--seeds", "1-2"], "--seed and --seeds both say what to do; leave one of them out"),
        (["--tts-text", "a", "--texts", "b"], "--tts-text and --texts both say what to do"),
        (["--mode", "vc", "--seeds", "1"], "--seeds: --mode vc does not use it"),
        (["--mode", "vc", "--texts", "b"], "--texts: --mode vc does not use it"),
    ],
)
def test_options_that_exclude_each_other_are_named(tmp_path: Path, arguments: list[str], complaint: str) -> None:
    given: argparse.Namespace = capture.parser().parsed(
        ["--prompt-wav", str(recording(tmp_path)), "--out", str(tmp_path), *arguments]
    )
    with pytest.raises(CaptureError, match=complaint):
        options.request(given)
