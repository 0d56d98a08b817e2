"""The commands that compare what was captured: whole, so that a person may paste them where the capture was made."""

import filecmp
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parity_capture.upstream.request import Request

PROJECT = Path(__file__).parents[4]
FRONTEND, FULL = "frontend_artifacts.safetensors", "debug_artifacts.safetensors"
LISTENS = "frontend"
OTHERS = ("text", "llm", "flow", "hift", "end_to_end")


@dataclass(frozen=True)
class Made:
    """What was captured of one request: a folder a segment of the text, in their order."""

    request: Request
    folders: list[Path]

    def segments(self) -> Iterator[tuple[int, Path]]:
        """Number and folder of each segment."""
        first = 0 if self.request.segment is None else self.request.segment
        yield from enumerate(self.folders, first)


def commands(out: Path, made: Sequence[Made]) -> list[str]:
    """One command for several captures of the first segment, which lie in `out`; else one for each capture."""
    if len(made) > 1 and all(each.request.segment == 0 for each in made):
        return [_many(out, made)]
    return [_run(each.request, index, folder) for each in made for index, folder in each.segments()]


def _run(request: Request, index: int, folder: Path) -> str:
    words = ["run", "--model-dir", _shown(request.model_dir), "--artifacts", _shown(folder)]
    words += ["--prompt-wav", _shown(request.prompt_wav)]
    if request.source_wav is not None:
        words += ["--source-wav", _shown(request.source_wav)]
    if index:
        words += ["--segment-index", str(index)]
    words += _stages([folder])
    return shlex.join([_parity(), *words, "--out", _shown(folder)])


def _many(out: Path, made: Sequence[Made]) -> str:
    """`parity many` takes no recording: it looks for the one that the captures name above them and beside the model."""
    request = made[0].request
    words = ["many", "--model-dir", _shown(request.model_dir), "--captures", _shown(out)]
    words += _stages([folder for each in made for folder in each.folders]) or ["--stages", ",".join((LISTENS, *OTHERS))]
    compare = shlex.join([_parity(), *words, "--out", _shown(out / "runs")])
    wav = request.prompt_wav
    found = [folder / wav.name for folder in (out, request.model_dir.parent)]
    if any(file.is_file() and filecmp.cmp(file, wav, shallow=False) for file in found):
        return compare
    return f"{shlex.join(['cp', _shown(wav), _shown(out)])} && {compare}"


def _stages(folders: Sequence[Path]) -> list[str]:
    """What is to be compared where not all stages were captured, now or earlier; nothing where they were."""
    if not all((folder / FULL).is_file() for folder in folders):
        return ["--stages", LISTENS]
    if not all((folder / FRONTEND).is_file() for folder in folders):
        return ["--stages", ",".join(OTHERS)]
    return []


def _parity() -> str:
    """What a person types from where they are to get at the project's own `parity`."""
    script = PROJECT / "parity"
    if not script.is_file():
        return "parity"
    return "./parity" if Path.cwd() == PROJECT else _shown(script)


def _shown(path: Path) -> str:
    """The path as a person would type it from where they are, and not as an option."""
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return f"./{path}" if str(path).startswith("-") else str(path)
