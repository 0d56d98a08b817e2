"""Make samples/ from a model folder, a prompt recording and a full capture of upstream.

    python samples/make_samples.py MODEL_DIR PROMPT_WAV CAPTURE_DIR

Copies the model and the recording as they are, and of the capture everything but
  - the isolated truth of each module (`truth_<part>`), which nothing reads before modules are replayed on their own,
  - taps that tell nothing that a kept one does not: see TELLS_NOTHING.
`order` in the metadata of a trimmed file lists what is left, and `checksums.txt` has the sha256 of every tensor. Needs nothing but Python.
"""

import hashlib
import json
import pathlib
import re
import shutil
import struct
import sys

WHOLE = ["frontend_artifacts", "debug_artifacts", "truth_outputs"]
TAPS = ["taps_llm", "truth_llm_cumulative", "taps_flow", "truth_flow_cumulative", "taps_hift", "truth_hift_cumulative"]
TELLS_NOTHING = [
    # a container's output is its last child's, and a dropout's its input: the outermost name stays
    r".*\.time_embed\.time_mlp(\.2)?",
    r".*\.conv_pos_embed\.conv[12]\.1",
    r".*\.attn\.to_out\.[01]",
    r".*\.ff\.ff(\.[012])?",
    r".*\.ff\.ff\.0\.0",
    # LayerNorms without weights, which the modulated norm around them shows
    r".*\.(attn_norm|norm_out)\.norm",
    # blocks after the first: what they add to the stream, and the stream
    r"flow\.decoder\.estimator\.transformer_blocks\.[1-9]\d*\.(attn_norm\.0|attn\.to_[qkv]|ff_norm|ff\..*)",
    # seven of the ten Euler steps
    r"flow\.decoder\.estimator#[2345678]",
    # repeats of frames and samples
    r"hift\.(f0_upsamp|ups\.\d\.upsample|reflection_pad)",
    # what one linear layer and a tanh make into the source, which stays
    r"hift\.m_source\.(l_sin_gen\.[012]|l_linear|l_tanh|[12])",
    # of three parallel residual blocks the last; of the source's path its end
    r"hift\.resblocks\.[013467]",
    r"hift\.source_downs\.\d",
]
HERE = pathlib.Path(__file__).parent


def read(path):
    """Header and bytes of a safetensors file."""
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def write(path, tensors, metadata):
    """tensors: name -> (dtype, shape, bytes). Sorted, so that the same tensors give the same bytes."""
    header, body = {"__metadata__": dict(sorted(metadata.items()))}, b""
    for name in sorted(tensors, key=lambda name: (-width(tensors[name][0]), name)):     # aligned without gaps
        dtype, shape, data = tensors[name]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % 64)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def width(dtype):
    return int(re.sub(r"\D", "", dtype) or 8) // 8


def copy_capture(source, target, keep):
    header, body = read(source)
    metadata = header.pop("__metadata__", {})
    tensors = {n: (t["dtype"], t["shape"], body[slice(*t["data_offsets"])]) for n, t in header.items() if keep(n)}
    if "order" in metadata:
        metadata["order"] = json.dumps([n for n in json.loads(metadata["order"]) if n in tensors])
    write(target, tensors, metadata)


def write_checksums(folder):
    """One line a tensor: the sha256 of its bytes, its file, its name."""
    lines = []
    for path in sorted(folder.glob("*.safetensors")):
        header, body = read(path)
        for name in sorted(header.keys() - {"__metadata__"}):
            digest = hashlib.sha256(body[slice(*header[name]["data_offsets"])]).hexdigest()
            lines.append(f"{digest} {path.name} {name}\n")
    (folder / "checksums.txt").write_text("".join(lines))


def main():
    model, wav, capture = map(pathlib.Path, sys.argv[1:])
    for folder in ("model", "capture"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
    shutil.copytree(model, HERE / "model", copy_function=shutil.copyfile)
    shutil.copyfile(wav, HERE / "prompt.wav")
    (HERE / "capture").mkdir()
    shutil.copyfile(capture / "debug_artifacts.wav", HERE / "capture" / "debug_artifacts.wav")
    for name in WHOLE:
        copy_capture(capture / f"{name}.safetensors", HERE / "capture" / f"{name}.safetensors", lambda n: True)
    useless = re.compile("|".join(TELLS_NOTHING))
    for name in TAPS:
        copy_capture(capture / f"{name}.safetensors", HERE / "capture" / f"{name}.safetensors", lambda n: not useless.fullmatch(n))
    write_checksums(HERE / "capture")


if __name__ == "__main__":
    main()
