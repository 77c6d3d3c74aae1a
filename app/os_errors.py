"""What the operating system says about a file, in words for the end of a sentence."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EEXIST: "there is a file of that name already",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "the file would be too large for the disk",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links lead back to itself",
    errno.EIO: "the disk has a fault",
    errno.EBUSY: "another program is using it",
    errno.EMFILE: "too many files are open",
}


def reason(error: OSError, *, making: bool = False) -> str:
    """Why, without a capital and without a full stop; the system's own words where ours don't cover it.

    `making`: the file or folder did not exist yet, so that it is missing can't be the reason.
    """
    if making and error.errno == errno.ENOENT:
        return "nothing can be made there"
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    return (error.strerror or str(error) or "the system gave no reason").rstrip(".")
