"""Makes a model folder."""

import sys
from pathlib import Path

import torch
from hyperpyyaml import load_hyperpyyaml
from tqdm import tqdm
from transformers import Qwen2Config, Qwen2ForCausalLM

from parity_capture.errors import CaptureError
from parity_capture.model_maker.noise import Noise
from parity_capture.model_maker.onnx_nets import write_speaker_net, write_token_net
from parity_capture.model_maker.replacement import MARK, replacement
from parity_capture.model_maker.sizes import SIZES, Size
from parity_capture.model_maker.speech import reinforce, temper_llm
from parity_capture.model_maker.text_model import write_text_model
from parity_capture.model_maker.voice import fit
from parity_capture.model_maker.weights import fill, overlapping_rows, temper_flow
from parity_capture.model_maker.yaml_text import yaml_text
from parity_capture.upstream.quiet import quiet


def make_model(out: Path, size_name: str, seed: int, *, both: bool = True) -> None:
    """Write the model to `out`, with `both` language models or the first; upstream must have been activated."""
    size = SIZES[size_name]
    with quiet(), replacement(out, size.bytes_on_disk) as folder:
        noise = Noise(seed)
        heading = f"{MARK} --size {size_name} --seed {seed}`: what it speaks is noise."
        text = yaml_text(size, heading)
        (folder / "cosyvoice3.yaml").write_text(text, encoding="utf8", newline="\n")
        text_model = folder / "CosyVoice-BlankEN"
        _write_blank(text_model, size, noise)
        # Built all together, as upstream does, and filled and written one by one.
        parts = load_hyperpyyaml(text, overrides={"qwen_pretrain_path": str(text_model)})
        _write_llms(parts.pop("llm"), folder, size, noise, both)
        _write_flow(parts["flow"], folder / "flow.pt", size, noise)
        _write_hift(parts.pop("hift"), parts.pop("flow"), folder / "hift.pt", noise)
        write_speaker_net(folder / "campplus.onnx", noise, size.speaker_width)
        write_token_net(folder / "speech_tokenizer_v3.onnx", noise, size.tokenizer_width)


def _write_blank(folder: Path, size: Size, noise: Noise) -> None:
    """transformers/models/qwen2 Qwen2ForCausalLM, whose weights upstream loads first and llm.pt then replaces."""
    config = write_text_model(folder, size)
    model = Qwen2ForCausalLM(Qwen2Config(**config))
    _fill("text model", model, "blank.", noise)
    tables = [["model.embed_tokens.weight", "lm_head.weight"]]
    _save(_state(model, "blank.", size, noise, tables), folder / "pytorch_model.bin")


def _write_llms(llm: torch.nn.Module, folder: Path, size: Size, noise: Noise, both: bool) -> None:
    """Both that a release has, or that which upstream loads."""
    _fill("llm", llm, "llm.", noise)
    temper_llm(llm, noise, size.llm_layers, size.stops)
    tables = [["llm.model.model.embed_tokens.weight", "llm.model.lm_head.weight"]]
    _save(_state(llm, "llm.", size, noise, tables), folder / "llm.pt")
    if both:
        reinforce(llm, noise)
        _save(_state(llm, "llm.", size, noise, tables), folder / "llm.rl.pt")


def _write_flow(flow: torch.nn.Module, path: Path, size: Size, noise: Noise) -> None:
    _fill("flow", flow, "flow.", noise)
    temper_flow(flow)
    _save(_state(flow, "flow.", size, noise, [["input_embedding.weight"]]), path)


def _write_hift(hift: torch.nn.Module, flow: torch.nn.Module, path: Path, noise: Noise) -> None:
    _fill("hift", hift, "hift.", noise)
    fit(flow.eval(), hift.eval(), noise)
    _save({f"generator.{name}": value for name, value in hift.state_dict().items()}, path)


def _state(
    part: torch.nn.Module, prefix: str, size: Size, noise: Noise, tables: list[list[str]]
) -> dict[str, torch.Tensor]:
    """What is saved of a part: its state, but for a small model small `tables` (of names that share one) in it.

    The part gets the numbers of the tables too: the vocoder is fitted to what it says with them.
    """
    state: dict[str, torch.Tensor] = part.state_dict()
    if not size.whole_embeddings:
        for names in tables:
            rows, width = state[names[0]].shape
            table = overlapping_rows(noise, f"{prefix}{names[0]} overlapping", rows, width)
            with torch.no_grad():
                part.get_parameter(names[0]).copy_(table)
            state.update(dict.fromkeys(names, table))
    return state


def _fill(what: str, part: torch.nn.Module, prefix: str, noise: Noise) -> None:
    count = sum(p.numel() for p in part.parameters())
    print(f"==> {what}: {count / 1e6:.1f} million weights", file=sys.stderr)
    total = sum(1 for _ in part.parameters())
    with tqdm(total=total, desc=f"  {what}", unit=" tensors", leave=False, disable=not sys.stderr.isatty()) as bar:
        fill(part, prefix, noise, bar.update)


def _save(state: dict[str, torch.Tensor], path: Path) -> None:
    try:
        torch.save(state, path)
    except RuntimeError as e:
        if "inline_container" in str(e):  # torch's zip writer, which does not say why it could not write
            raise CaptureError(f"{path.name}: could not be written; is the disk full? Name another folder") from e
        raise
