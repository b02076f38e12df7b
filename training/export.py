"""A trained reader as one ONNX file in 8 bits, with the vocabulary that its languages need."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from wordfreq import top_n_list

from loaders.acts.network import ACT_OUTPUTS, FOLDER, MODEL, TYPES_NAMED, VOCABULARY
from training.checkpoints import tokenizer
from training.corpus import CLASSES, WORK
from training.network import HIDDEN, ActStates, Reader
from training.prepare import prepared
from training.train import Trainer

SPECIALS = 4  # <s>, <pad>, </s>, <unk>
COMMONEST = 25_000  # words of each language whose pieces are kept
LANGUAGES = ("fr", "en", "de", "es", "ru", "uk")
SCRIPTS = ("LATIN", "CYRILLIC", "DIGIT")
OPSET = 17


class Whole(nn.Module):
    """Encoder and heads behind one set of inputs, so that they stand in one file."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, h: Tensor, *told: Tensor) -> tuple[Tensor, ...]:
        encoder = self.reader.encoder
        x = encoder.embed(ids)
        bias = torch.zeros(1, 1, 1, 1)
        for layer in encoder.layers:
            x = layer(x, bias)
        said: ActStates = self.reader.heads(h, *told)
        return (x, self.reader.types(h), *(getattr(said, name) for name in ACT_OUTPUTS))


def pieces_in_use(tokenizer: Tokenizer, texts: Iterable[str]) -> set[int]:
    """Pieces of the texts and of the commonest words of the languages, as written and capital."""
    words = [w for lang in LANGUAGES for w in top_n_list(lang, COMMONEST)]
    every = [*texts, *words, *(word.capitalize() for word in words)]
    found = tokenizer.encode_batch(every, add_special_tokens=False)
    return {piece for encoded in found for piece in encoded.ids}


def pruned(tokenizer: dict[str, Any], used: set[int]) -> tuple[dict[str, Any], list[int]]:
    """(the vocabulary with the used pieces and single letters, the old numbers of those kept)."""
    rows = tokenizer["model"]["vocab"]
    keep = [n for n, (piece, _) in enumerate(rows) if n < SPECIALS or n in used or _letter(piece)]
    new = {old: number for number, old in enumerate(keep)}
    added = [a for a in tokenizer["added_tokens"] if a["id"] in new]
    kept = json.loads(json.dumps(tokenizer))
    kept["model"]["vocab"] = [rows[n] for n in keep]
    kept["added_tokens"] = [a | {"id": new[a["id"]]} for a in added]
    kept["post_processor"] = None
    return kept, keep


def _letter(piece: str) -> bool:
    """Whether a piece is one letter, digit or mark of the scripts that are read."""
    bare = piece.strip("▁")
    if len(bare) != 1:
        return False
    name = unicodedata.name(bare, "")
    mark = unicodedata.category(bare)[0] in "PS" and ord(bare) < 0x2200
    return mark or any(script in name for script in SCRIPTS)


def export(reader: Reader, keep: list[int], path: Path) -> None:
    """Write the reader with the kept pieces alone, in 8 bits (AVX2 without VNNI: 7 used)."""
    word = reader.encoder.word
    reader.encoder.word = nn.Embedding.from_pretrained(word.weight[keep], freeze=True)
    plain = path.with_suffix(".full.onnx")
    inputs, axes = _inputs()
    with torch.no_grad():
        torch.onnx.export(
            Whole(reader.eval()),
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=["states", "types", *ACT_OUTPUTS],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    plain.unlink()
    _name_types(path)


def _name_types(path: Path) -> None:
    """Write the types into the file, in the order of its classes: the ontology may grow."""
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {TYPES_NAMED: ",".join(CLASSES[1:])})
    onnx.save(model, path)


def _inputs() -> tuple[dict[str, Tensor], dict[str, dict[int, str]]]:
    """(example inputs in the order of Whole.forward, their axes of any length)."""
    acts, parties, dates, places, words, near = 3, 4, 2, 5, 90, 65

    def whole(*size: int) -> Tensor:
        return torch.zeros(*size, dtype=torch.long)

    given: dict[str, Tensor] = {
        "ids": whole(1, 17),
        "h": torch.zeros(words, HIDDEN),
        "near": whole(acts, near),
        "marked": whole(acts, near),
        "kinds": whole(acts, near),
        "party_words": whole(parties, 2),
        "parties": whole(acts, parties, 5),
        "date_words": whole(dates, 2),
        "dates": whole(acts, dates, 5),
        "place_words": whole(places, 2),
        "places_near": whole(acts, places, 4),
        "has_day": torch.ones(()),
    }
    axes = {
        "ids": {1: "pieces"},
        "h": {0: "words"},
        **{name: {0: "acts"} for name in ("near", "marked", "kinds")},
        "party_words": {0: "parties"},
        "parties": {0: "acts", 1: "parties"},
        "date_words": {0: "dates"},
        "dates": {0: "acts", 1: "dates"},
        "place_words": {0: "places"},
        "places_near": {0: "acts", 1: "places"},
    }
    return given, axes


def ship(trainer: Trainer, units: Iterable[Path], folder: Path = FOLDER) -> tuple[Path, Path]:
    """Write model and vocabulary where the program looks for them, or into another folder; returns
    both paths. units: prepared files, whose pieces are kept."""
    whole = json.loads((WORK / "tokenizer.json").read_text(encoding="utf-8"))
    used = pieces_in_use(tokenizer(), (given.text for _, given in prepared(units)))
    vocabulary, keep = pruned(whole, used)
    folder.mkdir(parents=True, exist_ok=True)
    model, words = folder / MODEL.name, folder / VOCABULARY.name
    words.write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    export(trainer.model, keep, model)
    return model, words
