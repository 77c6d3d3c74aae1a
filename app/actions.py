"""Every action of the window: its words, icon and keys, in one table. What it does is the window's to say.

    actions = build(window, {"open": self._open, …}, theme.icon)

Menus, toolbar, tooltips and the sheet of shortcuts (F1) are all made from `ACTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from PyQt5.QtGui import QIcon, QKeySequence
from PyQt5.QtWidgets import QAction, QActionGroup, QWidget

from app.i18n import mark, sentence, tr
from app.instruments.table import INSTRUMENTS
from resnet_core.networks import DEPTHS

Group = Literal["File", "View", "Instruments", "Network", "Help"]
GROUPS: tuple[Group, ...] = ("File", "View", "Instruments", "Network", "Help")


@dataclass(frozen=True)
class ActionSpec:
    """`keys` are portable key sequences, the first one shown; on macOS Qt reads Ctrl as Command.

    An action that is a choice among others (`choice`: their common name) or a switch (`switch`) is checkable.
    `separated` draws a line above it in its menu.
    """

    id: str
    group: Group
    text: str
    tip: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    choice: str = ""
    switch: bool = False
    separated: bool = False


def _depths() -> tuple[ActionSpec, ...]:
    return tuple(
        ActionSpec(
            f"depth_{network.removeprefix('resnet')}",
            "Network",
            f"ResNet-{network.removeprefix('resnet')}",
            f"Look through a ResNet-{network.removeprefix('resnet')}",
            keys=(str(number),),
            choice="depth",
        )
        for number, network in enumerate(DEPTHS, start=1)
    )


def _instruments() -> tuple[ActionSpec, ...]:
    return tuple(
        ActionSpec(
            f"instrument_{spec.key}", "Instruments", spec.name, spec.explanation, keys=(spec.shortcut,),
            choice="instrument",
        )
        for spec in INSTRUMENTS
    )  # fmt: skip


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "File", "&Open…", "Open one picture or several", "open", ("Ctrl+O",)),
    ActionSpec("open_folder", "File", "Open &folder…", "Open all pictures of a folder", "folder", ("Ctrl+Shift+O",)),
    ActionSpec(
        "reopen",
        "File",
        "Reope&n last session",
        "Open what was open when the last window closed",
        keys=("Ctrl+Shift+T",),
    ),
    ActionSpec("paste", "File", "&Paste", "Open the picture or the files on the clipboard", "paste", ("Ctrl+V",)),
    ActionSpec(
        "export",
        "File",
        "&Export…",
        "Save what is shown as a figure or as numbers",
        "export",
        ("Ctrl+E",),
        separated=True,
    ),
    ActionSpec(
        "save_session",
        "File",
        "&Save session…",
        "Save the opened pictures and what is looked at, to open it again",
        keys=("Ctrl+S",),
    ),
    ActionSpec(
        "copy_link", "File", "Copy &link", "Copy an address that opens the window as it is now", keys=("Ctrl+Shift+C",)
    ),
    ActionSpec("copy", "File", "&Copy predictions", "Copy the predictions as text", "copy", ("Ctrl+C",)),
    ActionSpec("copy_picture", "File", "Copy p&icture", "Copy the picture itself", keys=("Ctrl+Shift+P",)),
    ActionSpec("copy_map", "File", "Copy &map", "Copy the map of the channel looked at", keys=("Ctrl+Shift+M",)),
    ActionSpec("undo", "File", "&Undo", "Bring back what was removed or reset", keys=("Ctrl+Z",), separated=True),
    ActionSpec("redo", "File", "Re&do", "Remove or reset it again", keys=("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec(
        "remove",
        "File",
        "&Remove picture",
        "Take this picture off the strip; the file stays",
        "trash",
        ("Del",),
        separated=True,
    ),
    ActionSpec("clear", "File", "Remove &all pictures", "Empty the strip; the files stay", keys=("Ctrl+Shift+Del",)),
    ActionSpec("quit", "File", "&Quit", "Close ResNet Lens", keys=("Ctrl+Q",), separated=True),
    ActionSpec("next_stage", "View", "Next &stage", "Go one stage deeper", keys=("Ctrl+Right",)),
    ActionSpec("previous_stage", "View", "Pre&vious stage", "Go one stage back", keys=("Ctrl+Left",)),
    ActionSpec("next_image", "View", "&Next picture", "Look at the next picture", keys=("Alt+Right",), separated=True),
    ActionSpec("previous_image", "View", "&Previous picture", "Look at the picture before", keys=("Alt+Left",)),
    ActionSpec(
        "results",
        "View",
        "&Results table…",
        "All pictures as a table that sorts, filters and exports",
        keys=("Ctrl+R",),
    ),
    ActionSpec(
        "theme_system", "View", "&As the system", "Light or dark, as the system is", choice="theme", separated=True
    ),
    ActionSpec("theme_light", "View", "&Light", "Dark on light", choice="theme"),
    ActionSpec("theme_dark", "View", "&Dark", "Light on dark", choice="theme"),
    ActionSpec("settings", "View", "S&ettings…", "Everything that can be set, on one page", "settings", ("Ctrl+,",)),
    ActionSpec(
        "full_screen", "View", "&Full screen", "Use the whole screen", keys=("F11",), switch=True, separated=True
    ),
    *_instruments(),
    ActionSpec(
        "as_trained",
        "Instruments",
        "&As trained",
        "Undo every change made to the network",
        "refresh",
        ("Esc",),
        separated=True,
    ),
    *_depths(),
    ActionSpec(
        "download",
        "Network",
        "&Download these weights",
        "Fetch the chosen weights from their publisher",
        "download",
        ("Ctrl+D",),
        separated=True,
    ),
    ActionSpec(
        "import",
        "Network",
        "&Import weights…",
        "Use a .safetensors, .pth or .pt file of your own",
        "import",
        ("Ctrl+I",),
    ),
    ActionSpec(
        "train",
        "Network",
        "&Train…",
        "Train a network on CIFAR-10 or your own pictures",
        "train",
        ("Ctrl+T",),
        separated=True,
    ),
    ActionSpec("degradation", "Network", "De&gradation lab…", "Train plain and residual networks alike, and compare"),
    ActionSpec("shortcuts", "Help", "&Keyboard shortcuts", "All keys on one sheet", "help", ("F1",)),
    ActionSpec("log", "Help", "Show &log…", "What the program noted, for a bug report"),
    ActionSpec("about", "Help", "&About ResNet Lens", "Versions, licence and thanks", "info", separated=True),
)

WIDGET_KEYS: tuple[tuple[str, str], ...] = mark((
    ("Arrow keys, Home, End, PgUp, PgDown", "Choose another channel, in the grid of maps"),
    ("Space", "Switch the channel looked at off, or on again"),
    ("Arrow keys", "Move over the map of the channel, once it was chosen with Tab"),
    ("Left, Right", "In the stages: the blocks of one; Enter looks at it"),
    ("Up, Down", "In the predictions: ask about another class"),
    ("Left, Right, Del", "In the row of pictures: look at another, or take it off"),
    ("Left, Right, Space, Up, Down", "In Depth: another block, switch it off or on, scale what it adds; Enter: X-ray"),
    ("Arrow keys, Shift+Arrow keys", "In Occlusion: move the patch, far or by a pixel"),
    ("Enter", "In lists, maps side by side and tables: open what is chosen"),
    ("Space", "On the headings of the table of results: sort; Left, Right: another heading"),
    ("Tab, Shift+Tab", "Go to the next or the previous part of the window"),
    ("Left, Right", "On the line between two parts of the window: move it"),
    ("Enter, Esc", "In a dialog: do it, or close it"),
    ("Space", "On the menu at the end of the toolbar: everything, also what has no key of its own"),
))  # fmt: skip
"""Keys that widgets handle themselves, for the sheet of shortcuts."""

_MENU_ROLES = {
    "quit": QAction.QuitRole,
    "about": QAction.AboutRole,
    "settings": QAction.PreferencesRole,
}  # where macOS wants them


def in_group(group: Group) -> tuple[ActionSpec, ...]:
    """The actions of a menu, in order."""
    return tuple(spec for spec in ACTIONS if spec.group == group)


def shown_keys(spec: ActionSpec) -> str:
    """The keys as this system writes them, e.g. "Alt+Right, PgDown"; "" where there are none."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.NativeText) for key in spec.keys)


def sheet() -> list[tuple[str, list[tuple[str, str]]]]:
    """All keys by group, (keys, what they do), for the sheet of shortcuts."""
    groups: list[tuple[str, list[tuple[str, str]]]] = [
        (tr(group), [(shown_keys(spec), sentence(spec.tip)) for spec in in_group(group) if spec.keys])
        for group in GROUPS
    ]
    return [*groups, (tr("In the window"), [(tr(keys), tr(meaning)) for keys, meaning in WIDGET_KEYS])]


def build(
    window: QWidget, handlers: Mapping[str, Callable[..., Any]], icon: Callable[[str], QIcon]
) -> dict[str, QAction]:
    """Make every action, connect it and add it to `window`, so that its keys work. By id; `icon` is `theme.icon`.

    A handler takes no argument; that of a switch takes whether it is on. Raises ValueError when an action has no
    handler or a handler no action: the window shall have no dead button.
    """
    known = {spec.id for spec in ACTIONS}
    if known != handlers.keys():
        missing, unknown = sorted(known - handlers.keys()), sorted(handlers.keys() - known)
        raise ValueError(f"actions without a handler: {missing}; handlers without an action: {unknown}")
    choices: dict[str, QActionGroup] = {}
    actions = {}
    for spec in ACTIONS:
        action = QAction(tr(spec.text), window)
        action.setObjectName(_camel_case(spec.id))
        action.setCheckable(spec.switch or spec.choice != "")
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        keys = shown_keys(spec)
        tip = sentence(spec.tip)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setMenuRole(_MENU_ROLES.get(spec.id, QAction.NoRole))
        if spec.choice:
            if spec.choice not in choices:
                choices[spec.choice] = QActionGroup(window)
            choices[spec.choice].addAction(action)
        action.triggered.connect(handlers[spec.id] if spec.switch else _without_argument(handlers[spec.id]))
        window.addAction(action)
        actions[spec.id] = action
    return actions


def _camel_case(action_id: str) -> str:
    first, *others = action_id.split("_")
    return first + "".join(word.capitalize() for word in others)


def _without_argument(handler: Callable[[], Any]) -> Callable[[bool], None]:
    def run(_checked: bool) -> None:
        handler()

    return run
