"""The two networks of the frontend, `campplus.onnx` and `speech_tokenizer_v3.onnx`, in small.

Written node by node: an export by torch holds what its version and the place of the source made of it.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from parity_capture.model_maker.noise import Noise

OPSET, IR_VERSION = 17, 8
DIGITS, BASE = 8, 3
FBANK_BINS, WHISPER_BINS, SPEAKER_DIM = 80, 128, 192


class Net:
    """An ONNX graph under construction: each method adds nodes and returns the name of their result."""

    def __init__(self, name: str, noise: Noise) -> None:
        """`name` goes into the file and names the weights' noise."""
        self.name, self.noise = name, noise
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, op: str, *inputs: str, **attributes: Any) -> str:
        """One node."""
        result = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [result], name=result, **attributes))
        return result

    def constant(self, value: NDArray[np.generic]) -> str:
        """Numbers that are part of the file."""
        result = f"constant_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(value, result))
        return result

    def weight(self, shape: Sequence[int], fan_in: int, gain: float = 1.0) -> str:
        """Noise under which a sum over `fan_in` products has about this gain."""
        return self.noisy(shape, gain / math.sqrt(fan_in))

    def bias(self, size: int) -> str:
        """Noise that is not negligible."""
        return self.noisy([size], 0.05)

    def noisy(self, shape: Sequence[int], deviation: float) -> str:
        """Numbers that depend on the net's name and on how many there were before."""
        name = f"{self.name}.{len(self.weights)}"
        return self.constant(self.noise.normal(name, shape, deviation=deviation))

    def conv(self, x: str, channels: tuple[int, int], kernel: int, padding: int) -> str:
        """From x [B, in, T] to [B, out, about T/2]."""
        weight = self.weight([channels[1], channels[0], kernel], channels[0] * kernel)
        return self.add(
            "Conv", x, weight, self.bias(channels[1]), kernel_shape=[kernel], strides=[2], pads=[padding, padding]
        )

    def gelu(self, x: str) -> str:
        """The exact one, of erf."""
        erf = self.add("Erf", self.add("Mul", x, self.constant(np.array(math.sqrt(0.5), np.float32))))
        half = self.add("Mul", x, self.constant(np.array(0.5, np.float32)))
        return self.add("Mul", half, self.add("Add", erf, self.constant(np.array(1, np.float32))))

    def save(self, path: Path, inputs: Sequence[onnx.ValueInfoProto], output: onnx.ValueInfoProto) -> None:
        """Write the graph; the last node is its output."""
        self.nodes[-1].output[0] = output.name
        graph = helper.make_graph(self.nodes, self.name, inputs, [output], self.weights)
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION, producer_name="parity-capture")
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString(deterministic=True))


def write_speaker_net(path: Path, noise: Noise, width: int) -> None:
    """Fbank `input` [1, T, 80] -> speaker embedding [1, 192]: two strided convolutions and statistics pooling."""
    net = Net("campplus", noise)
    x = net.add("Transpose", "input", perm=[0, 2, 1])
    x = net.add("Relu", net.conv(x, (FBANK_BINS, width), 5, 2))
    x = net.add("Relu", net.conv(x, (width, width), 3, 1))
    mean = net.add("ReduceMean", x, axes=[2], keepdims=1)
    off = net.add("Sub", x, mean)
    variance = net.add("ReduceMean", net.add("Mul", off, off), axes=[2], keepdims=1)
    deviation = net.add("Sqrt", net.add("Add", variance, net.constant(np.array(1e-5, np.float32))))
    pooled = net.add("Flatten", net.add("Concat", mean, deviation, axis=1))
    net.add("Gemm", pooled, net.weight([SPEAKER_DIM, 2 * width], 2 * width), net.bias(SPEAKER_DIM), transB=1)
    net.save(path, [_float("input", [1, "frames", FBANK_BINS])], _float("output", [1, SPEAKER_DIM]))


def write_token_net(path: Path, noise: Noise, width: int) -> None:
    """Whisper's log-mel `feats` [1, 128, T] -> tokens [1, ceil(ceil(T/2)/2)] of 0..6560, finite scalar quantised."""
    net = Net("speech_tokenizer_v3", noise)
    x = net.gelu(net.conv("feats", (WHISPER_BINS, width), 3, 1))
    x = net.gelu(net.conv(x, (width, width), 3, 1))
    x = net.add("Transpose", x, perm=[0, 2, 1])
    # The gain makes tokens differ from frame to frame.
    x = net.add("Add", net.add("MatMul", x, net.weight([width, DIGITS], width, gain=30)), net.bias(DIGITS))
    level = net.add("Mul", net.add("Tanh", x), net.constant(np.array(0.9990000128746033, np.float32)))
    digit = net.add("Add", net.add("Round", level), net.constant(np.array(1, np.float32)))
    place = net.constant(np.array([[BASE**i] for i in range(DIGITS)], np.float32))
    token = net.add("Cast", net.add("MatMul", digit, place), to=TensorProto.INT32)
    token = net.add("Squeeze", token, net.constant(np.array([2], np.int64)))
    two = net.constant(np.array(2, np.int32))
    one = net.constant(np.array(1, np.int32))
    half = net.add("Div", net.add("Add", "feats_length", one), two)
    length = net.add("Div", net.add("Add", half, one), two)
    net.add("Slice", token, net.constant(np.array([0], np.int32)), length, net.constant(np.array([1], np.int32)))
    feats = _float("feats", [1, WHISPER_BINS, "frames"])
    feats_length = helper.make_tensor_value_info("feats_length", TensorProto.INT32, [1])
    tokens = helper.make_tensor_value_info("output", TensorProto.INT32, [1, "tokens"])
    net.save(path, [feats, feats_length], tokens)


def _float(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
