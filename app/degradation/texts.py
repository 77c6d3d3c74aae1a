"""What the degradation lab says: its table, its state, its result, the words along its axes."""

from __future__ import annotations

from app.degradation.record import PRESETS, NetworkRow, Record
from app.i18n import sentence
from app.i18n import tr as _tr
from app.widgets._results import percent
from app.widgets.degradation_table import TableRow

_PAPER_EPOCHS = 164  # 64,000 batches of 128 of 50,000 pictures


def table_row(row: NetworkRow, token: str, strong: bool) -> TableRow:
    published, where = "–", ""
    if row.published is not None:
        where, error = row.published.where, 100 * row.published.error
        published = f"≈ {error:.1f} %" if row.published.read_off else f"{error:.2f} %"
    return TableRow(
        row.name,
        token,
        strong,
        "–" if row.state == "none" else f"{row.epochs:g}",
        "–" if row.train_error is None else percent(row.train_error),
        "–" if row.validation_error is None else percent(row.validation_error),
        published,
        "–" if row.growth is None else times(row.growth),
        _tr(where),
    )


def about_published(depths: tuple[int, ...]) -> str:
    if depths == PRESETS[0]:
        return _tr(
            "He et al.: errors on CIFAR-10’s test pictures after 64,000 batches of 128, 164 epochs of 50,000 pictures "
            "(table 6; ≈: read off figure 6). Ours: averages while an epoch was trained, with crops and flips, and "
            "errors on pictures kept aside."
        )
    return _tr(
        "He et al.: these networks on ImageNet (table 2, ten crops), which is harder than what is trained here: "
        "compare the order, not the size. Ours: averages while an epoch was trained, with crops and flips, and "
        "errors on pictures kept aside."
    )


def data_text(record: Record) -> str:
    if record.data.path is None:
        return _tr("No pictures to train on yet")
    name = "CIFAR-10" if record.data.kind == "cifar10" else record.data.path.name
    return f"{name} · {record.data.path}"


def status_text(record: Record, *, stopping: bool) -> str:
    """The line at the foot of the window; `stopping`: it was told to, and has not ended yet."""
    if record.running and stopping:
        return _tr("Stopping after the batch under way …")
    if record.running:
        doing = sentence(record.progress) or _tr("Measuring the untrained networks …")
        return f"{doing} · {_tr('You can close this window: it goes on.')}"
    if record.problem or record.data.problem:
        return sentence(record.problem or record.data.problem)
    if record.finished:
        return _tr("All four networks are trained.")
    if record.begun:
        return _tr("Stopped. Continue goes on where it was.")
    return _tr("The first measurements take seconds; the training takes hours on a processor without a GPU.")


def summary(record: Record) -> str:
    """What the trained networks show, in a sentence; "" before two depths of a kind were trained equally long."""
    texts, epochs, against = [], 0.0, False
    for plain in (True, False):
        pair = [row for row in record.rows if row.is_plain == plain and row.train_error is not None]
        if len(pair) != 2 or pair[0].epochs != pair[1].epochs:
            continue
        shallow, deep = (row.train_error or 0.0 for row in pair)
        points, epochs = round(100 * (deep - shallow), 1), pair[0].epochs
        words = (
            _tr("the deeper {kind} network’s training error is {points} points higher")
            if points > 0
            else _tr("the deeper {kind} network’s training error is {points} points lower")
            if points < 0
            else _tr("the deeper {kind} network’s training error is the same")
        )
        kind = _tr("plain") if plain else _tr("residual")
        texts.append(words.format(kind=kind, points=f"{abs(points):.1f}"))
        against = against or (points <= 0 if plain else points > 0)
    if not texts:
        return ""
    frame = _tr("After one epoch {what}.") if epochs == 1 else _tr("After {epochs} epochs {what}.")
    sentence = frame.format(epochs=f"{epochs:g}", what=_tr("; ").join(texts))
    if against and epochs < _PAPER_EPOCHS:
        # Not what the captions say: deep networks are the slower ones at first.
        sentence += " " + _tr("The paper’s networks had 164 epochs; so short a training can’t show it.")
    return sentence


def relative(norms: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    """Norms by place in the network, 0 … 1, as multiples of the last block's."""
    if len(norms) < 2 or norms[-1] <= 0:
        return ()
    return tuple((place / (len(norms) - 1), norm / norms[-1]) for place, norm in enumerate(norms))


def epoch(value: float) -> str:
    return f"{value:.3g}"


def share(value: float) -> str:
    return f"{100 * value:.3g} %"


def depth(value: float) -> str:
    return _tr("{0} % of the way").format(f"{100 * value:.0f}")


def times(value: float) -> str:
    """7,000×, 3.0×, 0.02×."""
    return f"{value:,.0f}×" if value >= 9.5 else f"{value:.1f}×" if value >= 0.095 else f"{value:.2g}×"
