"""Writing a trained network as files that ship: ONNX in int8, configuration, vocabulary."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import torch

from quotecraft.detect.tagger import CONFIG_FILE, NETWORK_FILE, VOCABULARY_FILE, TaggerConfig
from quotecraft.training.tagger.network import TaggerNetwork

__all__ = ["export_network", "export_tagger"]

_OPSET: Final = 17
_OUTPUTS: Final = ("tags", "cues", "words", "scores")
_QUANTIZED: Final = ("MatMul", "Gemm", "Gather")


def export_network(network: TaggerNetwork, path: Path, *, quantize: bool = True) -> None:
    """Write a network as ONNX.

    Args:
        network: The network.
        path: File to write.
        quantize: Store weights as int8, one scale a channel, and compute with them (dynamic
            quantisation); else as they are in float32.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _export_plain(network.cpu().eval(), plain)
        if not quantize:
            shutil.copyfile(plain, path)
            return
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=list(_QUANTIZED),
            per_channel=True,
            weight_type=QuantType.QInt8,
        )


def _export_plain(network: TaggerNetwork, path: Path) -> None:
    length = 40
    inputs = (
        torch.zeros((2, length), dtype=torch.int64),
        torch.zeros((2, length), dtype=torch.int64),
        torch.zeros((2, 1, 1, length)),
    )
    windows, pieces = "windows", "pieces"
    axes = {name: {0: windows, 1: pieces} for name in ("ids", "marks", *_OUTPUTS)}
    axes["mask"] = {0: windows, 3: pieces}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter is being retired, but is exact here
        torch.onnx.export(
            network,
            inputs,
            str(path),
            input_names=["ids", "marks", "mask"],
            output_names=list(_OUTPUTS),
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )


def export_tagger(
    network: TaggerNetwork, config: TaggerConfig, vocabulary: Path, folder: Path
) -> list[Path]:
    """Write everything that a ``TaggerDetector`` loads.

    Args:
        network: The network.
        config: Thresholds, calibration, biases, name.
        vocabulary: The word-piece tokenizer's ``tokenizer.json``.
        folder: Where to write; made if need be.

    Returns:
        The files, the network first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / NETWORK_FILE, folder / CONFIG_FILE, folder / VOCABULARY_FILE]
    export_network(network, paths[0])
    paths[1].write_text(json.dumps(config.to_record()) + "\n", encoding="utf-8")
    shutil.copyfile(vocabulary, paths[2])
    return paths
