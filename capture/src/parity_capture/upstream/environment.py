"""What a capture needs around it: packages of the pinned versions, an upstream checkout, a model folder."""

import importlib.metadata
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parity_capture.errors import CaptureError
from parity_capture.upstream import git

DISTRIBUTION = "parity-capture"
SETUP = "run tools/setup_python.sh"
UPSTREAM_COMMIT = "ace7c47f41bbd303aa6bf1ea80e6f9fbd595cd40"
UNKNOWN = "unknown"
MODEL_FILES = (
    "cosyvoice3.yaml",
    "llm.pt",
    "flow.pt",
    "hift.pt",
    "campplus.onnx",
    "speech_tokenizer_v3.onnx",
    "CosyVoice-BlankEN/config.json",
)
PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"


@dataclass(frozen=True)
class PackageFinding:
    """A package that is not as pinned: `found` is its version, or None where it is not installed."""

    name: str
    wanted: str
    found: str | None

    def __str__(self) -> str:
        """As it stands in a message."""
        return f"{self.name}: wanted {self.wanted or 'any version'}, found {self.found or 'none'}"


def requirements() -> list[str]:
    """Return the package's own requirements: of the sources where they are at hand, else as they were installed."""
    if PYPROJECT.is_file():
        with _set_up():
            if sys.version_info >= (3, 11):
                import tomllib
            else:
                import tomli as tomllib
        project: dict[str, list[str]] = tomllib.loads(PYPROJECT.read_text(encoding="utf8"))["project"]
        return project["dependencies"]
    return importlib.metadata.requires(DISTRIBUTION) or []


def check_packages(wanted: Iterable[str] | None = None) -> list[PackageFinding]:
    """Hold each requirement against what is installed; the findings are those that do not hold."""
    with _set_up():
        from packaging.requirements import Requirement

    findings = []
    for requirement in map(Requirement, requirements() if wanted is None else wanted):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            findings.append(PackageFinding(requirement.name, str(requirement.specifier), None))
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            findings.append(PackageFinding(requirement.name, str(requirement.specifier), found))
    return findings


def require_packages() -> None:
    """Refuse to go on without the pinned packages: another transformers gives other numbers, and says nothing."""
    findings = check_packages()
    if findings:
        raise CaptureError("; ".join([*map(str, findings), SETUP]))


@dataclass(frozen=True)
class Upstream:
    """An upstream checkout: its folder, its commit ("unknown" outside git), and the tracked files that were changed."""

    path: Path
    commit: str
    modified: tuple[str, ...]

    @property
    def matcha(self) -> Path:
        """Folder of the submodule that upstream's mel spectrogram comes from."""
        return self.path / "third_party" / "Matcha-TTS"

    @classmethod
    def find(cls, cosyvoice_dir: str | None) -> "Upstream":
        """Look at `cosyvoice_dir`, or $COSYVOICE_DIR where that is None; warns on stderr of another commit."""
        path = _named_folder(cosyvoice_dir, "COSYVOICE_DIR", "--cosyvoice-dir", "an upstream CosyVoice checkout")
        if not (path / "cosyvoice" / "cli" / "cosyvoice.py").is_file():
            raise CaptureError(
                f"{path}: no cosyvoice/cli/cosyvoice.py in it, so it is no CosyVoice checkout; "
                f"give the folder of a clone of FunAudioLLM/CosyVoice at {UPSTREAM_COMMIT[:7]}"
            )
        matcha = path / "third_party" / "Matcha-TTS"
        if not (matcha / "matcha").is_dir():
            raise CaptureError(
                f"{matcha}: no matcha/ in it; run `git submodule update --init --recursive` in {path}, "
                "or put a clone of shivammehta25/Matcha-TTS there"
            )
        commit = git.head(path) or UNKNOWN
        modified = git.modified(path) if commit != UNKNOWN else ()
        for warning in _doubts(path, commit, modified):
            print(f"parity: warning: {warning}", file=sys.stderr)
        return cls(path, commit, modified)

    def metadata(self) -> dict[str, str]:
        """What a file says of the upstream that made it."""
        return {"upstream_commit": self.commit, "upstream_modified": " ".join(self.modified)}

    def activate(self) -> None:
        """Make `cosyvoice` and `matcha` importable, on the CPU, and leave the checkout without a __pycache__."""
        sys.dont_write_bytecode = True
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
        for folder in (self.matcha, self.path):
            sys.path.insert(0, str(folder))


def check_model_dir(model_dir: str | None) -> Path:
    """Return `model_dir`, or $MODEL_DIR where that is None, when it holds all files of a CosyVoice3 release."""
    path = _named_folder(model_dir, "MODEL_DIR", "--model-dir", "a CosyVoice3 model folder")
    missing = [name for name in MODEL_FILES if not (path / name).is_file()]
    if missing:
        raise CaptureError(f"{path}: no {', '.join(missing)} in it; give the folder of a CosyVoice3 release")
    return path


@contextmanager
def _set_up() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as e:
        raise CaptureError(f"{e.name}: wanted any version, found none; {SETUP}") from e


def _named_folder(given: str | None, variable: str, option: str, what: str) -> Path:
    source, value = (option, given) if given is not None else (variable, os.environ.get(variable, ""))
    if not value:
        raise CaptureError(f"{variable} is not set; name {what} by {option} or {variable}")
    path = Path(value).absolute()
    if not path.is_dir():
        raise CaptureError(f"{source} {value}: no such folder; name {what}")
    return path


def _doubts(path: Path, commit: str, modified: tuple[str, ...]) -> list[str]:
    doubts = []
    if commit == UNKNOWN:
        doubts.append(
            f"{path} is no git checkout: its commit is recorded as unknown, {UPSTREAM_COMMIT[:7]} is expected"
        )
    elif commit != UPSTREAM_COMMIT:
        doubts.append(f"{path} is at commit {commit[:7]}, not {UPSTREAM_COMMIT[:7]}; the capture records it")
    if modified:
        doubts.append(f"{path} has changed files, which the capture records: {', '.join(modified)}")
    return doubts
