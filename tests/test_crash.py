"""Killed at random points, alone and two at a time: all that was committed is whole, and answers.

``make test-crash`` kills 200 times; here it is a handful, so that the suite stays quick.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "25"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks what it kills")
def test_whatever_is_killed_leaves_a_sound_index(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(100_000)
    here = Path(__file__).parent
    result = subprocess.run(
        [sys.executable, str(here / "crash_work.py"), str(tmp_path / "index"), str(KILLS), str(seed)],
        capture_output=True, text=True, timeout=60 + 10 * KILLS, cwd=here.parent,
        env={**os.environ, "PYTHONPATH": str(here.parent), "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert result.returncode == 0, f"seed {seed}: {result.stdout}{result.stderr}"
    assert "kills survived" in result.stdout
