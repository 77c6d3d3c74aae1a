"""The command line: what may be written there (design §9), and what happens to whatever goes wrong.

The commands themselves are in `app.commands`, each loaded when it is asked for: `resnet-lens classify` shall be done
before a program that imports torch has begun.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import logging
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from app import console, os_errors, training_arguments, values
from app.i18n import LANGUAGES, SYSTEM
from app.instruments.table import KEYS as INSTRUMENT_KEYS
from resnet_core.errors import Cancelled, LensError
from resnet_core.version import VERSION

BUNDLED = "resnet18.cifar10"
INSTRUMENTS = {
    "xray": "Take a block apart: shortcut, F(x), their sum, and how they compare.",
    "depth": "Measure how much each block changes what runs through it, and bypass blocks.",
    "ablate": "Switch channels off, or all others, and measure what that does to the answer.",
    "evidence": "Write a class's score as the exact sum of what each channel contributes, and where.",
    "occlude": "Cover parts of the picture and measure what the class loses.",
    "shape": "Ask again about the picture grey, blurred, as edges, shuffled and mirrored.",
    "ladder": "Show one picture to several networks, side by side.",
    "compare": "Compare two pictures, two networks, or a network with and without a change.",
    "patches": "Find the patches in many pictures that excite a channel most.",
    "probe": "Read a place in the maps: its value, and what of the picture it can see.",
}
"""The command-line twins of the window's instruments. Their modules say what they take, in `arguments(parser)`."""

COMMANDS = (
    "classify", "features", "describe", *INSTRUMENTS, "weights", "train", "runs", "degradation", "info", "screenshot",
)  # fmt: skip


class UsageError(Exception):
    """The command line asks for something that can't be meant: a sentence, exit code 2."""


class _Parser(argparse.ArgumentParser):
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Unknown words are refused by the command that got them, so that the way out is that command's help."""
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return parsed, unknown

    def error(self, message: str) -> NoReturn:
        """One sentence for the mistake, one for the way out."""
        sentence = message[0].upper() + message[1:]
        end = "" if sentence.endswith((".", "?")) else "."
        console.say(f"{sentence}{end} See “{self.prog} --help”.")
        raise SystemExit(2)


def near(word: str, known: Sequence[str]) -> str:
    """` Did you mean “…”?` where something known looks like `word`, else ""."""
    found = difflib.get_close_matches(word, known, n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(f'“{name}”' for name in found)}?" if found else ""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, understood. `.command` is None where the window is wanted, with these `.paths`.

    Raises SystemExit: 0 after --help and --version, 2 after a sentence on what is wrong.
    """
    console.prepare()
    first = next((word for word in argv if not word.startswith("-")), None)
    if argv and first is not None and argv[0] == first and first in COMMANDS:
        return _command_parser(first).parse_args(argv)
    parser = _window_parser()
    if first is not None and argv[0] == first and _is_no_path(first):
        suggestion = near(first, COMMANDS) or f" The commands are {', '.join(COMMANDS)}."
        parser.error(f"there is no command or picture named “{first}”.{suggestion}")
    options = parser.parse_args(argv)
    options.command = None
    return options


def main(argv: Sequence[str]) -> int:
    """Run a command and give the exit code: 0 all well, 1 something failed, 2 wrong usage, 130 after Ctrl+C.

    A command line without a command is the window's, which `app.__main__` opens.
    """
    try:
        options = parse(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    if options.command is None:
        console.say(f"Which command? One of {', '.join(COMMANDS)}.")
        return 2
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Run what `parse` understood. Exceptions end here, as sentences."""
    try:
        module = importlib.import_module(f"app.commands.{options.command}")
        code: int = module.run(options)
        sys.stdout.flush()
        return code
    except UsageError as error:
        console.say(str(error))
        return 2
    except LensError as error:
        console.say(str(error))
        return 1
    except (KeyboardInterrupt, Cancelled):
        return 130
    except BrokenPipeError:
        console.abandon_output()
        return 141  # as a program that SIGPIPE ended; `… | head` wanted no more
    except OSError as error:
        console.say(f"{error.filename or 'The output'} can't be used: {os_errors.reason(error)}.")
        return 1
    except MemoryError:
        console.say("There is not enough memory for this.")
        return 1
    except Exception as error:  # noqa: BLE001 - a user gets a sentence, the log the traceback
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    from app import paths, reports

    log = reports.start_log(paths.logs_dir())
    logging.getLogger("app.cli").error("Not expected", exc_info=error)
    reports.stop_log(log)
    where = f" The details are in {log}." if log is not None else ""
    console.say(f"Something went wrong inside the program ({type(error).__name__}: {error}).{where}")
    return 1


def _is_no_path(word: str) -> bool:
    """Whether `word` was meant as a command: a bare word that no file or folder here is called."""
    return re.fullmatch(r"[a-z]+", word) is not None and not os.path.lexists(word)


# What each command takes


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="resnet-lens",
        usage="resnet-lens [PATH…]\n       resnet-lens COMMAND …",
        description="Shows what a ResNet sees. Without a command it opens the window, with these pictures or folders.",
        epilog=f"Commands: {', '.join(COMMANDS)}. “resnet-lens COMMAND --help” explains one. "
        "A picture that is called like a command is opened as ./NAME.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="pictures or folders to open")
    parser.add_argument("--new-window", action="store_true", help="open another window where one is open already")
    parser.add_argument("--install-desktop", action="store_true", help="put the program into the menus (Linux)")
    parser.add_argument("--uninstall-desktop", action="store_true", help="take it out of the menus again")
    parser.add_argument("--version", action="version", version=f"resnet-lens {VERSION}")
    return parser


def _command_parser(wanted: str) -> argparse.ArgumentParser:
    parser = _Parser(prog="resnet-lens", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _classify(
        _add(
            commands,
            "classify",
            "Say what pictures show. Exit 0: all well; 1: a picture failed, the others were done; 2: wrong usage.",
        )
    )
    _features(_add(commands, "features", "Write the maps inside the network as numbers and as pictures."))
    _describe(_add(commands, "describe", "Print the shape, parameters and cost of every stage and block."))
    for name, text in INSTRUMENTS.items():
        parser_of_one = _add(commands, name, text)
        if name == wanted:
            importlib.import_module(f"app.commands.{name}").arguments(parser_of_one)
    _weights(_add(commands, "weights", "List, download, import, export and remove weights."))
    training_arguments.add_train(_add(commands, "train", "Train a network on CIFAR-10, or on a folder of classes."))
    training_arguments.add_runs(_add(commands, "runs", "List, show, pause, stop and remove trainings."))
    training_arguments.add_degradation(
        _add(commands, "degradation", "Train plain and residual networks alike: why ResNets were invented.")
    )
    json_option(
        _add(commands, "info", "Print versions, devices and folders: what a bug report needs."), "one JSON object"
    )
    _screenshot(_add(commands, "screenshot", "Draw the window off-screen with a picture in it, as a PNG."))
    return parser


def _add(commands: argparse._SubParsersAction[_Parser], name: str, text: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, description=text, help=text, allow_abbrev=False)


def _classify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="pictures, or folders of pictures")
    parser.add_argument("--recursive", action="store_true", help="look into the folders' folders too")
    parser.add_argument("--top", type=values.count, default=5, metavar="K", help="how many predictions a picture (5)")
    how(parser)
    form = parser.add_mutually_exclusive_group()
    json_option(
        form,
        "one JSON object a picture and line, in the order given: path, weights, device, precision, elapsed_ms, "
        "predictions; or path and error",
    )
    form.add_argument("--csv", type=Path, metavar="FILE", help="write a table, one picture a row, instead of printing")


def _features(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to; made if needed")
    parser.add_argument(
        "--outputs",
        type=values.names,
        metavar="NAMES",
        help="what to write, e.g. layer1,layer4.1.residual,logits (all stages and the logits)",
    )
    parser.add_argument(
        "--format", type=values.formats, default=("png", "npy"), metavar="png,npy", help="one or both (both)"
    )
    how(parser)


def _describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("network", metavar="NETWORK", help="e.g. resnet50, plain34, or the ID of weights")
    parser.add_argument(
        "--input",
        type=values.input_size,
        metavar="224 | 288x320",
        help="input in px, height x width (what the network is made for)",
    )
    json_option(parser, "one JSON object")


def _weights(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True, parser_class=_Parser)
    described = "id, network, title, origin, on_disk, size_bytes, accuracy (0 … 1), dataset, classes, path"
    json_option(_add(tasks, "list", "Every known set of weights."), f"one JSON array of objects: {described}")
    download = _add(tasks, "download", "Fetch published weights; a download that was cut goes on.")
    download.add_argument("id", metavar="ID", help="e.g. resnet50.imagenet1k_v2")
    json_option(download, f"one JSON object when done: {described}")
    add = _add(tasks, "import", "Use a .safetensors, .pth or .pt file of your own. Code in it never runs.")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--name", metavar="N", help="the ID becomes NETWORK.N (the file's name)")
    add.add_argument("--labels", type=Path, metavar="FILE", help="class names, one a line")
    json_option(add, f"one JSON object: {described}")
    export = _add(tasks, "export", "Write weights to a .safetensors or .pth file, as torchvision reads them.")
    export.add_argument("id", metavar="ID")
    export.add_argument("file", type=Path, metavar="FILE")
    json_option(export, f"one JSON object: {described}; path is the file written")
    remove = _add(tasks, "remove", "Take weights off this disk.")
    remove.add_argument("id", metavar="ID")
    json_option(remove, "one JSON object: id")


def _screenshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", type=Path, metavar="IMAGE")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--weights", metavar="ID", help=f"weights to look through ({BUNDLED})")
    parser.add_argument(
        "--size", type=values.window_size, default=(1440, 900), metavar="1440x900", help="width x height, px"
    )
    parser.add_argument("--theme", choices=("light", "dark", "system"), default="light")
    parser.add_argument("--language", choices=(SYSTEM, *LANGUAGES), default="en")
    parser.add_argument(
        "--instrument", choices=INSTRUMENT_KEYS, default="maps", metavar="NAME",
        help=f"one of {', '.join(INSTRUMENT_KEYS)} (maps)",
    )  # fmt: skip
    parser.add_argument("--output", metavar="NAME", help="what to look at, e.g. layer3.0 (layer1)")


def how(parser: argparse.ArgumentParser) -> None:
    """--weights, and `where` it runs."""
    parser.add_argument(
        "--weights", default=BUNDLED, metavar="ID", help=f"one of “resnet-lens weights list” ({BUNDLED})"
    )
    where(parser)


def where(parser: argparse.ArgumentParser) -> None:
    """--device and --precision."""
    parser.add_argument(
        "--device", type=values.device, default="auto", metavar="auto|cpu|cuda|…", help="where to run (auto)"
    )
    parser.add_argument("--precision", choices=("exact", "fast"), default="exact", help="exact: float32 (exact)")


def json_option(parser: argparse._ActionsContainer, what: str) -> None:
    """--json; `what` completes "print …"."""
    parser.add_argument("--json", action="store_true", help=f"print {what}")
