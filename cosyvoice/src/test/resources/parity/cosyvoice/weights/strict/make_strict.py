"""What upstream's strict loading (cli/model.py, CosyVoiceModel.load) expects and answers, as the files beside it.

    python make_strict.py MODEL_DIR

`release/` and `other/` are configurations, with every key and shape of the modules that upstream builds of them in
`keys.txt`; the modules are on PyTorch's meta device, so they take no memory. `cases.json` is what upstream answers where the
state_dict of the sample (MODEL_DIR) is altered: `remove` takes keys out that begin so, `rename` replaces in all names, `add`
puts in a tensor of that shape, or what is no tensor. Needs an upstream CosyVoice checkout and its third_party/Matcha-TTS, and
parity_capture, on PYTHONPATH; PyTorch 2.3.1.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

import torch
from cosyvoice.llm.llm import Qwen2Encoder
from hyperpyyaml import load_hyperpyyaml
from parity_capture.model_maker.sizes import SIZES
from parity_capture.model_maker.text_model import write_text_model
from parity_capture.model_maker.yaml_text import yaml_text
from transformers import Qwen2Config, Qwen2ForCausalLM

HERE = Path(__file__).parent
PARTS = ("llm", "flow", "hift")
HEADING = "# Of the dimensions alone; there are no weights."
OTHER = {
    "upsample_rates: [8, 5, 3]": "upsample_rates: [4, 2]",
    "upsample_kernel_sizes: [16, 11, 7]": "upsample_kernel_sizes: [9, 5]",
    "    resblock_kernel_sizes: [3, 7, 11]": "    resblock_kernel_sizes: [5]",
    "    resblock_dilation_sizes: [[1, 3, 5], [1, 3, 5], [1, 3, 5]]": "    resblock_dilation_sizes: [[1, 2]]",
    "source_resblock_kernel_sizes: [7, 7, 11]": "source_resblock_kernel_sizes: [3, 9]",
    "source_resblock_dilation_sizes: [[1, 3, 5], [1, 3, 5], [1, 3, 5]]": "source_resblock_dilation_sizes: [[1], [2, 4, 6]]",
    "conv_pre_look_right: 4": "conv_pre_look_right: 2",
    "n_fft: 16": "n_fft: 12",
    "pre_lookahead_len: 3": "pre_lookahead_len: 2",
    "speech_token_size: 6561": "speech_token_size: 4096",
    "vocab_size: 6561": "vocab_size: 4096",
}


def blank(self, pretrain_path):
    """Qwen2Encoder.__init__ without reading weights."""
    torch.nn.Module.__init__(self)
    config = json.loads((Path(pretrain_path) / "config.json").read_text())
    self.model = Qwen2ForCausalLM(Qwen2Config(**config))


def configuration(name, size, replaced, more):
    folder = HERE / name
    (folder / "CosyVoice-BlankEN").mkdir(parents=True, exist_ok=True)
    text = yaml_text(SIZES[size], HEADING)
    for old, new in replaced.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "cosyvoice3.yaml").write_text(text)
    with tempfile.TemporaryDirectory() as scratch:
        config = write_text_model(Path(scratch) / "text", SIZES[size]) | more
    config_file = folder / "CosyVoice-BlankEN" / "config.json"
    config_file.write_text(json.dumps(config, indent=2) + "\n")
    init, Qwen2Encoder.__init__ = Qwen2Encoder.__init__, blank
    try:
        with torch.device("meta"):
            parts = load_hyperpyyaml(text, overrides={"qwen_pretrain_path": str(folder / "CosyVoice-BlankEN")})
    finally:
        Qwen2Encoder.__init__ = init
    lines = [f"{p} {k} {list(v.shape)}\n" for p in PARTS for k, v in parts[p].state_dict().items()]
    (folder / "keys.txt").write_text("".join(lines))
    print(name, {p: len(parts[p].state_dict()) for p in PARTS})


def cases(model_dir):
    text = (model_dir / "cosyvoice3.yaml").read_text()
    parts = load_hyperpyyaml(text, overrides={"qwen_pretrain_path": str(model_dir / "CosyVoice-BlankEN")})
    states = {p: torch.load(model_dir / f"{p}.pt", weights_only=True) for p in PARTS}
    halves = [[".parametrizations.weight.original0", ".weight_g"], [".parametrizations.weight.original1", ".weight_v"]]
    conv = [["generator.conv_pre" + now, "generator.conv_pre" + before] for now, before in halves]
    found = []

    def case(what, part, remove=(), rename=(), add=None):
        state = {k: v for k, v in states[part].items() if not k.startswith(tuple(remove))}
        for old, new in rename:
            state = {k.replace(old, new): v for k, v in state.items()}
        for key, value in (add or {}).items():
            state[key] = torch.zeros(value) if isinstance(value, list) else value
        with tempfile.TemporaryDirectory() as scratch:
            torch.save(state, Path(scratch) / "x.pt")
            state = torch.load(Path(scratch) / "x.pt", map_location="cpu", weights_only=True)
        if part == "hift":
            state = {k.replace("generator.", ""): v for k, v in state.items()}
        said = ""
        try:
            parts[part].load_state_dict(state, strict=True)
        except RuntimeError as e:
            said = str(e)
        misshapen = re.findall(r"size mismatch for (\S+):|parameter named \"(\S+)\", expected", said)
        answer = {
            "loads": not said,
            "unexpected": quoted(said, r"Unexpected key\(s\) in state_dict: (.*)"),
            "missing": quoted(said, r"Missing key\(s\) in state_dict: (.*)"),
            "misshapen": sorted(a or b for a, b in misshapen),
        }
        found.append({"what": what, "part": part, "remove": list(remove), "rename": list(rename), "add": add or {},
                      "upstream": answer})  # fmt: skip
        print(what, "->", {k: v if isinstance(v, bool) or len(v) < 4 else len(v) for k, v in answer.items() if v})

    for part in PARTS:
        case("as it is", part)
    case("of training, before it is averaged", "llm", add={"epoch": 5, "step": 1000})
    case("of training", "flow", add={"epoch": 5, "step": 1000})
    case("with the discriminator", "hift", add={"discriminator.mpd.discriminators.0.convs.0.bias": [32]})
    case("with the discriminator below the generator", "hift", add={"generator.discriminator.bias": [32]})
    case("without the head that is never asked", "llm", remove=["llm.model.lm_head.weight"])
    case("without a buffer", "flow", remove=["decoder.estimator.rotary_embed.inv_freq"])
    case("with the random noise", "flow", add={"decoder.rand_noise": [1, 80, 15000]})
    case("with a buffer that is not persistent", "flow", add={"decoder.estimator.transformer_blocks.0.attn.dummy": [1]})
    case("with rotary frequencies as older transformers kept them", "llm",
         add={"llm.model.model.layers.0.self_attn.rotary_emb.inv_freq": [4]})  # fmt: skip
    case("with the embedding of older models", "llm", add={"llm_embedding.weight": [2, 32]})
    case("with a bias that the decoder has not", "llm", add={"llm_decoder.bias": [6761]})
    case("in a dict of its own", "flow", remove=[""], add={"state_dict": {"a": 1}})
    case("below a prefix", "flow", rename=[["decoder.", "module.decoder."]])
    case("of fewer special tokens", "llm", remove=["llm_decoder.weight"], add={"llm_decoder.weight": [6564, 32]})
    case("an axis more", "hift", remove=["generator.conv_pre.bias"], add={"generator.conv_pre.bias": [1, 32]})
    case("a number for a tensor", "hift", remove=["generator.conv_pre.bias"], add={"generator.conv_pre.bias": 5})
    case("a text", "llm", add={"version": "3"})
    case("one convolution as PyTorch before 2.1 called it", "hift", rename=conv)
    case("all convolutions as PyTorch before 2.1 called them", "hift", rename=halves)
    case("both names of a convolution's halves", "hift",
         add={"conv_pre.weight_g": [32, 1, 1], "conv_pre.weight_v": [32, 80, 5]})  # fmt: skip
    case("half of the older names beside the newer", "hift", add={"conv_pre.weight_g": [32, 1, 1]})
    case("half of the older names instead of the newer", "hift", rename=conv[:1])
    case("older names in another shape", "hift", remove=["generator.conv_pre.parametrizations"],
         add={"conv_pre.weight_g": [32], "conv_pre.weight_v": [32, 80, 5]})  # fmt: skip
    case("an older name where there is no weight norm", "hift",
         rename=[["source_downs.0.weight", "source_downs.0.weight_v"]])  # fmt: skip
    case("weight norm taken off", "hift", remove=["generator.conv_pre.parametrizations"],
         add={"conv_pre.weight": [32, 80, 5]})  # fmt: skip
    case("without the prefix", "hift", rename=[["generator.", ""]])
    case("a name that goes on after an expected one", "hift", add={"conv_pre.bias.more": [1]})
    case("a name that is a module's", "hift", add={"conv_pre": [1]})
    (HERE / "cases.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in found) + "\n]\n")


def quoted(said, pattern):
    match = re.search(pattern, said)
    return sorted(re.findall(r'"([^"]*)"', match[1])) if match else []


if __name__ == "__main__":
    configuration("release", "full", {}, {})
    configuration("other", "small", OTHER, {"head_dim": 16, "vocab_size": 500, "tie_word_embeddings": False})
    cases(Path(sys.argv[1]))
