"""Texts for text frontends, and what upstream makes of them."""

import json
from itertools import islice
from pathlib import Path

import pytest

from parity_capture.text_samples import TEXTS, random_texts
from upstream import ROOT, needs_upstream, run

MODEL = ROOT / "samples" / "model"
GOLDEN = ROOT / "cosyvoice" / "src" / "test" / "resources" / "parity" / "cosyvoice" / "text" / "texts.json"
SPECIAL = ROOT / "cosyvoice" / "src" / "main" / "resources" / "parity" / "cosyvoice" / "text" / "special_tokens.txt"


def test_texts_are_each_there_once() -> None:
    assert len(set(TEXTS)) == len(TEXTS)


def test_golden_has_all_texts() -> None:
    assert [said["text"] for said in json.loads(GOLDEN.read_text(encoding="utf8"))["texts"]] == list(TEXTS)


def test_golden_and_java_have_the_same_special_tokens() -> None:
    special = json.loads(GOLDEN.read_text(encoding="utf8"))["special_tokens"]
    assert list(special) == SPECIAL.read_text(encoding="utf8").splitlines()
    assert special["<|endofprompt|>"] == 151646


def test_random_texts_of_a_seed_are_always_the_same() -> None:
    texts = list(random_texts(50, 3, ["[breath]"]))
    assert texts == list(random_texts(50, 3, ["[breath]"]))
    assert texts != list(random_texts(50, 4, ["[breath]"]))
    assert texts[:20] == list(islice(random_texts(1000, 3, ["[breath]"]), 20))


def test_random_texts_have_a_form_in_utf8_and_special_tokens() -> None:
    joined = "".join(random_texts(500, 0, ["[breath]"]))
    assert joined.encode("utf8").decode("utf8") == joined
    assert "[breath]" in joined


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--random", "-1"], "--random"),
        (["--cosyvoice-dir", "/nowhere"], "/nowhere: no such folder"),
    ],
)
def test_wrong_arguments_are_refused(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = run("texts", "--out", tmp_path / "texts.json", *arguments)
    assert done.returncode == 3
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


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


@needs_upstream
def test_out_in_no_folder_is_refused(tmp_path: Path) -> None:
    done = run("texts", "--model-dir", MODEL, "--out", tmp_path / "no" / "texts.json", "--random", "1")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
