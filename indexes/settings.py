"""Settings: from the environment (``ONRECORD_…``), overridden by what a caller passes."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexes.loaders.limits import Limits
from indexes.model_files import DEFAULT_MODEL


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("onrecord"))


class IndexSettings(BaseSettings):
    """What an index can be told.

    Attributes:
        index: the folder of the index (``ONRECORD_INDEX``).
        encoder: the embedding model: the default, or a sentence-transformers name or folder
            (``ONRECORD_ENCODER``).
        exact_up_to: passages up to which a query is compared with every vector, beyond with those of the nearest
            clusters (``ONRECORD_EXACT_UP_TO``).
        largest_file: bytes above which a file or a page is refused (``ONRECORD_LARGEST_FILE``).
        timeout_s: seconds after which reading one file, or fetching one page, is given up (``ONRECORD_TIMEOUT_S``).
        private_hosts: whether addresses on this computer and its own network may be fetched
            (``ONRECORD_PRIVATE_HOSTS``).
    """

    # ONRECORD_INDEX="" would be the current folder, and is as good as unset.
    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    index: Path = Field(default_factory=_data_folder)
    encoder: str = Field(default=DEFAULT_MODEL, min_length=1)
    exact_up_to: int = Field(default=50_000, ge=0)
    largest_file: int = Field(default=100_000_000, ge=1, le=2_000_000_000)
    timeout_s: float = Field(default=60.0, ge=0.1, le=86_400)
    private_hosts: bool = False

    @property
    def limits(self) -> Limits:
        """How much a source may cost."""
        return Limits(
            largest=self.largest_file, seconds=self.timeout_s, private_hosts=self.private_hosts
        )
