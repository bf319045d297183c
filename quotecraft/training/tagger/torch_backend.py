"""Runs the network in PyTorch behind the interface of the run-time code."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from quotecraft.detect.pairs import Biases
from quotecraft.detect.scoring import NetworkOutput
from quotecraft.detect.windows import Batch
from quotecraft.training.tagger.network import TaggerNetwork

__all__ = ["TorchNetwork", "biases_of"]


def biases_of(network: TaggerNetwork) -> Biases:
    """Return the network's distance biases as arrays."""

    def table(module: nn.Embedding) -> NDArray[np.float32]:
        values: NDArray[np.float32] = module.weight.detach().float().cpu().numpy()
        return values

    return Biases(
        table(network.distance_bias), table(network.paragraph_bias), table(network.sentence_bias)
    )


class TorchNetwork:
    """A network in evaluation mode, called with numpy batches.

    Args:
        network: The network.
    """

    def __init__(self, network: TaggerNetwork) -> None:
        self._network = network.eval()
        self._device = next(network.parameters()).device
        self.biases = biases_of(network)

    def __call__(self, batch: Batch) -> NetworkOutput:
        """Run it on a batch."""
        inputs = (
            torch.from_numpy(array).to(self._device)
            for array in (batch.ids, batch.marks, batch.mask)
        )
        with torch.inference_mode():
            outputs = self._network(*inputs)
        return NetworkOutput(*(output.float().cpu().numpy() for output in outputs))
