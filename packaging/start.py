"""The first line of the packaged program."""

import multiprocessing
import sys

multiprocessing.freeze_support()  # first: a helper process of multiprocessing must not open a window

from app.__main__ import main  # noqa: E402

sys.exit(main())
