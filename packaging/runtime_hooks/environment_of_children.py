"""Linux, before the program: programs of the system that we start shall find the system's libraries, not ours.

PyInstaller's loader put our folder in LD_LIBRARY_PATH, where every child inherits it; the linker of this process has
read it by now. Our own workers, which are this executable again, set it anew when told to start afresh.
"""

import os


def _give_back(name: str) -> None:
    original = os.environ.pop(f"{name}_ORIG", None)
    if original is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = original


_give_back("LD_LIBRARY_PATH")
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
