from __future__ import annotations

import errno
import os

import pytest

from app import os_errors


@pytest.mark.parametrize("number", sorted(os_errors._REASONS))
def test_known_reasons_are_in_our_words(number: int) -> None:
    said = os_errors.reason(OSError(number, os.strerror(number), "/x"))
    assert said != os.strerror(number)
    assert said[0].islower()
    assert not said.endswith(".")


def test_others_are_in_the_systems_words() -> None:
    assert os_errors.reason(OSError(errno.EDOM, "Out of domain.")) == "Out of domain"
    assert os_errors.reason(OSError("odd")) == "odd"
    assert os_errors.reason(OSError()) == "the system gave no reason"


def test_what_is_made_is_never_missing() -> None:
    assert os_errors.reason(FileNotFoundError(errno.ENOENT, "No such file"), making=True) == "nothing can be made there"
