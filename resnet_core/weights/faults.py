"""What keeps an address from giving the file that is wanted, and whether to ask it again."""

from __future__ import annotations

import ssl
import urllib.error


class FinalFaultError(Exception):
    """This address will not give the file, however often it is asked. The text names the reason."""


class WrongFileError(FinalFaultError):
    """What this address gives is something else."""


class PassingFaultError(Exception):
    """This attempt failed in a way that the next may not."""


class UnreachableError(PassingFaultError):
    """There was no answer at all: trying again at once helps nobody."""


def fault_of(error: Exception) -> FinalFaultError | PassingFaultError:
    """What an error of the network means, in words."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return FinalFaultError(f"its certificate is not trusted ({reason.verify_message})")
    if isinstance(error, urllib.error.URLError) and isinstance(reason, OSError):
        return UnreachableError(f"it can't be reached ({reason.strerror or reason})")
    if isinstance(error, urllib.error.URLError):
        return FinalFaultError(str(reason))
    if isinstance(reason, TimeoutError):
        return PassingFaultError("it does not answer any more")
    if isinstance(reason, OSError):
        return PassingFaultError(f"the connection was lost ({reason.strerror or reason})")
    return PassingFaultError(
        "the connection ended too early" if "Incomplete" in type(reason).__name__ else str(reason)[:120]
    )
