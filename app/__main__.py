"""Where everything starts, in this order. `resnet-lens`, `python -m app` and the packaged program all come here."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.errors import ErrorReporter
    from app.settings import SettingsFile


def main(argv: list[str] | None = None) -> int:
    args = sys.argv[1:] if argv is None else argv

    # 1. A worker process of ours: it must not load Qt.
    from resnet_core.workers import WORKER_SWITCH, run_worker

    if args[:1] == [WORKER_SWITCH]:
        return run_worker(args[1], args[2:])

    # 2. The command line, when a command is given: no Qt either.
    from app import cli

    if args[:1] and args[0] in cli.COMMANDS:
        return cli.main(args)
    options = cli.parse(args)
    if options.install_desktop or options.uninstall_desktop:
        from app import desktop_integration

        return desktop_integration.install() if options.install_desktop else desktop_integration.uninstall()

    # 3. The window.
    from app import display, links

    platform = display.platform()
    if platform is None:
        print("resnet-lens: there is no display; “resnet-lens --help” says what works without one.", file=sys.stderr)
        return 2
    if platform == "wayland":
        os.environ["QT_QPA_PLATFORM"] = platform  # Qt would try X11 alone under some desktops
    return open_window([links.from_outside(path) for path in options.paths], new_window=options.new_window)


def open_window(images: list[Path], *, new_window: bool = False) -> int:
    """Open the window with these images and serve it until it is closed. Gives the exit code.

    Where a window is open already it gets the images and this one ends, unless it shall be a `new_window`.
    """
    gc.disable()  # until the window is there: importing makes no garbage, but looking for it takes time
    from app.single_instance import OpenRequests, hand_over

    if not new_window and hand_over(images):
        return 0

    from app import errors, paths
    from app.dialogs.error_dialog import ErrorDialog
    from app.settings import SettingsFile

    # Before the window: from here on no exception ends the process unseen.
    reporter = errors.install(paths.logs_dir(), ErrorDialog)
    settings_file = SettingsFile(paths.settings_file())
    settings = settings_file.load()

    from app.application import make_application
    from app.interrupt import Interrupts
    from app.program import Program

    application = make_application(sys.argv[:1], settings.theme, settings.language)
    program = Program(settings, settings_file)
    interrupts = Interrupts(program.close_window)
    requests = OpenRequests()
    requests.requested.connect(program.open_from_outside)
    application.installEventFilter(requests)
    if not new_window:
        requests.listen()
    program.show(images)
    program.session.notice.emit(*_what_was(settings_file, reporter))
    status = application.exec_()
    interrupts.deleteLater()
    requests.close()
    ended = program.close()
    reporter.uninstall()
    if not ended:
        # A thread is still inside a driver or a library. Python would unwind it while it ends, which aborts the
        # process; everything that is to be kept is on the disk by now.
        os._exit(status)
    return status


def _what_was(settings_file: SettingsFile, reporter: ErrorReporter) -> tuple[str, str]:
    """What went wrong before this start, as one notice: its sentences and its details; both "" where all was well."""
    from app import i18n

    found = {}
    if settings_file.notice:
        found[i18n.sentence(settings_file.notice)] = str(settings_file.path)
    if reporter.previous_crash:
        notice = i18n.tr("The program ended unexpectedly last time.")
        found[notice] = reporter.previous_crash.read_text("utf-8", "replace")
    return " ".join(found), "\n\n".join(found.values())


if __name__ == "__main__":
    sys.exit(main())
