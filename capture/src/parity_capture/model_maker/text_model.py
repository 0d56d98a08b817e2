"""`CosyVoice-BlankEN`: what transformers needs to know of the language model, and a small byte-level BPE."""

import json
from pathlib import Path

from parity_capture.model_maker.sizes import Size

TEXT_VOCAB = 151936
# The ids of the release: its base vocabulary ends at 151642, and upstream adds its own tokens behind these.
CONTROL_TOKENS = {"<|endoftext|>": 151643, "<|im_start|>": 151644, "<|im_end|>": 151645}
# Pairs in order of their rank, enough for the words of the default texts to be a token each, as in the release.
MERGES = """
Ġ t/h e/i n/Ġ a/r e/o n/Ġt he/e r/Ġ s/a t/i t/i s/e n/o r/Ġ p/a l/o u/Ġ w/l l/v er/i on/Ġ is/c at/Ġ f/s t/e st/it y
a r/ar ity/H e/He ll/Hell o/Ġt h/Ġth is/Ġt est/Ġf or/Ġ ver/T h/T he/i c/Ġ b/o w/ow n/m p/Ġp arity/i f/Ġver if/cat ion
i cation/å ¥/ä ½/Ġ Th/ĠTh is/Ġverif ication/Ġf o/Ġfo x/Ġ j/Ġj u/Ġju mp/Ġjump s/Y ou/Ġa re/Ġ he/Ġhe l/Ġhel p/f u/fu l
Ġhelp ful/Ġa s/Ġas s/Ġass is/Ġassis t/a n/an t/Ġassist ant/Ġ q/Ġq u/Ġqu ic/Ġquic k/Ġb r/Ġbr own
"""


def write_text_model(folder: Path, size: Size) -> dict[str, object]:
    """Write the folder's text files; returns the config of the language model."""
    folder.mkdir()
    config = qwen2_config(size)
    _write_json(folder / "config.json", config)
    vocabulary, merges = byte_pairs()
    _write_json(folder / "vocab.json", vocabulary)
    text = "".join(f"{merge}\n" for merge in ["#version: 0.2", *merges])
    (folder / "merges.txt").write_text(text, encoding="utf8", newline="\n")
    _write_json(folder / "tokenizer_config.json", tokenizer_config())
    return config


def qwen2_config(size: Size) -> dict[str, object]:
    """The release's config.json, its dimensions those of `size`."""
    return {
        "architectures": ["Qwen2ForCausalLM"],
        "attention_dropout": 0.0,
        "bos_token_id": CONTROL_TOKENS["<|endoftext|>"],
        "eos_token_id": CONTROL_TOKENS["<|im_end|>"],
        "hidden_act": "silu",
        "hidden_size": size.llm_hidden,
        "initializer_range": 0.02,
        "intermediate_size": size.llm_ffn,
        "max_position_embeddings": 32768,
        "max_window_layers": size.llm_layers,
        "model_type": "qwen2",
        "num_attention_heads": size.llm_heads,
        "num_hidden_layers": size.llm_layers,
        "num_key_value_heads": size.llm_kv_heads,
        "rms_norm_eps": 1e-06,
        "rope_theta": 1000000.0,
        "sliding_window": 32768,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "use_cache": True,
        "use_sliding_window": False,
        "vocab_size": TEXT_VOCAB,
    }


def byte_pairs() -> tuple[dict[str, int], list[str]]:
    """Vocabulary and merges: a token a byte, then one a merge, then the control tokens."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    letters = [chr(b) for b in printable] + [chr(256 + i) for i in range(len(others))]
    by_byte = dict(zip(printable + others, letters, strict=True))
    vocabulary = {by_byte[b]: b for b in range(256)}
    merges = MERGES.replace("\n", "/").strip("/").split("/")
    for merge in merges:
        vocabulary.setdefault(merge.replace(" ", ""), len(vocabulary))
    vocabulary.update(CONTROL_TOKENS)
    return vocabulary, merges


def tokenizer_config() -> dict[str, object]:
    """The release's tokenizer_config.json, as far as AutoTokenizer reads it."""
    control = {"lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
    return {
        "add_prefix_space": False,
        "added_tokens_decoder": {str(i): {"content": token, **control} for token, i in CONTROL_TOKENS.items()},
        "additional_special_tokens": ["<|im_start|>", "<|im_end|>"],
        "bos_token": None,
        "eos_token": "<|endoftext|>",
        "errors": "replace",
        "model_max_length": 32768,
        "pad_token": "<|endoftext|>",
        "split_special_tokens": False,
        "tokenizer_class": "Qwen2Tokenizer",
        "unk_token": None,
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf8", newline="\n")
