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

# Everything that a checkpoint may hold beside and around tensors.
three = torch.arange(3, dtype=torch.float32)
with_state = torch.nn.Parameter(three + 10)
with_state.tag, with_state.scale = "kept", three + 20
with_attribute = three + 30
with_attribute.note = "hangs on"
metadata = collections.OrderedDict({"": {"version": 1}})
state = collections.OrderedDict(weight=three)
state._metadata = metadata
torch.save({
    "nested": {"y": three + 1, "deep": {"z": three + 2}},
    "list": [three + 3, "beside", (three + 4, 5)],
    "tuple": (three + 5,),
    3: {"x": three + 6}, 2.5: three + 7, None: three + 8, (1, "a"): three + 9, b"k": three + 11,
    "a.b": three + 40, "a": {"b": three + 41}, "1": "text", 1: "number",
    "parameter": with_state, "attribute": with_attribute, "state": state,
    "epoch": 3, "big": 1 << 70, "seed": (1 << 64) - 1, "rate": 0.5, "flag": True, "none": None, "note": "two\nlines",
    "bytes": b"ab\xff", "no bytes": b"", "bytearray": bytearray(b"ab"), "set": {1, 2}, "frozen": frozenset(["a"]), "complex": 1 + 2j,
    "floats": [0.5, 1.5, -2.5], "mixed": [1, "two", (None, True)], "empty list": [], "empty dict": {},
    "params": [{"lr": 0.1, "params": [0, 1]}],
    "size": three.shape, "device": torch.device("cpu"), "dtype": torch.float32, "layout": torch.strided,
    "counter": collections.Counter("aab"), "default": collections.defaultdict(list, a=[1]), "range": range(3),
    "numpy scalar": np.float64(1.5), "numpy array": np.arange(3), "numpy texts": np.array(["a", "bc"]), "numpy dtype": np.dtype("f4"),
    "quantised": torch.quantize_per_tensor(three, 0.1, 0, torch.qint8),
    "channels": torch.quantize_per_channel(torch.ones(2, 3), torch.ones(2), torch.zeros(2), 0, torch.qint8),
    "sparse": torch.eye(3).to_sparse(), "csr": torch.eye(3).to_sparse_csr(), "ragged": torch.nested.nested_tensor([three, three[:2]]),
    "meta": torch.zeros(2, device="meta"), "storage": three.clone().untyped_storage(), "fnuz": torch.ones(2).to(torch.float8_e5m2fnuz),
}, "everything.pt")
torch.save(base.reshape(4, 6), "bare.pt")
torch.save([three, {"x": three + 1}, 5], "bare_list.pt")
torch.save(0.5, "bare_value.pt")
torch.save({"name": [0.5] * 192}, "spk2embedding.pt")
for protocol in 3, 4, 5:
    torch.save({"w": three, "p": torch.nn.Parameter(three + 1), "s": {1}, "f": frozenset([2]), "b": b"abc", "a": bytearray(b"x"),
                "n": (1, (2.5,)), "o": state}, f"protocol{protocol}.pt", pickle_protocol=protocol)

# Views whose signs torch.load turns, each with what it reads as.
lazy = {}
for dtype in DTYPES[:-1] + ["complex64", "complex128"]:
    numbers = torch.tensor([-2, -1, 0, 1, 2, 100]).to(getattr(torch, dtype))
    if numbers.is_complex():
        numbers = torch.complex(numbers.real, numbers.real.flip(0) + 3)
        lazy |= {f"{dtype}.conj": numbers.conj(), f"{dtype}.conj_turned": numbers.reshape(2, 3).T.conj(), f"{dtype}.both": torch._neg_view(numbers.conj())}
        lazy[f"{dtype}.imag"] = numbers.clone().conj().imag
    lazy |= {f"{dtype}.neg": torch._neg_view(numbers), f"{dtype}.neg_turned": torch._neg_view(numbers.reshape(2, 3).T), f"{dtype}.plain": numbers}
lazy |= {"nan.neg": torch._neg_view(torch.tensor([float("nan"), float("inf"), -0.0])), "scalar.neg": torch._neg_view(torch.tensor(3.0)), "empty.neg": torch._neg_view(torch.zeros(0, 2))}
torch.save(lazy | {f"{name} resolved": view.resolve_conj().resolve_neg().clone(memory_format=torch.contiguous_format) for name, view in lazy.items()}, "lazy.pt")
torch.save({"bool": torch._neg_view(torch.ones(2, dtype=torch.bool))}, "neg_bool.pt")

# All bytes as float8, and what PyTorch widens them to.
octets = torch.arange(256, dtype=torch.uint8)
float8 = {name: octets.view(getattr(torch, name)) for name in ["float8_e4m3fn", "float8_e5m2"]}
torch.save(float8 | {f"{name} widened": values.float() for name, values in float8.items()}, "float8.pt")

# Arrays of every kind; what is a number is 0 to 5.
six = np.arange(6)
kinds = {f"big_{name}": six.astype(f">{name}") for name in ["f8", "f4", "f2", "i8", "i4", "i2", "u8", "u4", "u2", "c16", "c8"]}
kinds |= {f"little_{name}": six.astype(f"<{name}") for name in ["u8", "u4", "u2", "c16", "c8"]}
kinds |= {"big_columns": np.asfortranarray(six.reshape(2, 3).astype(">f4")), "columns_c8": np.asfortranarray(six.reshape(2, 3).astype("<c8"))}
kinds["bfloat16"] = (six.astype("<f4").view("<u4") >> 16).astype("<u2").view("V2")
kinds |= {"text": np.array(["a", "bcd"]), "bytes": np.array([b"a"]), "objects": np.array([{}, None], dtype=object), "date": np.array(["2020-01-01"], "M8[s]"),
          "duration": np.array([5], "m8[ms]"), "record": np.zeros(2, [("a", "<f4"), ("b", "<i2", (2,))]), "long_double": np.zeros(2, "g"),
          "float8": np.zeros(3, "V1"), "void": np.zeros(2, "V3"), "text_columns": np.asfortranarray(np.array([["a", "b"], ["c", "d"]])), "scalar_text": np.array("abc")}
np.savez("kinds.npz", **kinds)

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


for name in "torch.pt", "nested.pt", "everything.pt", "lazy.pt", "bare.pt", "bare_list.pt", "protocol4.pt", "protocol5.pt", "float8.pt":
    seed("Pickle", f"{name}.pkl", zipfile.ZipFile(name).read(f"{name[:-3]}/data.pkl"))
for name in "single.npy", "legacy.pt", "big_endian.npz", "objects.npz", "kinds.npz", "bare.pt", "neg_bool.pt":
    seed("Bytes", name, open(name, "rb").read())
seed("Bytes", "two.safetensors", struct.pack("<q", len(header)) + header + bytes(9))
seed("SafetensorsHeader", "two", header[1:] + struct.pack("<i", 9))
for name, text in {
    "others": '"__metadata__":null,"a":{"dtype":"F4","shape":[3,2],"data_offsets":[0,3]},"b":{"dtype":"X","shape":[2],"data_offsets":[3,9]}}',
    "complex": '"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F8_E8M0","shape":[1],"data_offsets":[8,9]}}',
}.items():
    seed("SafetensorsHeader", name, text.encode() + struct.pack("<i", 9))
seed("Array", "single.npy", open("single.npy", "rb").read())
seed("Array", "columns.npy", zipfile.ZipFile("numpy.npz").read("columns.npy"))
for name in "text", "record", "objects", "big_c16", "bfloat16", "text_columns":
    seed("Array", f"{name}.npy", zipfile.ZipFile("kinds.npz").read(f"{name}.npy"))
seed("Array", "python2.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", 56) + b'{"descr": "<f4", "fortran_order": False, "shape": (1L,)}' + bytes(4))
