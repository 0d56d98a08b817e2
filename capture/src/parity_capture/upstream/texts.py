"""What upstream's text frontend makes of texts, where it finds no normaliser: segments and ids."""

import hashlib
import importlib.metadata
import json
import os
import platform
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from parity_capture import __version__
from parity_capture.errors import CaptureError
from parity_capture.upstream.environment import Upstream

PACKAGES = ("transformers", "tokenizers", "inflect", "regex")
FILES = ("vocab.json", "merges.txt", "tokenizer_config.json")


class TextFrontend:
    """Upstream's `CosyVoiceFrontEnd`, without what it loads for sound."""

    def __init__(self, model_dir: Path) -> None:
        """Open the tokenizer of a model folder."""
        os.environ["TRANSFORMERS_VERBOSITY"] = "error"
        import inflect
        from cosyvoice.cli.frontend import CosyVoiceFrontEnd
        from cosyvoice.tokenizer.tokenizer import get_qwen_tokenizer

        self.tokenizer_dir = model_dir / "CosyVoice-BlankEN"
        self.front: Any = CosyVoiceFrontEnd.__new__(CosyVoiceFrontEnd)
        self.front.tokenizer = get_qwen_tokenizer(str(self.tokenizer_dir), True, "cosyvoice3")
        self.front.allowed_special = "all"
        self.front.text_frontend = ""
        self.front.inflect_parser = inflect.engine()

    def of(self, text: str) -> dict[str, Any]:
        """Everything about one text; where upstream raises, what it raised stands for the segments."""
        said: dict[str, Any] = {"text": text, "tokens": self._tokens(text)}
        try:
            said["normalized"] = self.front.text_normalize(text, split=False)
            segments = self.front.text_normalize(text, split=True)
        except Exception as e:
            return said | {"raises": f"{type(e).__name__}: {e}"}
        return said | {"segments": segments, "segment_tokens": [self._tokens(segment) for segment in segments]}

    def _tokens(self, text: str) -> list[int]:
        tokens: list[int] = self.front.tokenizer.encode(text)
        return tokens

    def special_tokens(self) -> dict[str, int]:
        """The special tokens and their ids, in the order of the ids."""
        added: dict[str, int] = self.front.tokenizer.tokenizer.get_added_vocab()
        return dict(sorted(added.items(), key=lambda token: token[1]))


def write(out: Path, upstream: Upstream, model_dir: Path, texts: Iterable[str]) -> int:
    """Write what upstream makes of the texts, and what made it; returns how many texts there are."""
    front = TextFrontend(model_dir)
    said = [front.of(text) for text in texts]
    whole = {"made_by": _made_by(upstream, front.tokenizer_dir), "special_tokens": front.special_tokens()}
    lines = ",\n".join(json.dumps(text, separators=(",", ":")) for text in said)
    head = json.dumps(whole, indent=1, ensure_ascii=False).removesuffix("\n}")
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_text(f'{head},\n "texts": [\n{lines}\n ]\n}}\n', encoding="utf8")
        part.replace(out)
    except OSError as e:
        raise CaptureError(
            f"--out {out}: cannot be written: {e.strerror}; name a file in a folder that is there"
        ) from e
    return len(said)


def _made_by(upstream: Upstream, tokenizer_dir: Path) -> dict[str, str]:
    return {
        "command": "parity capture texts",
        "capture_version": __version__,
        **upstream.metadata(),
        "python": platform.python_version(),
        "unicode": unicodedata.unidata_version,
        **{package: importlib.metadata.version(package) for package in PACKAGES},
        **{f"sha256 {name}": hashlib.sha256((tokenizer_dir / name).read_bytes()).hexdigest() for name in FILES},
    }
