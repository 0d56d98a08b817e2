"""What upstream makes of texts."""

import json
from pathlib import Path

from parity_capture.upstream.text_samples import TEXTS, random_texts
from support import ROOT, needs_upstream, run

MODEL = ROOT / "samples" / "model"
GOLDEN = ROOT / "cosyvoice" / "src" / "test" / "resources" / "parity" / "cosyvoice" / "text" / "texts.json"
SPECIAL = ROOT / "cosyvoice" / "src" / "main" / "resources" / "parity" / "cosyvoice" / "text" / "special_tokens.txt"


def test_golden_has_all_texts() -> None:
    assert [said["text"] for said in json.loads(GOLDEN.read_text(encoding="utf8"))["texts"]] == list(TEXTS)


def test_golden_and_java_have_the_same_special_tokens() -> None:
    special = json.loads(GOLDEN.read_text(encoding="utf8"))["special_tokens"]
    assert list(special) == SPECIAL.read_text(encoding="utf8").splitlines()
    assert special["<|endofprompt|>"] == 151646


@needs_upstream
def test_golden_is_what_upstream_says(tmp_path: Path) -> None:
    done = run("texts", "--model-dir", MODEL, "--out", tmp_path / "texts.json")
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "texts.json").read_text(encoding="utf8"))
    golden = json.loads(GOLDEN.read_text(encoding="utf8"))
    for name in ("special_tokens", "texts"):
        assert made[name] == golden[name]


@needs_upstream
def test_random_texts_are_written(tmp_path: Path) -> None:
    done = run("texts", "--model-dir", MODEL, "--out", tmp_path / "texts.json", "--random", "5", "--seed", "1")
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "texts.json").read_text(encoding="utf8"))
    assert made["made_by"]["command"] == "parity capture texts"
    special = list(made["special_tokens"])
    assert [said["text"] for said in made["texts"]] == list(random_texts(5, 1, special))
