"""The first lines of the packaged program."""

import sys

# A process that imports torch; or a helper process of multiprocessing, which must not open a window. Before all else.
if sys.argv[1:2] in (["--worker"], ["train"], ["degradation"]) or {"--multiprocessing-fork", "-c"} & set(sys.argv[1:]):
    import multiprocessing

    import pyi_rth_inspect  # noqa: F401
    import pyi_rth_multiprocessing  # noqa: F401
    import pyi_rth_pkgutil  # noqa: F401

    multiprocessing.freeze_support()

from app.__main__ import main

sys.exit(main())
