"""How much a source may cost: bytes, seconds, memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on reading one source.

    Attributes:
        largest: bytes above which a file, a page or an archive's member is refused.
        seconds: after which reading one file, or fetching one page, is given up.
        memory: bytes of address space that the process which reads formats may use.
        members: how many files an archive may hold.
        unpacked: how many bytes an archive may unpack to, as a multiple of ``largest``.
        private_hosts: whether URLs may lead to this computer and its own network.
    """

    largest: int = 100_000_000
    seconds: float = 60.0
    memory: int = 3_000_000_000
    members: int = 10_000
    unpacked: int = 10
    private_hosts: bool = False


DEFAULT = Limits()
