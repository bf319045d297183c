"""The training loop: resumable, by epochs or by the clock, on a CPU core or a GPU."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import torch
from attrs import asdict, field, frozen
from torch import Tensor
from torch.nn import functional

from quotecraft.errors import InputError, WeightsError
from quotecraft.training.tagger.augment import Augmentation
from quotecraft.training.tagger.batches import BatchMaker, Item, TrainingBatch
from quotecraft.training.tagger.data import IGNORED
from quotecraft.training.tagger.network import FROZEN, TaggerNetwork

__all__ = ["Settings", "Trainer", "losses"]

_HEAD_WEIGHT: Final = 8.0  # of the cue-head loss; all loss weights as in our feasibility study
_BIO_WEIGHT: Final = 0.5
_PAIR_SCALE: Final = 12.0  # words of a relation, about: the pair loss is summed over each row
_LAST_RATE: Final = 0.02  # share of the learning rate that is left at the end
_GRADIENT_NORM: Final = 1.0


@frozen
class Settings:
    """Everything that shapes a training run.

    Attributes:
        seed: Of all chance.
        epochs: Most passes over the articles.
        minutes: Planned minutes of training; 0 leaves the plan to ``epochs`` alone. The learning
            rate decays to its end by whichever plan is nearer to its end.
        batch_size: Windows in a batch.
        accumulate: Batches whose gradients are summed before a step.
        encoder_rate: Learning rate of the pretrained layers.
        head_rate: Learning rate of everything new.
        warmup: Steps over which the rates rise.
        weight_decay: AdamW's.
        dropout: Share of activations dropped.
        piece_dropout: Share of word pieces replaced by ``[MASK]``.
        smoothing: Label smoothing of the pair loss.
        average: Decay of the moving average of the weights, which is what gets exported.
        augmentation: How texts are varied.
        excerpts: Excerpts of novels that an epoch sees beside all articles.
        own: How often an epoch sees each of our own texts.
        own_from: Epoch, counted from 0, from which they are seen: late ones weigh most.
        threads: CPU threads.
        bfloat16: Whether to multiply in bfloat16 (mixed precision): twice as fast where the
            processor has instructions for it, slower where it has not.
    """

    seed: int = 1
    epochs: int = 10
    minutes: float = 0.0
    batch_size: int = 8
    accumulate: int = 1
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    warmup: int = 60
    weight_decay: float = 0.01
    dropout: float = 0.1
    piece_dropout: float = 0.02
    smoothing: float = 0.0
    average: float = 0.99
    augmentation: Augmentation = field(factory=Augmentation)
    excerpts: int = 120
    own: int = 2
    own_from: int = 4
    threads: int = 1
    bfloat16: bool = True


def losses(
    network: TaggerNetwork, batch: TrainingBatch, smoothing: float = 0.0
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the cue-head loss, the auxiliary tag loss and the pair loss of a batch."""
    tags, cues, words, scores = network(batch.ids, batch.marks, batch.mask)
    tags = tags[batch.word_window, batch.word_position].float()
    known = batch.is_head != IGNORED
    head = functional.binary_cross_entropy_with_logits(tags[known, 0], batch.is_head[known].float())
    bio = _tag_loss(tags[:, 1:4], batch.content_bio) + _tag_loss(tags[:, 4:7], batch.source_bio)
    pair = torch.zeros((), device=tags.device)
    if len(batch.pair_window):
        window = batch.pair_window[:, None]
        logits = network.score_pairs(
            cues[batch.pair_window, batch.head_position],
            words[window, batch.pair_positions],
            scores[window, batch.pair_positions],
            batch.offsets,
        ).float()
        total = functional.cross_entropy(
            logits.flatten(0, 1),
            batch.pair_labels.flatten(),
            ignore_index=IGNORED,
            reduction="sum",
            label_smoothing=smoothing,
        )
        pair = total / len(batch.pair_window) / _PAIR_SCALE
    return head * _HEAD_WEIGHT, bio * _BIO_WEIGHT, pair


def _tag_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross entropy over the words whose tag is known; 0 without any."""
    total = functional.cross_entropy(logits, labels, ignore_index=IGNORED, reduction="sum")
    return total / (labels != IGNORED).sum().clamp(min=1)


class Trainer:
    """Trains a network, writing checkpoints from which it can go on.

    Args:
        network: The network, its encoder already filled.
        maker: Makes the batches of each epoch.
        settings: The run's settings.
        folder: Where ``checkpoint.pt`` and ``log.jsonl`` are written.
        evaluate: Called with the averaged network between epochs; its figures are logged.
        evaluate_every: Epochs from one evaluation to the next.
    """

    def __init__(
        self,
        network: TaggerNetwork,
        maker: BatchMaker,
        settings: Settings,
        folder: Path,
        *,
        evaluate: Callable[[TaggerNetwork], dict[str, float]] | None = None,
        evaluate_every: int = 1,
    ) -> None:
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = network.to(self.device)
        self.maker = maker
        self.settings = settings
        self.folder = folder
        self.evaluate = evaluate
        self.evaluate_every = evaluate_every
        self.epoch = self.batch = self.step = 0
        self.plans = [settings.epochs]  # planned epochs of this run and those it goes on with
        self.elapsed = 0.0  # seconds spent training, evaluation left out
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not name.startswith(FROZEN))
        self._optimizer, self._rates = self._make_optimizer()
        self._trained = [p for p in network.parameters() if p.requires_grad]
        self.averaged = [p.detach().clone() for p in self._trained]
        self._batches = self._epoch_batches()
        folder.mkdir(parents=True, exist_ok=True)

    def _make_optimizer(self) -> tuple[torch.optim.AdamW, list[float]]:
        pretrained: list[torch.nn.Parameter] = []
        new: list[torch.nn.Parameter] = []
        for name, parameter in self.network.named_parameters():
            if parameter.requires_grad:
                old = name.startswith(("layers.", "embedding_norm.", "type_embedding"))
                (pretrained if old else new).append(parameter)
        rates = [self.settings.encoder_rate, self.settings.head_rate]
        groups = [
            {"params": group, "lr": rate}
            for group, rate in zip((pretrained, new), rates, strict=True)
        ]
        decay = self.settings.weight_decay
        return torch.optim.AdamW(groups, lr=rates[0], weight_decay=decay), rates

    def _epoch_batches(self) -> list[list[Item]]:
        random = Random(f"{self.settings.seed}/{self.epoch}")  # noqa: S311
        settings = self.settings
        return self.maker.epoch(random, settings.own if self.epoch >= settings.own_from else 0)

    @property
    def epochs_done(self) -> float:
        """Passes over the articles so far."""
        return self.epoch + self.batch / max(1, len(self._batches))

    @property
    def progress(self) -> float:
        """Share of the planned training that is done, in [0, 1]."""
        done = self.epochs_done / self.settings.epochs
        if self.settings.minutes:
            done = max(done, self.elapsed / 60 / self.settings.minutes)
        return min(1.0, done)

    def run(self, minutes: float = 0.0, save_every: float = 3.0) -> bool:
        """Train until the plan is fulfilled, or for some minutes.

        Args:
            minutes: Stop and save after so many minutes of this call; 0 for no limit.
            save_every: Minutes between checkpoints.

        Returns:
            Whether the plan is fulfilled.
        """
        torch.set_flush_denormal(True)
        try:
            self._run(minutes, save_every)
        finally:
            torch.set_flush_denormal(False)
        self.save()
        return self.progress >= 1.0

    def _run(self, minutes: float, save_every: float) -> None:
        began = saved = time.monotonic()
        self.network.train()
        figures: list[tuple[float, ...]] = []
        while self.progress < 1.0:
            now = time.monotonic()
            if minutes and now - began > minutes * 60:
                break
            if now - saved > save_every * 60:
                self.save()
                saved = now
            figures.append(self._step())
            self.elapsed += time.monotonic() - now
            if self.step % 50 == 0:
                self._log_losses(figures)
                figures = []
            if self.batch >= len(self._batches):
                self._end_epoch()

    def _step(self) -> tuple[float, ...]:
        settings = self.settings
        sums = [0.0, 0.0, 0.0]
        pieces = 0
        for items in self._batches[self.batch : self.batch + settings.accumulate]:
            batch = self.maker.tensors(items).to(self.device)
            self._drop_pieces(batch)
            with torch.autocast(self.device.type, torch.bfloat16, settings.bfloat16):
                parts = losses(self.network, batch, settings.smoothing)
            torch.autograd.backward(sum(parts[1:], parts[0]) / settings.accumulate)
            sums = [total + float(part.detach()) for total, part in zip(sums, parts, strict=True)]
            pieces += int((batch.mask == 0).sum())
        self.batch += settings.accumulate
        rate = min((self.step + 1) / settings.warmup, max(_LAST_RATE, 1.0 - self.progress))
        for group, base in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = base * rate
        norm = torch.nn.utils.clip_grad_norm_(self._trained, _GRADIENT_NORM)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self.step += 1
        decay = min(settings.average, self.step / (self.step + 10))
        torch._foreach_lerp_(self.averaged, [p.detach() for p in self._trained], 1.0 - decay)
        return (*sums, float(norm), float(pieces))

    def _drop_pieces(self, batch: TrainingBatch) -> None:
        if self.settings.piece_dropout:
            dropped = torch.rand(batch.ids.shape, device=self.device) < self.settings.piece_dropout
            encoder = self.maker.encoder
            special = (batch.ids == encoder.cls_id) | (batch.ids == encoder.sep_id)
            batch.ids[dropped & ~special] = encoder.mask_id

    def _log_losses(self, figures: list[tuple[float, ...]]) -> None:
        head, bio, pair, norm, pieces = (
            sum(column) / len(figures) for column in zip(*figures, strict=True)
        )
        self.log(
            "losses",
            head=head,
            bio=bio,
            pair=pair,
            gradient_norm=norm,
            pieces_per_step=pieces,
            rate=self._optimizer.param_groups[0]["lr"],
        )

    def _end_epoch(self) -> None:
        self.epoch += 1
        self.batch = 0
        if self.evaluate is not None and self.epoch % self.evaluate_every == 0:
            self.network.eval()
            with torch.inference_mode():
                figures = self.evaluate(self.averaged_network())
            self.log("evaluation", **figures)
            self.network.train()
        self._batches = self._epoch_batches()

    def averaged_network(self) -> TaggerNetwork:
        """Return a copy of the network with the moving average of its weights."""
        from copy import deepcopy

        copy = deepcopy(self.network)
        with torch.no_grad():
            trained = [p for p in copy.parameters() if p.requires_grad]
            for parameter, average in zip(trained, self.averaged, strict=True):
                parameter.copy_(average)
        return copy.eval()

    def log(self, event: str, **figures: float) -> None:
        """Append a line to ``log.jsonl``."""
        record = {
            "event": event,
            "step": self.step,
            "epoch": self.epoch,
            "batch": self.batch,
            "batches": len(self._batches),
            "seconds": round(self.elapsed, 1),
            "progress": round(self.progress, 4),
            **{name: round(value, 6) for name, value in figures.items()},
        }
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")

    def save(self) -> None:
        """Write ``checkpoint.pt``: weights, optimizer, chance and place; replaces it at once."""
        path = self.folder / "checkpoint.pt"
        state = {
            "settings": asdict(self.settings),
            "network": self.network.state_dict(),
            "averaged": self.averaged,
            "optimizer": self._optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "place": [self.epoch, self.batch, self.step],
            "elapsed": self.elapsed,
            "plans": self.plans,
        }
        temporary = path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(path)

    def resume(self) -> None:
        """Go on from ``checkpoint.pt``.

        Raises:
            InputError: If there is none.
            WeightsError: If it was made with other settings.
        """
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            raise InputError(f"{path} does not exist: start without --resume")
        state = torch.load(path, map_location=self.device, weights_only=True)
        planned = {"epochs", "minutes", "threads"}
        ours, theirs = asdict(self.settings), state["settings"]
        if changed := [k for k in ours if k not in planned and ours[k] != theirs[k]]:
            raise WeightsError(f"{path} was made with other settings: {', '.join(changed)} differ")
        self.network.load_state_dict(state["network"])
        self.averaged = [tensor.to(self.device) for tensor in state["averaged"]]
        self._optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.epoch, self.batch, self.step = state["place"]
        self.elapsed = state["elapsed"]
        plans, epochs = state["plans"], self.settings.epochs
        self.plans = plans if plans[-1] == epochs else [*plans, epochs]
        self._batches = self._epoch_batches()
