"""What can stand on the two sides of a comparison, and what stands there until somebody chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.i18n import sentence
from app.i18n import tr as _tr
from app.instruments.compare_work import Ask, Question
from app.scene import Change
from app.session import Session
from app.texts import change_text
from app.widgets.compare_panel import CompareChoice

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier

NOW, TRAINED = "now", "trained"
PICTURE, NETWORK = "picture:", "network:"
MOST_PICTURES = 40  # in a menu: those next to the one looked at


class Sides:
    """Keys: "now" and "trained" for what is looked at, "picture:KEY" and "network:ID" for others."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._picked: tuple[str | None, str | None] = (None, None)

    def pick(self, *, left: str | None = None, right: str | None = None) -> None:
        """Put something on one side. Nobody having chosen the other one, it is filled with something else."""
        self._picked = left or self._picked[0], right or self._picked[1]

    def swap(self) -> None:
        if (sides := self.now()) is not None:
            self._picked = sides[1], sides[0]

    def now(self) -> tuple[str, str] | None:
        """The keys of both sides: those chosen, as long as they are there; None where there are no two things."""
        keys = [choice.key for choice in self.choices()]
        if len(keys) < 2:
            return None
        left, right = (key if key in keys else None for key in self._picked)
        if left is None:
            left = TRAINED if TRAINED in keys and right in (None, NOW) else NOW
            left = left if left != right else next(key for key in keys if key != right)
        if right is None:
            preferred = (NOW, *(key for key in keys if key.startswith(PICTURE)), *keys)
            right = next(key for key in preferred if key != left and key in keys)
        return left, right

    def choices(self) -> list[CompareChoice]:
        """Everything that can stand on a side."""
        session = self._session
        if session.current is None:
            return []
        found = [CompareChoice(NOW, self.text(NOW))]
        if session.intervention is not None:
            found.append(CompareChoice(TRAINED, self.text(TRAINED)))
        found += [CompareChoice(f"{PICTURE}{key}", self._name(key), _tr("Another picture")) for key in self._pictures()]
        for info in session.library.all:
            if info.on_disk and info.id != session.library.in_use.id:
                found.append(CompareChoice(f"{NETWORK}{info.id}", info.id, _tr("Another network")))
        return found

    def _pictures(self) -> list[str]:
        """The opened pictures but the one looked at, in their order: the ones after it first, then those before."""
        keys = list(self._session.items)
        here = keys.index(self._session.current) if self._session.current in keys else len(keys)
        others = [
            key for key in (*keys[here + 1 :], *reversed(keys[:here])) if self._session.items[key].state != "failed"
        ]
        return others[:MOST_PICTURES]

    def _name(self, key: str) -> str:
        item = self._session.items.get(key)
        return _tr("a picture that was removed") if item is None else item.name

    def text(self, key: str) -> str:
        """What a side's button says."""
        changed = sentence(change_text(self._session.intervention))
        if key == NOW:
            return _tr("This picture, {0}").format(changed) if changed else _tr("This picture")
        if key == TRAINED:
            return _tr("This picture, as trained")
        if key.startswith(NETWORK):
            return key.removeprefix(NETWORK)
        name = self._name(key.removeprefix(PICTURE))
        return f"{name} · {changed}" if changed else name

    def question(self, key: str) -> Question:
        """All that the analysis of a side depends on."""
        session = self._session
        where = (session.library.in_use.id, session.device, session.precision)
        analysis = session.plain if key == TRAINED else session.analysis
        if key in (NOW, TRAINED):
            return key, *where, None if analysis is None else id(analysis.logits)
        if key.startswith(NETWORK):  # of the picture analysed: the next one may be looked at already
            return key, None if analysis is None else id(analysis.picture), session.device, session.precision
        return key, session.items[key.removeprefix(PICTURE)].version, *where, Change.of(session.intervention)

    def ask(self, key: str) -> Ask:
        """How to get the analysis of a side; to be called in a worker."""
        session = self._session
        device, precision, plain = session.device, session.precision, session.plain
        change = None if key == TRAINED or key.startswith(NETWORK) else session.intervention
        if key.startswith(NETWORK) or key in (NOW, TRAINED):
            assert session.analysis is not None
            source: Any = session.analysis.picture
            weights = key.removeprefix(NETWORK) if key.startswith(NETWORK) else session.library.in_use.id
        else:
            source = session.items[key.removeprefix(PICTURE)].source
            weights = session.library.in_use.id

        def ask(classifier: Classifier, outputs: tuple[str, ...], cancel: Callable[[], bool]) -> Analysis:
            names = classifier.store.get(weights).spec.output_names
            stages = classifier.store.get(weights).spec.stage_names
            wanted = (*stages, *(name for name in outputs if name in names and name not in stages))
            found = classifier.analyse(
                source, weights, outputs=wanted, device=device, precision=precision, cancel=cancel
            )
            if change is None:
                return found
            from app.carried_over import carried_over

            own = carried_over(change, found.info.spec, plain, found)  # a channel's mean is that of its own picture
            return classifier.again(found, own, outputs=wanted, cancel=cancel)

        return ask


def title(analysis: Analysis) -> str:
    """How a side was changed, for what is written down."""
    return change_text(analysis.intervention) or "as trained"
