"""Which texts of the program are translated: found in its sources, so that no list of them has to be kept.

Three kinds:

- literals given to `tr`: looked up as they are;
- the words of tables (`ActionSpec`, `SettingSpec`, `InstrumentSpec`, `mark`): looked up where they are shown;
- sentences that the core, or a module without Qt, makes of f-strings. They are finished when they come to the window,
  so f"{path.name} is empty" is kept as "{0} is empty", and `i18n.sentence` finds the fields again.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

from app.training.ends import for_window

TRANSLATING = {"tr": 0, "_tr": 0, "mark": 0, "translate": 1}
"""Functions that translate or mark a text for it, and the place of the text among their arguments."""

TABLES = ("ActionSpec", "SettingSpec", "InstrumentSpec")
"""Rows of tables: all their texts but keys, which are no words."""

FOR_PROGRAMS = {
    *("getLogger", "debug", "info", "warning", "error", "exception", "critical", "compile", "search", "sub", "match"),
    *("fullmatch", "split", "partition", "startswith", "endswith", "removeprefix", "removesuffix", "glob", "Template"),
    *("setObjectName", "setProperty", "property", "strftime", "print", "write", "Request", "TypeVar", "cast", "start"),
    *("NotImplementedError", "TypeError", "AttributeError", "IndexError", "EOFError", "KeyError", "Thread", "any"),
    *("_start", "cancel", "add_argument", "json_option", "QKeySequence", "setStyleSheet", "getattr"),
}
"""Functions whose texts nobody reads, or nobody but a programmer."""

BY_TR_ALONE = (
    *("app/commands/", "app/widgets/", "app/dialogs/", "app/__main__.py", "app/cli.py", "app/console.py"),
    *("app/values.py", "app/training_arguments.py", "app/training_progress.py", "app/desktop_integration.py"),
    *("app/stylesheet.py", "app/single_instance.py", "app/theme.py", "app/actions.py", "app/settings_table.py"),
    *("app/instruments/table.py", "app/i18n.py", "app/qm.py", "app/translator.py", "app/display.py"),
    *("app/reports.py", "app/errors.py"),
    *("resnet_core/resnet.py", "resnet_core/training/__main__.py", "resnet_core/training/convolution.py"),
)
"""Where other texts than those given to `tr` stay in a terminal or a log, or belong to a programmer."""

_LANES = ("LANE", "FORMAT", "LAST", "KEPT", "FILES_ARE_MOVED")
_WORD = re.compile(r"[A-Za-z’']+")
_FIELD = re.compile(r"\{\d+\}")
_NO_WORDS = re.compile(r"^[a-z_\d{}]+$|^(Ctrl|Alt|Shift|Del|Esc|F\d+)\b|^https:|^[A-Z]$|et al\.| and [A-Z]")
_CODE = re.compile(r"\w\[\w|\w \| [A-Z]|^app\.|\.lens$")  # annotations, names of classes and files


def sources(root: Path) -> dict[str, str]:
    """Every text to be translated, with the file it is first found in, e.g. "app/actions.py"."""
    found: dict[str, str] = {}
    for package in ("app", "resnet_core"):
        for file in sorted((root / package).rglob("*.py")):
            name = file.relative_to(root).as_posix()
            for text in _texts(ast.parse(file.read_text(encoding="utf-8")), sentences=not name.startswith(BY_TR_ALONE)):
                found.setdefault(text, name)
    return found


def _texts(tree: ast.Module, *, sentences: bool) -> Iterator[str]:
    skipped = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if node in skipped:
            if isinstance(node, ast.Call):
                skipped.discard(node)
                waiting.append(node)
            continue
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TRANSLATING:
                text = node.args[TRANSLATING[name] :][:1]
                yield from _literals(text) if name == "mark" else _given(text)
                continue
            if name in TABLES:
                yield from filter(_is_words, (_numbered(parts) for parts in _made(node)))
                continue
            if name in FOR_PROGRAMS:
                continue
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Assign) and _is_lane(node)):
            continue
        if isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp) and sentences:
            yield from filter(_is_sentence, (for_window(_numbered(parts)).strip() for parts in _expand(node)))
        if isinstance(node, ast.JoinedStr):
            waiting += [part.value for part in reversed(node.values) if isinstance(part, ast.FormattedValue)]
            continue
        if not isinstance(node, ast.arg | ast.AnnAssign | ast.FunctionDef | ast.Subscript):
            waiting += reversed(list(ast.iter_child_nodes(node)))
        else:  # without annotations
            kept = (getattr(node, name, None) for name in ("value", "body", "args", "decorator_list"))
            for each in kept:
                waiting += reversed(each) if isinstance(each, list) else [each] if isinstance(each, ast.AST) else []


def _given(nodes: list[ast.expr]) -> Iterator[str]:
    """The literal given to `tr`, or those that it chooses between; not what it takes from a table."""
    for parts in (parts for node in nodes for parts in _expand(node)):
        if None not in parts and (text := "".join(filter(None, parts))):
            yield text


def _made(row: ast.Call) -> Iterator[list[str | None]]:
    """What the fields of a table's row may be."""
    waiting: list[ast.AST] = [*row.args, *(keyword.value for keyword in row.keywords)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Tuple | ast.List):
            waiting[:0] = node.elts
        else:
            yield from _expand(node)


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                yield each.value


def _expand(node: ast.AST) -> list[list[str | None]]:
    """What an expression may give, as literal parts and fields (None); a choice between literals gives several."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [[node.value]]
    if isinstance(node, ast.JoinedStr):
        return [list(chain(*parts)) for parts in product(*map(_expand, node.values))]
    if isinstance(node, ast.FormattedValue):
        return _expand(node.value)
    if isinstance(node, ast.IfExp):
        both = _expand(node.body) + _expand(node.orelse)
        return both if [None] not in both else [[None]]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        both = [left + right for left, right in product(_expand(node.left), _expand(node.right))]
        return both if any(any(parts) for parts in both) else [[None]]
    return [[None]]


def _numbered(parts: list[str | None]) -> str:
    """The parts as one text, its fields as {0}, {1} …; braces that are meant are doubled."""
    text, count = "", 0
    for part in parts:
        if part is None:
            text, count = f"{text}{{{count}}}", count + 1
        else:
            text += part.replace("{", "{{").replace("}", "}}")
    return text


def _is_sentence(text: str) -> bool:
    """Whether people are to read this: several words, or one beside a field."""
    words = _WORD.findall(_FIELD.sub(" ", text))
    letters = sum(map(len, words))
    several = len(words) >= 2 or _FIELD.search(text) is not None
    return " " in text and letters >= 3 and several and not _CODE.search(text)


def _is_words(text: str) -> bool:
    """Whether this text of a table's row is one for people: no key, no address, no name of a class."""
    return bool(_WORD.search(text)) and not _NO_WORDS.search(text) and not _CODE.search(text)


def _is_lane(node: ast.Assign) -> bool:
    """The name of a task's lane or several, or of a file's format."""
    return isinstance(node.targets[0], ast.Name) and node.targets[0].id.strip("_") in _LANES
