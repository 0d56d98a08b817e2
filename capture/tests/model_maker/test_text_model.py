import json
from pathlib import Path

import pytest

from parity_capture.commands.options import INSTRUCT_TEXT, PROMPT_TEXT, TTS_TEXT
from parity_capture.model_maker.sizes import SIZES
from parity_capture.model_maker.text_model import TEXT_VOCAB, byte_pairs, write_text_model
from parity_capture.model_maker.yaml_text import yaml_text


def test_each_merge_joins_what_is_there_before_it() -> None:
    vocabulary, merges = byte_pairs()
    for rank, merge in enumerate(merges):
        left, right = merge.split(" ")
        assert vocabulary[left] < 256 + rank
        assert vocabulary[right] < 256 + rank
        assert vocabulary[left + right] == 256 + rank


def test_ids_are_those_of_the_release() -> None:
    vocabulary, _ = byte_pairs()
    assert sorted(vocabulary.values())[:256] == list(range(256))
    assert vocabulary["<|endoftext|>"] == 151643
    assert max(vocabulary.values()) < TEXT_VOCAB


@pytest.mark.parametrize("size", SIZES)
def test_dimensions_fit_each_other(size: str) -> None:
    s = SIZES[size]
    assert s.llm_hidden % s.llm_heads == 0
    assert s.llm_heads % s.llm_kv_heads == 0
    assert s.llm_kv_heads < s.llm_heads
    assert s.dit_dim % 16 == 0, "the position convolution has 16 groups"
    assert s.dit_heads * s.dit_dim_head == s.dit_dim
    assert min(s.llm_layers, s.dit_depth) >= 2
    assert s.hift_channels % 8 == 0, "halved at each of three stages"


@pytest.mark.parametrize("size", SIZES)
def test_written_config_holds_the_dimensions(size: str, tmp_path: Path) -> None:
    config = write_text_model(tmp_path / "text", SIZES[size])
    assert json.loads((tmp_path / "text/config.json").read_text(encoding="utf8")) == config
    assert config["hidden_size"] == SIZES[size].llm_hidden
    assert f"dim: {SIZES[size].dit_dim}\n" in yaml_text(SIZES[size], "# heading")


def test_words_of_the_default_texts_are_a_token_each(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="needs transformers: run tools/setup_python.sh")
    write_text_model(tmp_path / "text", SIZES["tiny"])
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "text")
    for text in (TTS_TEXT, *PROMPT_TEXT.split("<|endofprompt|>")):
        tokens = tokenizer(text)["input_ids"]
        assert len(tokens) == len(text.replace(".", " .").replace("!", " !").split()), tokens
        assert tokenizer.decode(tokens) == text
    assert tokenizer.decode(tokenizer(INSTRUCT_TEXT)["input_ids"]) == INSTRUCT_TEXT
