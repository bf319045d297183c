"""A trained Stanza tokenizer as an ONNX graph.

The graph is what ``stanza.models.tokenization.model.Tokenizer`` computes when it is used: character
embeddings and features, a bidirectional LSTM whose output is damped where a token hardly ends
(hierarchical tokenization, Qi et al. 2018), a second one, and two scores a character. Weights are
kept in half precision, as in the checkpoint, and turned to single precision when it loads.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotecraft.errors import MissingExtraError

__all__ = ["export_onnx"]

_OPSET, _IR_VERSION = 17, 8  # read by every ONNX Runtime since 1.13
_NAME = "quotecraft tokenizer"


def export_onnx(checkpoint: Path, target: Path) -> None:
    """Write the network of a checkpoint as ONNX, with vocabulary and features as metadata.

    Args:
        checkpoint: A checkpoint that ``tokenizer_shipping.shrink`` wrote.
        target: File to write.

    Raises:
        MissingExtraError: If the package ``onnx`` is not installed.
    """
    try:
        from onnx import checker, helper
    except ImportError as error:
        raise MissingExtraError("writing ONNX", "train") from error
    import torch

    record: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    weights = {name: tensor.half().numpy() for name, tensor in record["model"].items()}
    config, vocabulary = record["config"], record["vocab"]["_unit2id"]
    model = helper.make_model(
        _Graph(weights, float(config["hier_invtemp"])).build(),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
        producer_name="quotecraft",
    )
    known = {unit: number for unit, number in vocabulary.items() if len(unit) == 1}
    helper.set_model_props(
        model, {"vocabulary": json.dumps(known), "features": json.dumps(config["feat_funcs"])}
    )
    checker.check_model(model)
    target.write_bytes(model.SerializeToString())


class _Graph:
    """Builds the graph node by node.

    Args:
        weights: The network's weights, by their names in PyTorch.
        damping: Inverse temperature with which token scores damp the first LSTM's output.
    """

    def __init__(self, weights: dict[str, NDArray[np.float16]], damping: float) -> None:
        self._weights = weights
        self._damping = damping
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def build(self) -> Any:  # noqa: ANN401  (onnx has no types)
        from onnx import TensorProto, helper

        embedded = self._node("Gather", self._weight("embeddings.weight"), "ids")
        read = self._node("Concat", embedded, "features", axis=2)
        first = self._lstm("rnn", read)
        scores = self._linear(first, "tok_clf", "sent_clf")
        inverse = self._constant("damping", np.array([-self._damping], dtype=np.float32))
        unlikely = self._node("Mul", self._linear(first, "tok_clf"), inverse)
        one = self._constant("one", np.ones(1, dtype=np.float32))
        kept = self._node("Sub", one, self._node("Sigmoid", unlikely))
        second = self._lstm("rnn2", self._node("Mul", first, kept))
        more = self._linear(second, "tok_clf2", "sent_clf2")
        self._node("Add", scores, more, output="scores")
        inputs = [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["time", "windows"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["time", "windows", None]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["windows"]),
        ]
        output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["time", "windows", 2])
        return helper.make_graph(self._nodes, _NAME, inputs, [output], self._constants)

    def _node(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:  # noqa: ANN401
        from onnx import helper

        output = output or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in {constant.name for constant in self._constants}:
            self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _single(self, name: str, values: NDArray[np.float16]) -> str:
        """Keep values in half precision and use them in single precision."""
        from onnx import TensorProto

        return self._node("Cast", self._constant(name, values), to=TensorProto.FLOAT)

    def _weight(self, name: str) -> str:
        return self._single(name, self._weights[name])

    def _linear(self, inputs: str, *layers: str) -> str:
        """Apply linear layers of one input side by side."""
        name = "+".join(layers)
        matrix = np.concatenate([self._weights[f"{layer}.weight"] for layer in layers])
        product = self._node("MatMul", inputs, self._single(f"{name}.weight", matrix.T))
        biases = [self._weights[f"{layer}.bias"] for layer in layers if self._has_bias(layer)]
        if not biases:
            return product
        return self._node("Add", product, self._single(f"{name}.bias", np.concatenate(biases)))

    def _has_bias(self, layer: str) -> bool:
        return f"{layer}.bias" in self._weights

    def _lstm(self, name: str, inputs: str) -> str:
        """Read both ways; the outputs of the two directions stand side by side."""
        directions = ("l0", "l0_reverse")

        def gates(part: str) -> list[NDArray[np.float16]]:
            return [_gates(self._weights[f"{name}.{part}_{end}"]) for end in directions]

        recurrent = gates("weight_hh")
        biases = np.concatenate([np.stack(gates("bias_ih")), np.stack(gates("bias_hh"))], axis=1)
        size = recurrent[0].shape[1]
        both = self._node(
            "LSTM",
            inputs,
            self._single(f"{name}.W", np.stack(gates("weight_ih"))),
            self._single(f"{name}.R", np.stack(recurrent)),
            self._single(f"{name}.B", biases),
            "lengths",
            hidden_size=size,
            direction="bidirectional",
        )
        beside = self._node("Transpose", both, perm=[0, 2, 1, 3])
        shape = self._constant(f"{name}.shape", np.array([0, 0, 2 * size], dtype=np.int64))
        return self._node("Reshape", beside, shape)


def _gates(values: NDArray[np.float16]) -> NDArray[np.float16]:
    """Turn PyTorch's order of gates (input, forget, cell, output) into ONNX's (i, o, f, c)."""
    into, forget, cell, out = np.split(values, 4)
    return np.concatenate([into, out, forget, cell])
