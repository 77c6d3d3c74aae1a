"""Linux, before the program: an environment for Qt and for the programs that we start.

PyInstaller's loader put our folder in LD_LIBRARY_PATH, where every child inherits it: programs of the system would
find our libraries instead of theirs. The linker of this process has read it by now, so it is given back. Our own
workers, which are this executable again, set it anew when told to start afresh.

In the C locale Qt turns every letter beyond ASCII in a path into a question mark, also in the path of its own plugins.
Python chooses UTF-8 there, and so do we for Qt (as PEP 538 does).
"""

import _locale
import os


def give_back(name: str) -> None:
    original = os.environ.pop(f"{name}_ORIG", None)
    if original is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = original


def use_utf8_instead_of_c() -> None:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "C"
    if spoken not in ("C", "POSIX"):
        return
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
        try:
            _locale.setlocale(_locale.LC_CTYPE, name)
        except _locale.Error:
            continue
        os.environ.pop("LC_ALL", None)
        os.environ["LC_CTYPE"] = name
        return


give_back("LD_LIBRARY_PATH")
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
use_utf8_instead_of_c()
