"""The options that say what is captured, and the request that they make."""

import argparse
import os
import sys
from pathlib import Path

from parity_capture.commands import many
from parity_capture.commands.arguments import Parser, natural
from parity_capture.errors import CaptureError
from parity_capture.tap.keep import Level
from parity_capture.upstream import environment
from parity_capture.upstream.request import Mode, Request
from parity_capture.upstream.system_prompt import END_OF_PROMPT, SYSTEM

TTS_TEXT = "Hello! This is a test for parity verification."
PROMPT_TEXT = f"{SYSTEM}The quick brown fox jumps."
INSTRUCT_TEXT = f"You are a helpful assistant. Please speak slowly.{END_OF_PROMPT}"


def add_options(p: Parser) -> None:
    """Add all of them."""
    p.add_argument(
        "--cosyvoice-dir",
        metavar="DIR",
        help="checkout of upstream CosyVoice with Matcha-TTS in it (default: $COSYVOICE_DIR)",
    )
    p.add_argument("--model-dir", metavar="DIR", help="release folder of the model (default: $MODEL_DIR)")
    p.add_argument(
        "--prompt-wav",
        metavar="WAV",
        type=Path,
        required=True,
        help="recording of the voice, 16 kHz or more, at most 30 s",
    )
    p.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the files go")
    p.add_choice(
        "--mode",
        [m.value for m in Mode],
        default=Mode.ZERO_SHOT.value,
        help="how upstream is asked to speak (default: zero-shot)",
    )
    p.add_argument(
        "--prompt-text",
        metavar="TEXT",
        help="zero-shot: what the recording says; the system prompt may be left out, here and in the other texts "
        f"(default: {PROMPT_TEXT!r})",
    )
    p.add_argument("--instruct-text", metavar="TEXT", help=f"instruct2: how to speak (default: {INSTRUCT_TEXT!r})")
    p.add_argument(
        "--tts-text",
        metavar="TEXT",
        help=f"what to say (default: {TTS_TEXT!r}; cross-lingual: behind the system prompt)",
    )
    p.add_argument("--source-wav", metavar="WAV", type=Path, help="vc: the recording to convert")
    p.add_argument("--streaming", action="store_true", help="speak in chunks, as upstream streams")
    p.add_argument(
        "--segment-index",
        metavar="N",
        default="0",
        help="which segment of the text, or all: each in OUT/segment_N (default: 0)",
    )
    p.add_argument(
        "--seed",
        metavar="N",
        type=natural,
        help="torch.manual_seed before the language model starts (default: 0)",
    )
    p.add_argument(
        "--seeds",
        metavar="N-M",
        type=many.seeds,
        help="several seeds (0-19 or 3,5,10-12), each in OUT/seed_N; one that ends before it says anything is left out",
    )
    p.add_argument(
        "--texts",
        metavar="FILE",
        type=Path,
        help="several texts, one a line, each in OUT/text_N; with --seeds in OUT/text_N_seed_N",
    )
    p.add_choice(
        "--taps",
        [level.value for level in Level],
        default=Level.BOUNDARY.value,
        help="module outputs and inputs to keep: none, the first and a middle call of each, or all calls "
        "(default: boundary)",
    )
    p.add_argument(
        "--no-truth",
        action="store_true",
        help="without the float64 runs: quicker, but differences are then judged by fixed limits",
    )
    p.add_argument(
        "--threads",
        metavar="N",
        type=int,
        default=os.cpu_count() or 1,
        help="threads of torch; numbers depend on it in their last bits (default: all cores)",
    )
    p.add_argument("--skip-frontend", action="store_true", help="leave frontend_artifacts as they are")
    p.add_argument("--skip-full", action="store_true", help="capture the frontend only")
    p.add_argument("--json", action="store_true", help="print what was written as JSON on stdout")


def request(options: argparse.Namespace, fault: str = "") -> Request:
    """The checked request that `options` stand for."""
    mode = Mode(options.mode)
    given = {
        "--prompt-text": (options.prompt_text, mode is Mode.ZERO_SHOT),
        "--instruct-text": (options.instruct_text, mode is Mode.INSTRUCT2),
        "--tts-text": (options.tts_text, mode.speaks_text),
        "--texts": (options.texts, mode.speaks_text),
        "--seeds": (options.seeds, mode.speaks_text),
    }
    for option, (value, used) in given.items():
        if value is not None and not used:
            raise CaptureError(f"{option}: --mode {mode.value} does not use it; leave it out")
    for one, several in (("seed", "seeds"), ("tts_text", "texts")):
        if getattr(options, one) is not None and getattr(options, several) is not None:
            option = f"--{one.replace('_', '-')}"
            raise CaptureError(f"{option} and --{several} both say what to do; leave one of them out")
    if options.threads < 1:
        raise CaptureError(f"--threads {options.threads}: expected 1 or more")
    asked = Request(
        model_dir=environment.check_model_dir(options.model_dir),
        prompt_wav=options.prompt_wav,
        out=options.out,
        mode=mode,
        prompt_text=PROMPT_TEXT if options.prompt_text is None else options.prompt_text,
        instruct_text=INSTRUCT_TEXT if options.instruct_text is None else options.instruct_text,
        tts_text=_tts_text(options.tts_text, mode),
        source_wav=options.source_wav,
        streaming=options.streaming,
        segment=_segment(options.segment_index),
        seed=options.seed or 0,
        level=Level(options.taps),
        truth=not options.no_truth,
        threads=options.threads,
        frontend=not options.skip_frontend,
        full=not options.skip_full,
        progress=sys.stderr.isatty(),
        fault=fault,
    )
    asked.check()
    return asked


def _tts_text(text: str | None, mode: Mode) -> str:
    if text is not None:
        return text
    return SYSTEM + TTS_TEXT if mode is Mode.CROSS_LINGUAL else TTS_TEXT


def _segment(text: str) -> int | None:
    if text == "all":
        return None
    try:
        return int(text)
    except ValueError as e:
        raise CaptureError(f"--segment-index {text}: expected a number from 0, or all") from e
