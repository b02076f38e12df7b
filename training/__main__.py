"""The steps of training: `python -m training STEP`.

fetch       the encoder's weights and vocabulary (two packages, about 95 MB)
prepare     what the program finds in the annotated units
train       a reader on all parts but one (--fold 0, 1, 2, or all)
predict     what the reader of each fold says of the units it has not seen
calibrate   the weights of every question, from these; with --with FILE those that ship, fitted
            again on what persons decided: prints the gain, changes nothing without --write
check       figures of weights fitted without a fold, on it; how right each certainty is; what each
            piece of evidence gains
export      the mean of the readers of SHIPPED, as it ships
relevance   the quick look at an article that says whether it is read, with its figures
report      figures of a part, by the scorer of the gold folder
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training.corpus import FOLDS, WORK, own_units, part_of, real_units

FILES = (WORK / "real.pkl", WORK / "own.pkl")
SHIPPED = ("all", "0")  # the readers whose mean ships


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; each is done again from its start when it is asked again."""
    asked = _parser().parse_args(arguments)
    STEPS[asked.step](asked)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=list(STEPS))
    parser.add_argument("--fold", default="all", help="the part that is left out: 0, 1, 2; or all")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--again",
        action="store_true",
        help="train: go on from the reader of this fold, at half the rate",
    )
    parser.add_argument(
        "--with", type=Path, metavar="FILE", dest="decisions",
        help="calibrate: persons' decisions, as 'python -m loaders edits gold FILE' writes them",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help="calibrate --with: keep the weights")
    return parser


def _fetch(_: argparse.Namespace) -> None:
    from training.fetch import fetch

    for path in fetch():
        print(path)


def _prepare(_: argparse.Namespace) -> None:
    from training.prepare import prepare

    for units, path in zip((real_units(), own_units()), FILES, strict=True):
        print(path, prepare(units, path))


def _train(asked: argparse.Namespace) -> None:
    from training.checkpoints import load, save, tokenizer, weights_file
    from training.train import Setting, Trainer, examples

    kept = {"test", "held", asked.fold}
    train = [e for e in examples(list(FILES), tokenizer()) if e.part not in kept]
    setting = Setting(epochs=asked.epochs, seed=asked.seed, threads=asked.threads)
    if asked.again:
        trainer = load(weights_file(asked.fold))
        trainer.setting = replace(setting, rate=setting.rate / 2)
    else:
        trainer = Trainer(setting)
    trainer.train(train, WORK / f"reader-{asked.fold}.log")
    save(trainer, weights_file(asked.fold))


def _predict(_: argparse.Namespace) -> None:
    from training.checkpoints import weights_file
    from training.predict import predict

    for fold in map(str, range(FOLDS)):
        if weights_file(fold).exists():
            print(f"fold {fold}: {predict(fold, FILES)} units")


def _calibrate(asked: argparse.Namespace) -> None:
    if asked.decisions:
        _calibrate_again(asked)
        return
    from training.calibrate import read_seen
    from training.checkpoints import seen_file
    from training.cross_fit import measured
    from training.fit import fit_all
    from training.write import write

    paths = [seen_file(str(fold)) for fold in range(FOLDS)]
    seen = list(read_seen(path for path in paths if path.exists()))
    write(fit_all(seen), measured(seen))


def _calibrate_again(asked: argparse.Namespace) -> None:
    from events.certainty import Measured
    from loaders.linking.weights import weights
    from training.decisions import read_units, refit, seen_of
    from training.write import write

    units = read_units(asked.decisions)
    found, gains = refit(seen_of(units), weights())
    for gain in gains:
        print(gain)
    taken = [gain.question for gain in gains if gain.taken]
    if asked.write and taken:  # what was measured held for the weights before
        write(found, Measured(1, 0.0), measured_at=0.0)
    print(
        f"{len(units)} articles; changed: {', '.join(taken) or 'nothing'}"
        f"{'' if asked.write else '; nothing was written (--write)'}"
    )


def _check(_: argparse.Namespace) -> None:
    from training.calibrate import read_seen
    from training.checkpoints import seen_file
    from training.cross_fit import cross_fitted, evidence_gain, reliability, score_table
    from training.fit import THRESHOLDS

    paths = [seen_file(str(fold)) for fold in range(FOLDS)]
    seen = list(read_seen(path for path in paths if path.exists()))
    told = cross_fitted(seen)
    print(score_table(told))
    for name, low, count, sure, right in reliability(told, THRESHOLDS["told"]):
        print(f"{name} from {low:.1f}: {count} acts, certainty {sure:.2f}, right {right:.2f}")
    for question, name, gain, error in evidence_gain(seen):
        print(f"{question}: {name}: {gain:.2f} +- {error:.2f}")


def _export(_: argparse.Namespace) -> None:
    from training.checkpoints import average, weights_file
    from training.export import ship

    ship(average([weights_file(fold) for fold in SHIPPED]), FILES)


def _report(asked: argparse.Namespace) -> None:
    from training.report import report

    ids = [unit["id"] for unit in real_units() if part_of(unit) == asked.fold]
    print(report(ids, Path(sys.executable)))


def _relevance(_: argparse.Namespace) -> None:
    from training.relevance import run

    for what, share in run().items():
        print(f"{what}: {share:.1%}")


STEPS = {
    "fetch": _fetch,
    "prepare": _prepare,
    "train": _train,
    "predict": _predict,
    "calibrate": _calibrate,
    "check": _check,
    "export": _export,
    "relevance": _relevance,
    "report": _report,
}

if __name__ == "__main__":
    sys.exit(main())
