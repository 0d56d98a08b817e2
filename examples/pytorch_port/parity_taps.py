"""Gives the harness what it asks of a port in Python: PyTorch, NumPy, JAX. It needs safetensors and NumPy.

    taps = Taps.of_command()                   # --in {inputs} --out {outputs}
    taps.hook(flow, "flow")                    # PyTorch: every module, under its own path
    taps.keep("flow.encoder_proj", array)      # anything else, once a call
    taps.write()

What is not asked for costs nothing: a tensor is kept only if expected.json names it. The k-th call of a module is
counted here, so keep() and hook() are told of all calls, in their order.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file


class Taps:
    """What the harness gave, and what it is given."""

    def __init__(self, inputs, outputs):
        """Read what is in the folder `inputs`; write() puts tensors into the folder `outputs`."""
        self.outputs = Path(outputs)
        self.settings = json.loads((Path(inputs) / "settings.json").read_text())
        self.inputs = load_file(Path(inputs) / "inputs.safetensors")
        self.wanted = {each["name"] for each in json.loads((Path(inputs) / "expected.json").read_text())}
        self.kept = {}
        self._calls = Counter()

    @classmethod
    def of_command(cls):
        """Of the command line `--in {inputs} --out {outputs}`."""
        parser = argparse.ArgumentParser()
        parser.add_argument("--in", dest="inputs", required=True)
        parser.add_argument("--out", dest="outputs", required=True)
        given = parser.parse_args()
        return cls(given.inputs, given.outputs)

    @property
    def stage(self):
        """Of text, frontend, llm, flow, hift the one that is asked for."""
        return self.settings["stage"]

    @property
    def model(self):
        """The model's folder."""
        return Path(self.settings["model_dir"])

    def keep(self, path, value):
        """Keep what the module at `path` returned in its next call; a tuple is its several outputs. Returns it."""
        call = self._calls[path]
        self._calls[path] += 1
        several = isinstance(value, (tuple, list))
        for name, each in ((f"{path}.{i}", v) for i, v in enumerate(value)) if several else [(path, value)]:
            # What a capture has of one call alone has no number.
            for wanted in (name, f"{name}#{call}"):
                if wanted in self.wanted and wanted not in self.kept:
                    self.kept[wanted] = _array(each)
        return value

    def hook(self, module, prefix, rename=None):
        """Keep what all modules below a torch.nn.Module return; `rename` makes the capture's paths of the port's."""
        for path, child in module.named_modules():
            there = f"{prefix}.{path}" if path else prefix
            there = rename(there) if rename else there
            child.register_forward_hook(lambda _, __, output, there=there: self._took(there, output))

    def _took(self, path, output):
        self.keep(path, output)

    def write(self):
        """Write all that was kept."""
        save_file(self.kept, self.outputs / "port.safetensors")


def _array(value):
    """A contiguous array of a tensor of any library; bfloat16, which NumPy has not, as float32."""
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        value = value.float() if str(value.dtype) == "torch.bfloat16" else value
        value = value.numpy()
    # A copy: what a port computes in place later is not what it returned.
    return np.array(value, order="C")
