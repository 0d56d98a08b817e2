"""Attention masks as upstream's DiT makes them (flow/DiT/dit.py:163-169).

    python make_masks.py OUT.safetensors

bool [T, T], a row a frame that looks: `streaming.T` with chunks of 50 frames, `full.T` without.
Needs an upstream CosyVoice checkout on PYTHONPATH.
"""

import sys

import torch
from cosyvoice.utils.mask import add_optional_chunk_mask
from safetensors.torch import save_file

FRAMES = [1, 2, 49, 50, 51, 100, 137]
STATIC_CHUNK_SIZE = 50


def main(out):
    masks = {}
    for size in FRAMES:
        x, mask = torch.zeros(1, size, 8), torch.ones(1, 1, size, dtype=torch.bool)
        masks[f"streaming.{size}"] = add_optional_chunk_mask(x, mask, False, False, 0, STATIC_CHUNK_SIZE, -1)[0]
        full = add_optional_chunk_mask(x, mask, False, False, 0, 0, -1).repeat(1, x.size(1), 1)
        masks[f"full.{size}"] = full[0]
    save_file({k: v.contiguous() for k, v in masks.items()}, out, metadata={"torch": torch.__version__})
    print({k: tuple(v.shape) for k, v in masks.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
