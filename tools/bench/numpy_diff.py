"""Compare two safetensors files as a NumPy script does, block by block in float64, in one process.

    python numpy_diff.py EXPECTED ACTUAL      # a line of JSON a tensor
    python numpy_diff.py --make one|many DIR  # two files of 1 GB to compare, of one tensor or of a thousand

Largest and mean absolute difference, relative L2, cosine, and NaN on either side.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

BLOCK = 1 << 16  # of 2**14 to 2**22 the fastest: three blocks of float64 stay in the second-level cache
ELEMENTS = 1 << 28


def compare(expected, actual):
    largest = total = squares = norm_e = norm_a = products = 0.0
    nan_e = nan_a = 0
    for start in range(0, expected.size, BLOCK):
        e = expected[start : start + BLOCK].astype(np.float64)
        a = actual[start : start + BLOCK].astype(np.float64)
        d = a - e
        nan_e += int(np.isnan(e).sum())
        nan_a += int(np.isnan(a).sum())
        size = np.abs(d)
        largest = max(largest, float(size.max()))
        total += float(size.sum())
        squares += float(d @ d)
        norm_e += float(e @ e)
        norm_a += float(a @ a)
        products += float(e @ a)
    return {
        "max_abs": largest,
        "mean_abs": total / max(expected.size, 1),
        "relative_l2": math.sqrt(squares / norm_e) if norm_e else 0.0,
        "cosine": products / math.sqrt(norm_e * norm_a) if norm_e and norm_a else 1.0,
        "nan": [nan_e, nan_a],
    }


def make(kind, folder):
    random = np.random.default_rng(1)
    expected = random.standard_normal(ELEMENTS, dtype=np.float32)
    actual = expected * (1 + 1e-7 * random.standard_normal(ELEMENTS, dtype=np.float32))
    for side, numbers in (("expected", expected), ("actual", actual)):
        parts = np.array_split(numbers, 1000) if kind == "many" else [numbers.reshape(-1, 4096)]
        tensors = {f"t{i:03d}": part for i, part in enumerate(parts)}
        save_file(tensors, Path(folder) / f"{kind}.{side}.safetensors")


def main():
    if sys.argv[1] == "--make":
        make(sys.argv[2], sys.argv[3])
        return
    with safe_open(sys.argv[1], "np") as expected, safe_open(sys.argv[2], "np") as actual:
        for name in sorted(expected.keys()):
            pair = expected.get_tensor(name).reshape(-1), actual.get_tensor(name).reshape(-1)
            print(json.dumps({"name": name} | compare(*pair)))


if __name__ == "__main__":
    main()
