"""What stands above a figure: its picture and network, what is changed in that, what is looked at, and the scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app import i18n
from app.instruments.table import MAPS, spec_of
from app.texts import change_text
from resnet_core.version import VERSION

if TYPE_CHECKING:
    from app.instruments import export as figures
    from app.session import Session
    from resnet_core.weights.catalog import WeightsInfo


def heading(
    session: Session,
    instrument: str,
    channel: int | None,
    _tr: Callable[[str], str],
    name: Callable[[WeightsInfo, int], str],
    *,
    as_trained: bool = False,
    scale: str = "",
) -> figures.Heading:
    """Of an instrument, by its key; `channel` is the one looked at. Files of numbers are English, figures `_tr` it.

    `as_trained`: the instrument shows the network without the change made to it, and so does the heading.
    """
    from app.instruments import export as figures

    analysis = session.plain if as_trained else session.analysis
    assert analysis is not None
    looked_at = session.output
    if channel is not None:
        looked_at = _tr("{output}, channel {channel}").format(output=session.output, channel=channel)
    facts = [(_tr("Picture"), analysis.picture.name), (_tr("Network"), analysis.info.id)]
    if session.target is not None:
        found = next(one for one in analysis.predictions if one.index == session.target)
        asked = f"{name(analysis.info, found.index)}, {100 * found.probability:.1f} %"
        facts.append((_tr("Class asked about"), asked))
    facts.append((_tr("Looked at"), looked_at))
    if scale:
        facts.append((_tr("Scale"), scale))
    facts.append((_tr("Network is"), _tr(change_text(analysis.intervention)) or _tr("as trained")))
    facts.append((_tr("Computed"), f"{analysis.engine} {analysis.device.upper()}, {analysis.precision}"))
    facts.append((_tr("Made with"), f"ResNet Lens {VERSION}"))
    spec = spec_of(instrument)
    return figures.Heading(_tr(spec.name), _tr(spec.explanation), tuple(facts))


def of_maps(session: Session, texts: Mapping[str, str], channel: int | None = None) -> figures.Heading:
    """Of a picture of one channel or, None, of several; `texts` are its scale and colours."""
    low, between, high = texts["Range"].partition(" to ")
    span = i18n.tr("{low} to {high}").format(low=low, high=high) if between else i18n.sentence(low)
    scale = i18n.tr("{range}, {colours}").format(range=span, colours=texts["Colours"])
    return heading(session, MAPS, channel, i18n.sentence, i18n.class_name, scale=scale)
