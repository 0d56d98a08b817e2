"""Several captures by one loaded upstream: of each text with each seed, in a folder of its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from parity_capture.commands.arguments import natural
from parity_capture.errors import CaptureError
from parity_capture.upstream.request import Request


def seeds(text: str) -> list[int]:
    """Take numbers and ranges, both ends included: `0-19` or `3,5,10-12`."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        numbers = range(natural(first), natural(last if dash else first) + 1)
        if not numbers or set(numbers) & set(found):
            raise ValueError(text)
        found += numbers
    return found


def texts(path: Path) -> list[str]:
    """Read a text a line; lines without anything are passed over."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as e:
        raise CaptureError(f"--texts {path}: cannot be read ({e.strerror}); give a file with a text a line") from e
    except UnicodeDecodeError as e:
        raise CaptureError(f"--texts {path}: is not UTF-8 (byte {e.start}); save it as UTF-8") from e
    found = [line.strip() for line in lines if line.strip()]
    if not found:
        raise CaptureError(f"--texts {path}: has no text; write one a line")
    return found


def requests(asked: Request, tts_texts: Sequence[str], numbers: Sequence[int]) -> list[Request]:
    """One request for each text and seed, in OUT/text_T_seed_S, or without what is not given; `asked` without both."""
    made = []
    for index, text in enumerate(tts_texts or [asked.tts_text]):
        for seed in numbers or [asked.seed]:
            parts = ([f"text_{index}"] if tts_texts else []) + ([f"seed_{seed}"] if numbers else [])
            out = asked.out / "_".join(parts) if parts else asked.out
            made.append(replace(asked, tts_text=text, seed=seed, out=out))
    for each in made:
        each.check()
    return made
