"""What PyTorch's `exponential_` draws on the CPU, of a build with MKL.

    python make_exponential.py OUT.safetensors

float32: `seed.S#k` the k-th draw after `manual_seed(S)`, of as many numbers as it has; `word.W` three numbers drawn where
the Mersenne Twister's next word is W.
"""

import sys

import torch
from safetensors.torch import save_file

DRAWS = {seed: [1, 25] for seed in range(20)} | {1986: [6761, 7, 20003], -1: [800, 801], 1 << 40 | 5: [3, 6761]}
MODULUS = (1 << 31) - 1
WORDS = [0, 1, MODULUS - 65, MODULUS - 64, MODULUS - 1, MODULUS, MODULUS + 1, 2 * MODULUS, (1 << 32) - 1]


def untempered(word):
    """The word of the state that the Mersenne Twister gives out as `word`."""
    word ^= word >> 18
    word ^= word << 15 & 0xEFC60000
    low = word
    for _ in range(4):
        low = word ^ (low << 7 & 0x9D2C5680)
    high = low
    for _ in range(2):
        high = low ^ high >> 11
    return high


def about_to_give(word):
    """A generator that gives `word` next. Of its state, word 2 says where in the words from 3 on it is."""
    generator = torch.Generator().manual_seed(0)
    generator.set_state(generator.get_state())
    torch.empty(1).exponential_(1, generator=generator)
    state = generator.get_state()
    words = state[:5016].view(torch.int64)
    words[3 + words[2]] = untempered(word)
    return generator.set_state(state)


def main(out):
    tensors = {}
    for seed, sizes in DRAWS.items():
        generator = torch.Generator().manual_seed(seed)
        for i, size in enumerate(sizes):
            tensors[f"seed.{seed}#{i}"] = torch.empty(size).exponential_(1, generator=generator)
    for word in WORDS:
        tensors[f"word.{word}"] = torch.empty(3).exponential_(1, generator=about_to_give(word))
    metadata = dict(torch=torch.__version__, cpu_capability=torch.backends.cpu.get_cpu_capability(),
                    threads=str(torch.get_num_threads()), mkl=str(torch.backends.mkl.is_available()))
    save_file(tensors, out, metadata=metadata)
    print({name: tuple(tensor.shape) for name, tensor in tensors.items()}, metadata)


if __name__ == "__main__":
    main(*sys.argv[1:])
