"""Run upstream's Flow on the sample's inputs in the ways that the sample's capture does not show.

    python make_flow_cases.py SAMPLES_DIR OUT.safetensors

For each case the mel [1, 80, frames] in float32, and under `truth.` the same computed in float64, minus it.
Needs an upstream CosyVoice checkout on PYTHONPATH.
"""
import copy
import sys

import torch
from hyperpyyaml import load_hyperpyyaml
from safetensors.torch import load_file, save_file

CASES = dict(final_streaming=dict(streaming=True), chunk=dict(finalize=False), chunk_streaming=dict(finalize=False, streaming=True),
             one_step=dict(n_timesteps=1), seven_steps=dict(n_timesteps=7))


def solve(flow, x, dtype, streaming=False, finalize=True, n_timesteps=10):
    flow = copy.deepcopy(flow).to(dtype)
    forward = flow.decoder.forward
    flow.decoder.forward = lambda **kw: forward(**{**kw, "n_timesteps": n_timesteps})
    length = lambda t: torch.tensor([t.shape[1]], dtype=torch.int32)
    return flow.inference(token=x["token"], token_len=length(x["token"]), prompt_token=x["prompt_token"],
                          prompt_token_len=length(x["prompt_token"]), prompt_feat=x["prompt_feat"].to(dtype),
                          prompt_feat_len=length(x["prompt_feat"]), embedding=x["embedding"].to(dtype),
                          streaming=streaming, finalize=finalize)[0]


def main(samples, out):
    with open(f"{samples}/model/cosyvoice3.yaml") as f:
        flow = load_hyperpyyaml(f, overrides=dict(llm=None, hift=None, qwen_pretrain_path=f"{samples}/model/CosyVoice-BlankEN"))["flow"]
    flow.load_state_dict(torch.load(f"{samples}/model/flow.pt", map_location="cpu"))
    flow.eval()
    x = load_file(f"{samples}/capture/debug_artifacts.safetensors")
    flow.decoder.rand_noise = x["rand_noise"]
    tensors = {}
    for name, options in CASES.items():
        mel = solve(flow, x, torch.float32, **options)
        tensors[name] = mel.contiguous()
        tensors[f"truth.{name}"] = (solve(flow, x, torch.float64, **options).double() - mel.double()).float().contiguous()
    save_file(tensors, out, metadata=dict(torch=torch.__version__, threads=str(torch.get_num_threads()), source="samples/capture"))
    print({k: tuple(v.shape) for k, v in tensors.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
