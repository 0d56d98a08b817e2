"""Writes the files beside it, as PyTorch 2.3.1 and NumPy 1.26 write them: `python make_fixtures.py`.

Element i of every tensor is i, in its own type (booleans: i % 2), so that tests need no table.
"""
import collections
import json
import os
import struct
import zipfile

import numpy as np
import torch

DTYPES = ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"]


def count(n, dtype):
    return torch.arange(n).remainder(2).bool() if dtype == "bool" else torch.arange(n).to(getattr(torch, dtype))


base = torch.arange(24, dtype=torch.float32)
state = collections.OrderedDict((dtype, count(6, dtype).reshape(2, 3)) for dtype in DTYPES)
state |= {
    "scalar": torch.tensor(7.0),
    "empty": torch.zeros(0, 3),
    "whole": base.reshape(2, 3, 4),
    "row": base.reshape(2, 3, 4)[1],
    "transposed": base.reshape(4, 6).T,
    "permuted": base.reshape(2, 3, 4).permute(2, 0, 1),
    "every_second": base[1::2],
    "overlapping": base.as_strided((3, 4), (1, 1), 2),
    "expanded": base[5].expand(2, 3),
    "parameter": torch.nn.Parameter(base[:2]),
    "buffer": torch.nn.Buffer(base[:2]) if hasattr(torch.nn, "Buffer") else base[:2],
    "epoch": 3, "big": 1 << 40, "negative": -5, "rate": 0.5, "note": "text", "none": None, "flag": True, "list": [1, "two", base[:1]],
}
state._metadata = collections.OrderedDict({"": {"version": 1}})
torch.save(state, "torch.pt")
torch.save({"weight": base[:3]}, "legacy.pt", _use_new_zipfile_serialization=False)
torch.save({"model": dict(state), "epoch": 1}, "nested.pt")
torch.save(torch.nn.Linear(2, 1), "module.pt")

arrays = {dtype: count(6, dtype).reshape(2, 3).numpy() for dtype in DTYPES if dtype != "bfloat16"}
arrays |= {"scalar": np.float32(7), "empty": np.zeros((0, 3), np.float32), "columns": np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))}
np.savez("numpy.npz", **arrays)
np.savez_compressed("numpy_compressed.npz", **arrays)
np.save("single.npy", np.arange(6, dtype=np.int32).reshape(2, 3))
np.savez("big_endian.npz", x=np.arange(3, dtype=">f4"))
np.savez("objects.npz", x=np.array([{}, None], dtype=object))

# What the fuzz tests start from, and run in every build.
header = {"__metadata__": {"k": "v"},
          "a": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
          "b": {"dtype": "U8", "shape": [], "data_offsets": [8, 9]}}
header = json.dumps(header).encode()


def seed(test, name, content):
    folder = f"ReadersFuzzTestInputs/open_any{test}_readsOrRefuses"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{name}", "wb") as f:
        f.write(content)


for name in "torch.pt", "nested.pt":
    seed("Pickle", f"{name}.pkl", zipfile.ZipFile(name).read(f"{name[:-3]}/data.pkl"))
for name in "single.npy", "legacy.pt", "big_endian.npz", "objects.npz":
    seed("Bytes", name, open(name, "rb").read())
seed("Bytes", "two.safetensors", struct.pack("<q", len(header)) + header + bytes(9))
seed("SafetensorsHeader", "two", header[1:] + struct.pack("<i", 9))
seed("Array", "single.npy", open("single.npy", "rb").read())
seed("Array", "columns.npy", zipfile.ZipFile("numpy.npz").read("columns.npy"))
