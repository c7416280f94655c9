"""ZIP files opened with care: names, counts, and what they unpack to are bounded."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from indexes.errors import DocumentError
from indexes.loaders.limits import DEFAULT, Limits


class Packed:
    """The members of a ZIP file; reading them all together stays within the limits.

    Raises:
        DocumentError: on opening, if it is no ZIP file or holds too many members.
    """

    def __init__(self, data: bytes, name: str, limits: Limits = DEFAULT) -> None:
        self._name = name
        self._limits = limits
        self._left = limits.largest * limits.unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            UnicodeError,
        ) as error:
            raise DocumentError(
                f"{name} is damaged or not what its name says ({error}); get it again.", name
            ) from error
        if len(self._zip.infolist()) > limits.members:
            raise DocumentError(
                f"{name} holds {len(self._zip.infolist()):,} files (the limit is {limits.members:,}): unpack it, and "
                "add the folder.",
                name,
            )

    def __contains__(self, member: str) -> bool:
        return member in self._zip.NameToInfo

    def files(self) -> Iterator[str]:
        """The names of its files in order; folders, links and hidden files left out."""
        for info in sorted(self._zip.infolist(), key=lambda info: info.filename):
            parts = PurePosixPath(info.filename).parts
            link = stat.S_ISLNK(info.external_attr >> 16)
            hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
            # Damage can leave a member without a name, of which Python asks for the last letter.
            if info.filename and not (info.is_dir() or link or hidden):
                yield info.filename

    def read(self, member: str) -> bytes:
        """Unpack a member.

        Raises:
            DocumentError: if it is missing, damaged, protected, or unpacks to too much.
        """
        label = f"{member} in {self._name}"
        if leads_out(member):
            raise DocumentError(
                f"{label} has a name that leads out of its archive; nothing of it was read.", member
            )
        most = min(self._limits.largest, self._left)
        try:
            with self._zip.open(member) as file:
                data = file.read(most + 1)
        except KeyError as error:
            raise DocumentError(f"{self._name} is damaged: it has no {member}.", member) from error
        except NotImplementedError as error:  # a RuntimeError, too
            raise DocumentError(
                f"{label} is packed in a way that cannot be read ({error}); unpack it and add the file.",
                member,
            ) from error
        except RuntimeError as error:  # what zipfile raises for a protected member
            raise DocumentError(
                f"{label} is protected by a password; unpack it and add the file.", member
            ) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            struct.error,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise DocumentError(f"{label} is damaged ({error}); get it again.", member) from error
        if len(data) > most:
            raise DocumentError(
                f"{label} unpacks to more than {most:,} bytes; unpack it by hand if it is meant to, and raise "
                "ONRECORD_LARGEST_FILE.",
                member,
            )
        self._left -= len(data)
        return data


def leads_out(member: str) -> bool:
    """Tell whether a member's name would leave the folder that it is unpacked into."""
    path = member.replace("\\", "/")
    return path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/")
