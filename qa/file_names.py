"""Names of files, made of titles and names that people give."""

from __future__ import annotations

import re

_LONGEST, _LONGEST_BYTES = 80, 200
"""Characters for people; bytes for file systems, which take 255 with what is put after it."""


def file_stem(name: str) -> str:
    """Return a name without what some system forbids in a file's, and no longer than all can bear."""
    plain = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).split())
    cut = plain[:_LONGEST].encode("utf-8", "ignore")[:_LONGEST_BYTES]
    return cut.decode("utf-8", "ignore").strip(" .")
