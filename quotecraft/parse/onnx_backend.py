"""The shipped tokenizer's network in ONNX Runtime.

It is Stanza's network with the weights that Stanza's trainer learnt, written as ONNX by
``quotecraft.training.tokenizer_onnx``. It gives the labels that Stanza gives, twice as fast, and
starts in a tenth of the time, since neither Stanza nor PyTorch has to be imported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quotecraft.errors import WeightsError
from quotecraft.parse.characters import FEATURES, Integers, Matrix
from quotecraft.parse.decoding import INSIDE, SENTENCE_END, TOKEN_END

__all__ = ["OnnxNetwork"]


class OnnxNetwork:
    """Labels characters in ONNX Runtime, on one thread; one session serves all threads.

    Args:
        path: The ``.onnx`` file.

    Raises:
        WeightsError: If it is no tokenizer of ours.
    """

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            metadata = self._session.get_modelmeta().custom_metadata_map
            units: dict[str, int] = json.loads(metadata["vocabulary"])
            features = tuple(json.loads(metadata["features"]))
        except Exception as error:  # ONNX Runtime's errors have no public root
            raise WeightsError(
                f"{path} is no tokenizer of quotecraft's ({type(error).__name__}: {error}); "
                "reinstall: pip install --force-reinstall quotecraft"
            ) from error
        if features != FEATURES:
            raise WeightsError(f"{path} was trained with the features {features}, not {FEATURES}")
        self._vocabulary = units

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The number of each character that it knows."""
        return self._vocabulary

    def label(self, ids: Integers, features: Matrix, lengths: Sequence[int]) -> NDArray[np.int8]:
        """Return the most likely label of each character, as ``CharacterNetwork`` says."""
        inputs = {
            "ids": np.ascontiguousarray(ids.T),
            "features": np.ascontiguousarray(features.transpose(1, 0, 2)),
            "lengths": np.array(lengths, dtype=np.int32),
        }
        (scores,) = self._session.run(["scores"], inputs)
        token, sentence = scores[..., 0].T, scores[..., 1].T
        # An end of a token is an end of a sentence too if its score is above 0; either way its
        # log probability is below that of ending a token, so both are compared with not ending.
        none = _log_sigmoid(-token)
        ends = _log_sigmoid(token) + _log_sigmoid(np.abs(sentence))
        found = np.where(sentence > 0, SENTENCE_END, TOKEN_END)
        labels: NDArray[np.int8] = np.where(ends > none, found, INSIDE).astype(np.int8)
        return labels


def _log_sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = -np.logaddexp(np.float32(0), -scores)
    return result
