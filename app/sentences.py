"""Translates finished English sentences: what the core says of a file, a training, a network.

The core knows no languages. It makes its sentences by f-strings, and they travel through threads, processes and files
of events before they come to the window. So the window has the patterns of all of them, "{0} is empty: it has 0
bytes.", finds the one that a sentence follows, and puts what stood in its fields into the translated pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

FIELD = re.compile(r"\{(\d+)\}")
_ENDS = re.compile(r"(?<=[.!?…])\s+(?=\S)")  # between two sentences
_WORD = re.compile(r"\b[A-Za-z]{2,}\b")  # not so a name as layer3.0
_BETWEEN = " · "  # between facts that stand side by side
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uff65]")
_WIDE_END = re.compile(r"[\u3000-\u303f\uff00-\uff65]$")  # after such a character Chinese needs no space
_NO_SPACE = re.compile(r"(?<=[\u3001\u3002\uff01-\uff0e\uff1a\uff1b\uff1f]) +")
_LISTS = ((_ENDS, " ", ""), (re.compile("; "), "; ", "；"), (re.compile(", "), ", ", "，"))
"""What parts a list, and what parts it in another language: with narrow letters, with wide ones."""
_ANYTHING = "(.*?)"  # what a field may hold
_FURTHER = r"((?:\s.*?[.!?…])?)"  # after a full stop: another sentence, or none; a name with a full stop in it goes on
_DEEPEST = 3  # a field of a field of a sentence
_KEPT = 500


@dataclass(frozen=True)
class _Pattern:
    source: str
    translation: str

    @cached_property
    def literals(self) -> list[str]:
        return [_plain(part) for part in FIELD.split(self.source)[::2]]

    @cached_property
    def longest(self) -> str:
        """The literal part by which most sentences are told not to follow this pattern."""
        return max((self.literals[0][1:], *self.literals[1:]), key=len)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Its first letter may be a small one: as a part of another sentence."""
        first = self.literals[0]
        letter = f"[{first[0].lower()}{first[0].upper()}]" if first[:1].isalpha() else re.escape(first[:1])
        written, field = letter + re.escape(first[1:]), _ANYTHING
        for place, (before, literal) in enumerate(pairwise(self.literals), start=1):
            at_end = not any(self.literals[place:]) and (before.endswith(".") or (field == _FURTHER and not before))
            field = _FURTHER if at_end else _ANYTHING
            written += field + re.escape(literal)
        return re.compile(written, re.DOTALL)

    def say(self, fields: list[str]) -> str:
        """Its translation with these in the places of the fields of its source, in their order there."""
        by_number = dict(zip(FIELD.findall(self.source), fields, strict=True))
        said = FIELD.sub(lambda place: by_number.get(place[1], ""), self.translation)
        return _plain(_NO_SPACE.sub("", said))


class Sentences:
    """`texts` are all translations by their English; those with fields are the patterns."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        patterns = [_Pattern(source, translation) for source, translation in texts.items() if FIELD.search(source)]
        self._patterns = sorted(patterns, key=lambda pattern: -sum(map(len, pattern.literals)))
        self._known: dict[str, str] = {}

    def translate(self, text: str) -> str:
        """The text in the other language, sentence by sentence; what follows no pattern stays as it is."""
        known = self._known.get(text)
        if known is None:
            known = self._find(text, 0) or "\n".join(self._line(line) for line in text.split("\n"))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[text] = known
        return known

    def _line(self, text: str) -> str:
        whole = self._find(text.strip(), 0) or (None if text.endswith(".") else self._several(text, 0))
        if whole is not None:
            return whole
        if _BETWEEN in text:
            return _BETWEEN.join(map(self._line, text.split(_BETWEEN)))
        parts = _ENDS.split(text.strip())
        said: list[str] = []
        while parts:
            for count in range(len(parts), 0, -1):  # a sentence may have others inside, or a name with a full stop
                whole = " ".join(parts[:count])
                found = self._find(whole, 0)
                if found is not None or count == 1:
                    said.append(whole if found is None else found)
                    del parts[:count]
                    break
        result = ""
        for part in said:
            result += part if not result or _WIDE_END.search(result) else f" {part}"
        return result

    def _find(self, text: str, depth: int) -> str | None:
        exact = self._texts.get(text)
        if exact is not None:
            return exact
        for pattern in self._patterns:
            if pattern.longest in text and (found := pattern.regex.fullmatch(text)):
                fields = found.groups()
                if any(map(self._is_more, fields)):
                    continue
                is_list = depth == 0 and not text.endswith(".") and any(", " in field for field in fields)
                if is_list and (listed := self._several(text, 0)) is not None:
                    return listed
                return pattern.say([self._field(field, depth) for field in fields])
        return None

    def _is_more(self, field: str) -> bool:
        """Whether a pattern has swallowed the end of one sentence and the beginning of another."""
        first, *others = _ENDS.split(field.strip())
        return "\n" in field or _BETWEEN in field or (bool(others) and self._find(first, _DEEPEST) is not None)

    def _field(self, field: str, depth: int) -> str:
        """What stands in a field: a name or a number as it is, words of ours translated."""
        text = field.strip()
        if " " not in text or depth >= _DEEPEST:
            return field
        found = self._find(text, depth + 1)
        if found is None and not text.endswith("."):
            with_stop = self._find(f"{text}.", depth + 1)
            found = None if with_stop is None else with_stop.rstrip("。.")
        if found is None:
            found = self._several(text, depth)
        return field if found is None else found

    def _several(self, text: str, depth: int) -> str | None:
        """Sentences, or a list of parts, each of which is known or has no words."""
        for separator, narrow, wide in _LISTS:
            parts = separator.split(text)
            if len(parts) > 1:
                found = [self._find(part, depth + 1) or (None if _WORD.search(part) else part) for part in parts]
                said = [part for part in found if part is not None]
                if len(said) == len(parts) and said != parts:
                    return (wide if _WIDE.search("".join(said)) else narrow).join(said)
        return None


def _plain(text: str) -> str:
    """A literal part as it is said: braces that are meant are doubled in a pattern."""
    return text.replace("{{", "{").replace("}}", "}")
