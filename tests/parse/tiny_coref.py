"""A coreference package as Stanza distributes it, tiny and untrained, in a folder of its own.

It is made by Stanza's, transformers' and peft's own code, so that loading it goes the whole way
that a real package goes; only what it finds makes no sense.
"""

import json
import string
from pathlib import Path

PACKAGE = "udcoref_xlm-roberta-lora"


def _transformer(folder: Path) -> str:
    """Make a transformer with one layer whose pieces are single characters."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = [*string.ascii_letters, *string.digits, *string.punctuation, "“", "”", "’", "�"]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=False)
    tokenizer.save_pretrained(folder)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertModel(
        BertConfig(vocab_size=len(vocabulary), intermediate_size=16, **shape)
    ).save_pretrained(folder)
    return str(folder)


def make_package(root: Path) -> None:
    """Write a folder of Stanza resources that holds the coreference package."""
    import torch
    from stanza.models.coref.config import Config
    from stanza.models.coref.model import CorefModel

    torch.manual_seed(1)
    fields = dict.fromkeys(Config.__dataclass_fields__, "")
    fields |= {
        "section": "tiny",
        "device": "cpu",
        "bert_model": _transformer(root / "transformer"),
        "bert_window_size": 64,
        "embedding_size": 4,
        "sp_embedding_size": 64,
        "a_scoring_batch_size": 64,
        "hidden_size": 8,
        "n_hidden_layers": 1,
        "max_span_len": 16,
        "rough_k": 8,
        "lora": True,
        "lora_alpha": 4,
        "lora_rank": 2,
        "lora_dropout": 0.5,
        "lora_target_modules": ["query", "value"],
        "lora_modules_to_save": [],
        "full_pairwise": False,
        "clusters_starts_are_singletons": True,
        "bert_finetune": False,
        "dropout_rate": 0.3,
        "learning_rate": 0.1,
        "bert_learning_rate": 0.1,
        "bert_finetune_begin_epoch": 0.5,
        "train_epochs": 1,
        "plateau_epochs": 0,
        "bce_loss_weight": 0.5,
        "tokenizer_kwargs": {},
        "save_each_checkpoint": False,
        "log_norms": False,
        "singletons": False,
        "max_train_len": 5000,
        "use_zeros": True,
    }
    model = CorefModel(config=Config(**fields), build_optimizers=False)
    with torch.no_grad():  # untrained, it would find nothing at all
        model.rough_scorer.bilinear.weight.mul_(20)
    path = root / "resources" / "en" / "coref" / f"{PACKAGE}.pt"
    model.save_weights(str(path), save_optimizers=False)
    resources = {
        "en": {
            "lang_name": "English",
            "tokenize": {"combined": {"md5": ""}},
            "coref": {PACKAGE: {"md5": ""}},
            "packages": {"default": {"tokenize": "combined", "optional": {"coref": PACKAGE}}},
        }
    }
    (root / "resources" / "resources.json").write_text(json.dumps(resources))
