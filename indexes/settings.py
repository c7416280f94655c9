"""Settings: from the environment (``ONRECORD_…``), overridden by what a caller passes."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexes.model_files import DEFAULT_MODEL


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("onrecord"))


class IndexSettings(BaseSettings):
    """What an index can be told.

    Attributes:
        index: the folder of the index (``ONRECORD_INDEX``).
        encoder: the embedding model: the default, or a sentence-transformers name or folder
            (``ONRECORD_ENCODER``).
        largest_file: bytes above which a file is refused (``ONRECORD_LARGEST_FILE``).
    """

    model_config = SettingsConfigDict(env_prefix="ONRECORD_", frozen=True, extra="forbid")

    index: Path = Field(default_factory=_data_folder)
    encoder: str = Field(default=DEFAULT_MODEL, min_length=1)
    largest_file: int = Field(default=100_000_000, ge=1, le=2_000_000_000)
